package dev.hexe.policy.api.host;

import java.util.Optional;

/** Reads small files such as sysctls. What they say explains and locates; it never proves. */
@FunctionalInterface
public interface HostReader {
  /** The trimmed text of the file, or empty where it cannot be read. */
  Optional<String> read(String path);
}
