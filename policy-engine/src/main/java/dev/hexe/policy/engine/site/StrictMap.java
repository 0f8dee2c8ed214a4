package dev.hexe.policy.engine.site;

import java.util.AbstractMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Facts by name, of which one that is not there is a mistake: a misspelt condition never holds. */
final class StrictMap extends AbstractMap<String, Object> {
  private final String name;
  private final Map<String, Object> facts;
  private final Set<String> asked = new HashSet<>();

  StrictMap(String name, Map<String, Object> facts) {
    this.name = name;
    this.facts = new TreeMap<>(facts);
  }

  /** The names that somebody asked for. */
  Set<String> asked() {
    return asked;
  }

  @Override
  public Object get(Object key) {
    asked.add(String.valueOf(key));
    Object value = key instanceof String ? facts.get(key) : null;
    if (value == null) {
      throw new SiteCondition.UnknownFact(
          "there is no `%s.%s`; there are `%s`"
              .formatted(name, key, String.join("`, `", facts.keySet())));
    }
    return value;
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    asked.addAll(facts.keySet());
    return Map.copyOf(facts).entrySet();
  }
}
