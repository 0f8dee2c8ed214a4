package dev.hexe.policy.verification.environment;

import dev.hexe.policy.api.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The paths that a profile hides, by name or by what that leads to: {@code /bin} leads to a part of
 * {@code /usr}.
 */
public final class HiddenPaths {
  private final List<Path> hidden;

  public HiddenPaths(Profile profile, Path workingDirectory) {
    hidden =
        Stream.concat(profile.hiddenPaths().stream(), profile.nextRun().hiddenPaths().stream())
            .flatMap(guard -> guard.places(workingDirectory).stream())
            .map(Path::of)
            .toList();
  }

  /** Whether something is hidden. */
  public boolean have(Path path) {
    Path real = real(path);
    return hidden.stream().anyMatch(tree -> path.startsWith(tree) || real.startsWith(tree));
  }

  /** Whether something is hidden, or is a directory in which something leads to what is. */
  public boolean haveOrAreLedTo(Path path) {
    if (have(path)) {
      return true;
    }
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.anyMatch(this::have);
    } catch (IOException e) {
      return false;
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path;
    }
  }
}
