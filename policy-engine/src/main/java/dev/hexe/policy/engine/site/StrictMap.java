package dev.hexe.policy.engine.site;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Facts by name, of which one that is not there is a mistake: a misspelt condition never holds. */
final class StrictMap extends AbstractMap<String, Object> {
  private final String name;
  private final Map<String, Object> facts;

  StrictMap(String name, Map<String, Object> facts) {
    this.name = name;
    this.facts = new TreeMap<>(facts);
  }

  @Override
  public Object get(Object key) {
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
    return Map.copyOf(facts).entrySet();
  }
}
