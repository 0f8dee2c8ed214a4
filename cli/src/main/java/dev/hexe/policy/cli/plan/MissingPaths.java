package dev.hexe.policy.cli.plan;

import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.ProtectedPath;
import dev.hexe.policy.api.profile.ProtectedPaths;
import dev.hexe.policy.api.profile.Provenance;
import dev.hexe.policy.cli.text.Printable;
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
   * is reported.
   */
  static List<String> lines(Profile profile, Provenance provenance, Path workingDirectory) {
    ProtectedPaths safeguards = profile.safeguards();
    return Stream.concat(
            lines(
                missing(safeguards.protect(), workingDirectory),
                "protect",
                provenance,
                "it is reported when it was made"),
            lines(
                missing(safeguards.hide(), workingDirectory),
                "hide",
                provenance,
                "nothing is hidden there yet"))
        .toList();
  }

  private static Stream<String> lines(
      Stream<ProtectedPath> missing, String key, Provenance provenance, String consequence) {
    List<ProtectedPath> guards = missing.toList();
    return guards.size() <= MANY
        ? guards.stream()
            .map(
                guard ->
                    line(
                        place(provenance, key, guard)
                            + "`%s` of `%s` does not exist".formatted(text(guard), key),
                        consequence))
        : Stream.of(
            line(
                "%d paths of `%s` do not exist, such as `%s` and `%s`"
                    .formatted(guards.size(), key, text(guards.get(0)), text(guards.get(1))),
                key.equals("hide") ? consequence : "each is reported when it was made"));
  }

  private static String place(Provenance provenance, String key, ProtectedPath guard) {
    return provenance.of(key, guard).map(origin -> origin.text() + ": ").orElse("");
  }

  private static String text(ProtectedPath guard) {
    return Printable.text(guard.path().replaceFirst("^@cwd", "."));
  }

  private static String line(String what, String consequence) {
    return "hexe-policy: " + what + ": " + consequence;
  }

  private static Stream<ProtectedPath> missing(List<ProtectedPath> guards, Path workingDirectory) {
    return guards.stream()
        .filter(guard -> !guard.usual())
        .filter(guard -> guard.places(workingDirectory).stream().noneMatch(MissingPaths::exists));
  }

  private static boolean exists(String path) {
    return Files.exists(Path.of(path), LinkOption.NOFOLLOW_LINKS);
  }
}
