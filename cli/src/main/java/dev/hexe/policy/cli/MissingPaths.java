package dev.hexe.policy.cli;

import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Safeguard;
import dev.hexe.policy.api.profile.Safeguards;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Paths that somebody listed to be kept from the command, and that do not exist: a slip, perhaps.
 */
final class MissingPaths {
  private MissingPaths() {}

  /** A line about each; of those that come with this program few exist, and none is told. */
  static List<String> lines(Profile profile, Path workingDirectory) {
    Safeguards safeguards = profile.safeguards();
    return Stream.concat(
            missing(safeguards.protect(), workingDirectory)
                .map(path -> line(path, "protect", "it is told when it was made")),
            missing(safeguards.hide(), workingDirectory)
                .map(path -> line(path, "hide", "nothing is hidden there yet")))
        .toList();
  }

  private static String line(String path, String key, String consequence) {
    return "hexe-policy: `%s` of `%s` does not exist: %s"
        .formatted(Printable.text(path), key, consequence);
  }

  private static Stream<String> missing(List<Safeguard> guards, Path workingDirectory) {
    return guards.stream()
        .filter(guard -> !guard.usual())
        .filter(guard -> guard.places(workingDirectory).stream().noneMatch(MissingPaths::exists))
        .map(guard -> guard.path().replaceFirst("^@cwd", "."));
  }

  private static boolean exists(String path) {
    return Files.exists(Path.of(path), LinkOption.NOFOLLOW_LINKS);
  }
}
