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
  /**
   * A list that long was not written for this host alone: a line about each would hide the rest.
   */
  private static final int MANY = 8;

  private MissingPaths() {}

  /**
   * A line about each, or one about many; of those that come with this program few exist, and none
   * is told.
   */
  static List<String> lines(Profile profile, Path workingDirectory) {
    Safeguards safeguards = profile.safeguards();
    return Stream.concat(
            lines(
                missing(safeguards.protect(), workingDirectory),
                "protect",
                "it is told when it was made"),
            lines(
                missing(safeguards.hide(), workingDirectory),
                "hide",
                "nothing is hidden there yet"))
        .toList();
  }

  private static Stream<String> lines(Stream<String> missing, String key, String consequence) {
    List<String> paths = missing.map(Printable::text).toList();
    return paths.size() <= MANY
        ? paths.stream()
            .map(path -> line("`" + path + "` of `" + key + "` does not exist", consequence))
        : Stream.of(
            line(
                "%d paths of `%s` do not exist, such as `%s` and `%s`"
                    .formatted(paths.size(), key, paths.get(0), paths.get(1)),
                key.equals("hide") ? consequence : "each is told when it was made"));
  }

  private static String line(String what, String consequence) {
    return "hexe-policy: " + what + ": " + consequence;
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
