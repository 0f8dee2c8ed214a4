package dev.hexe.policy.profiles;

import java.util.Optional;

/** Reads one kind of value. */
interface ValueReader<T> {
  /** The value, or empty where there was a mistake, which is then noted. */
  Optional<T> read(Yaml node, Scope scope);
}
