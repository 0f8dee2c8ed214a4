package dev.hexe.policy.engine.site;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Paths without symlinks: a rule about a directory is also about the symlinks to it. */
final class RealPaths {
  private RealPaths() {}

  /** A path as it was written, and without symlinks. */
  static Stream<String> of(String path) {
    return Stream.of(path, real(Path.of(path)).toString()).distinct();
  }

  /** Of what is not there, its parent leads somewhere. */
  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      Path parent = path.getParent();
      return parent == null ? path : real(parent).resolve(parent.relativize(path));
    }
  }
}
