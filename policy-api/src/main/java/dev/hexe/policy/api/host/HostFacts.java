package dev.hexe.policy.api.host;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Everything known about a host, by name. A fact nobody reported counts as missing. */
public final class HostFacts {
  private final Map<String, Fact> facts = new TreeMap<>();

  /**
   * Collects facts.
   *
   * @throws IllegalArgumentException where two facts have one name
   */
  public HostFacts(Collection<Fact> facts) {
    for (Fact fact : facts) {
      if (this.facts.put(fact.name(), fact) != null) {
        throw new IllegalArgumentException("two facts are named `" + fact.name() + "`");
      }
    }
  }

  /** The fact of this name; a missing one where nobody reported it. */
  public Fact get(String name) {
    return Optional.ofNullable(facts.get(name))
        .orElseGet(
            () -> Fact.missing(name, "", MissingFeature.of("nothing here probes `" + name + "`")));
  }

  /** Whether the fact is there and available. */
  public boolean has(String name) {
    return get(name).available();
  }

  /** The number the fact carries, 0 where it is missing. */
  public long value(String name) {
    return get(name).value();
  }

  /** All facts, sorted by name. */
  public Collection<Fact> all() {
    return java.util.Collections.unmodifiableCollection(facts.values());
  }
}
