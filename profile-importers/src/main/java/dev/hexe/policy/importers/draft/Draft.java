package dev.hexe.policy.importers.draft;

import dev.hexe.policy.importers.draft.Value.Items;
import dev.hexe.policy.importers.draft.Value.Pairs;
import dev.hexe.policy.importers.draft.Value.Word;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A profile in the making: keys as in {@code limits.memory}, each with its value. */
public final class Draft {
  private final Map<String, Value> keys = new LinkedHashMap<>();

  /** Says a word, in the place of what was said. */
  public Draft set(String key, String word) {
    return set(key, Value.word(word));
  }

  /** Says a value, in the place of what was said. */
  public Draft set(String key, Value value) {
    keys.put(key, value);
    return this;
  }

  /** Adds to a list what it does not have. */
  public Draft add(String key, String item) {
    return add(key, Value.word(item));
  }

  /** The same for an item that is more than a word. */
  public Draft add(String key, Value item) {
    List<Value> items = new ArrayList<>(list(key));
    if (!items.contains(item)) {
      items.add(item);
    }
    keys.put(key, new Items(items));
    return this;
  }

  /** Takes a word out of a list. */
  public Draft remove(String key, String item) {
    List<Value> items = new ArrayList<>(list(key));
    items.remove(Value.word(item));
    if (items.isEmpty()) {
      keys.remove(key);
    } else {
      keys.put(key, new Items(items));
    }
    return this;
  }

  /** Takes back what was said. */
  public Draft remove(String key) {
    keys.remove(key);
    return this;
  }

  /** Says a value under a name behind a key, as in {@code environment.set}. */
  public Draft put(String key, String name, Value value) {
    Map<String, Value> entries = new LinkedHashMap<>();
    if (keys.get(key) instanceof Pairs known) {
      entries.putAll(known.entries());
    }
    entries.put(name, value);
    return set(key, new Pairs(entries));
  }

  /** Whether anything is said. */
  public boolean has(String key) {
    return keys.containsKey(key);
  }

  /** The word behind a key, where there is one. */
  public Optional<String> word(String key) {
    return keys.get(key) instanceof Word word ? Optional.of(word.text()) : Optional.empty();
  }

  /** The words in a list. */
  public List<String> words(String key) {
    List<String> words = new ArrayList<>();
    for (Value item : list(key)) {
      if (item instanceof Word word) {
        words.add(word.text());
      }
    }
    return words;
  }

  /** All that is said. */
  public Map<String, Value> all() {
    return Collections.unmodifiableMap(keys);
  }

  private List<Value> list(String key) {
    return keys.get(key) instanceof Items items ? items.items() : List.of();
  }
}
