package dev.hexe.policy.profiles.reader;

import dev.hexe.policy.profiles.yaml.Yaml.Entry;
import java.util.Optional;

/** Reads one entry of a mapping whose keys the user chooses. */
public interface MapReader<V> {
  /** What the entry's value means, or empty where there is a mistake, which is then noted. */
  Optional<V> read(Entry entry, Scope scope);
}
