package dev.hexe.policy.backend.landlock;

import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import java.util.stream.Stream;

/**
 * Displays of X11. A server listens at a path and at an abstract socket, and its clients try the
 * second first: where a scope answers EPERM, they never try the path.
 */
final class Displays {
  private static final String SOCKETS = "/tmp/.X11-unix";

  private Displays() {}

  /** Whether a profile gives the command such a path, and so the server behind it. */
  static boolean grants(FileAccess files) {
    Stream<String> listed =
        Stream.of(files.read(), files.write()).flatMap(rules -> rules.stream().map(PathRule::path));
    Stream<String> bound =
        files.fixtures().all().stream()
            .filter(MountEntry.Bind.class::isInstance)
            .map(MountEntry::path);
    return Stream.concat(listed, bound)
        .anyMatch(path -> path.equals(SOCKETS) || path.startsWith(SOCKETS + "/"));
  }
}
