package dev.hexe.policy.profiles;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a profile says, and nothing for what it does not say. */
final class Settings {
  private final Map<Key<?>, Object> values = new LinkedHashMap<>();
  private final Set<Key<?>> mentioned = new HashSet<>();

  /** Says something, instead of what was said before. */
  <T> void put(Key<T> key, T value) {
    values.put(key, value);
  }

  /** Says something in addition to what was said before. */
  <T> void add(Key<T> key, T value) {
    put(key, key.merge().apply(get(key), value));
  }

  /** Notes that the key is there, whatever its value. */
  void mention(Key<?> key) {
    mentioned.add(key);
  }

  /** Whether the key is there, even with a value that is a mistake. */
  boolean mentions(Key<?> key) {
    return mentioned.contains(key) || values.containsKey(key);
  }

  /** Takes back what was said. */
  Settings without(Key<?> key) {
    mentioned.remove(key);
    values.remove(key);
    return this;
  }

  /** What is said, or what holds where nothing is. */
  @SuppressWarnings("unchecked") // put() admits only a T for a Key<T>
  <T> T get(Key<T> key) {
    Object value = values.get(key);
    return value == null ? key.otherwise() : (T) value;
  }

  /** These settings on top of those of a base profile. */
  Settings over(Settings base) {
    Settings merged = new Settings();
    merged.values.putAll(base.values);
    values.keySet().forEach(key -> merged.addFrom(this, key));
    return merged;
  }

  private <T> void addFrom(Settings other, Key<T> key) {
    add(key, other.get(key));
  }
}
