package dev.hexe.policy.backend.namespaces;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The way to a path from the root. */
final class Ways {
  private Ways() {}

  /** The directories that hold it, the uppermost first, and the path itself; not the root. */
  static Stream<String> to(String path) {
    return IntStream.rangeClosed(1, path.length())
        .filter(end -> end == path.length() || path.charAt(end) == '/')
        .mapToObj(end -> path.substring(0, end));
  }
}
