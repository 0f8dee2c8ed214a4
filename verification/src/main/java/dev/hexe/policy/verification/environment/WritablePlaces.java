package dev.hexe.policy.verification.environment;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Directories of the host in which the caller could make files if no sandbox were there. What
 * ordinary permissions deny is no evidence that a sandbox denies it.
 */
public final class WritablePlaces {
  private static final int MOST = 3;
  private static final int MOST_ENTRIES = 200;

  private WritablePlaces() {}

  /** Some at or below a tree. */
  public static List<Path> in(Path tree, TestEnvironment scene) {
    Stream<Path> likely =
        Stream.concat(
            scene.canary().stream(),
            Stream.of(scene.workingDirectory(), Path.of("/var/tmp"), Path.of("/tmp")));
    return Stream.of(Stream.of(tree), likely, below(tree))
        .flatMap(places -> places)
        .filter(place -> place.startsWith(tree) && isWritable(place))
        .distinct()
        .limit(MOST)
        .toList();
  }

  private static Stream<Path> below(Path tree) {
    return Samples.entries(tree, MOST_ENTRIES).stream()
        .filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS));
  }

  private static boolean isWritable(Path place) {
    return Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)
        && Files.isWritable(place)
        && Samples.takesNewFiles(place);
  }
}
