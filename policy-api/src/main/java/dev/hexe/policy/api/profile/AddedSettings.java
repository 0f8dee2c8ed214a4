package dev.hexe.policy.api.profile;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The settings of a profile whose keys come from plug-ins.
 *
 * @param values what is said, by key; a key of words has one value
 * @param guarantees what is asked for by it
 */
public record AddedSettings(Map<String, List<String>> values, Set<Guarantee> guarantees) {
  /** Nothing is said. */
  public static final AddedSettings NONE = new AddedSettings(Map.of(), Set.of());

  /** Copies the collections. */
  public AddedSettings {
    values = Map.copyOf(values);
    guarantees = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(guarantees));
  }

  /** What is said of a key; empty where nothing is. */
  public List<String> of(String key) {
    return values.getOrDefault(key, List.of());
  }
}
