package dev.hexe.policy.verification.environment;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Effect;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.ProtectedPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Directories that are listed for writing and take nothing new all the same, for what lies in them
 * is held by granting what lies beside it.
 */
public final class ClosedDirectories {
  private final List<Path> kept;

  public ClosedDirectories(Profile profile, Decisions decisions, Path workingDirectory) {
    // What is protected cannot be made either; hiding what is not there takes nothing.
    Stream<Path> closing =
        decisions.has(Guarantee.PROTECTED, Effect.CLOSES_DIRECTORIES)
            ? places(profile.protectedPaths(), workingDirectory)
            : Stream.empty();
    Stream<Path> hidden =
        decisions.has(Guarantee.HIDDEN, Effect.CLOSES_DIRECTORIES)
            ? places(profile.hiddenPaths(), workingDirectory).filter(Files::exists)
            : Stream.empty();
    Stream<Path> deciding =
        decisions.has(Guarantee.NEXT_RUN, Effect.CLOSES_DIRECTORIES)
            ? Stream.concat(
                    places(profile.nextRun().protectedPaths(), workingDirectory),
                    places(profile.nextRun().hiddenPaths(), workingDirectory))
                .filter(Files::exists)
            : Stream.empty();
    kept =
        Stream.of(closing, hidden, deciding)
            .flatMap(paths -> paths)
            .flatMap(path -> Stream.of(path, real(path)))
            .distinct()
            .toList();
  }

  private static Stream<Path> places(List<ProtectedPath> guards, Path workingDirectory) {
    return guards.stream().flatMap(guard -> guard.places(workingDirectory).stream()).map(Path::of);
  }

  /** Whether something is kept in it, or further below. */
  public boolean contains(Path directory) {
    Path real = real(directory);
    return kept.stream().anyMatch(path -> path.startsWith(real) && !path.equals(real));
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path;
    }
  }
}
