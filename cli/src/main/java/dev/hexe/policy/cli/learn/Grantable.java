package dev.hexe.policy.cli.learn;

import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.ProtectedPath;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says which paths are granted without a question. It judges the path and where it leads, and knows
 * the shipped lists whatever the profile at hand says: a base without {@code hide} hides nothing,
 * and yet nobody wants to find a key among what was learned.
 */
public final class Grantable {
  private static final List<String> KERNELS = List.of("/proc", "/sys", "/dev");
  private static final List<String> PASSING = List.of("/tmp", "/var/tmp", "/run", "/var/run");
  private static final List<String> SYSTEM =
      List.of(
          "/usr", "/etc", "/bin", "/sbin", "/lib", "/lib32", "/libx32", "/lib64", "/boot", "/opt",
          "/var", "/nix", "/gnu", "/snap", "/root");
  private static final int FEWEST_NAMES = 2;

  private final String home;
  private final String cwd;
  private final List<Kept> hidden;
  private final List<Kept> obeyed;
  private final List<Kept> unwritable;

  /** A path that is not granted, and why. */
  private record Kept(String path, String because) {}

  /** With what is hidden, what is protected and what decides the next run. */
  public Grantable(
      String home,
      String cwd,
      List<ProtectedPath> hidden,
      List<ProtectedPath> protectedPaths,
      List<ProtectedPath> nextRun) {
    this.home = home;
    this.cwd = cwd;
    this.hidden = kept(hidden).toList();
    this.obeyed = kept(protectedPaths).toList();
    this.unwritable = Stream.concat(kept(protectedPaths), kept(nextRun)).toList();
  }

  private Stream<Kept> kept(List<ProtectedPath> safeguards) {
    return safeguards.stream()
        .flatMap(it -> it.places(Path.of(cwd)).stream().map(path -> new Kept(path, it.because())));
  }

  /** Why a path is not granted; empty where it is. */
  public Optional<String> objection(String path, String real, boolean write) {
    return Stream.of(path, real)
        .distinct()
        .flatMap(it -> objection(it, write).stream())
        .findFirst();
  }

  private Optional<String> objection(String path, boolean write) {
    if (!Spelling.isPlain(path)) {
      return Optional.of("its name holds what could mean something else in a profile");
    }
    if (PathRule.isIn(home, path)) {
      return Optional.of(path.equals(home) ? "it is the whole home" : "the home is in it");
    }
    Optional<String> part = PathRule.isIn(path, home) ? Optional.empty() : outside(path, write);
    Optional<String> secret = part.or(() -> held(path, hidden));
    if (secret.isPresent()) {
      return secret;
    }
    Optional<String> later =
        write && !PathRule.isIn(path, cwd) ? held(path, unwritable) : Optional.empty();
    if (later.isPresent()) {
      return later;
    }
    return covering(path, write ? unwritable : obeyed);
  }

  /** What keeps a path, or lies in it. */
  private static Optional<String> held(String path, List<Kept> all) {
    return covering(path, all)
        .or(
            () ->
                all.stream()
                    .filter(it -> PathRule.isIn(it.path(), path))
                    .findFirst()
                    .map(it -> it.path() + " lies in it: " + it.because()));
  }

  private static Optional<String> covering(String path, List<Kept> all) {
    return all.stream().filter(it -> PathRule.isIn(path, it.path())).findFirst().map(Kept::because);
  }

  private static Optional<String> outside(String path, boolean write) {
    if (isInOne(path, KERNELS)) {
      return Optional.of("it is the kernel's, or a device");
    }
    if (isInOne(path, PASSING)) {
      return Optional.of("what is there comes and goes, and services listen there");
    }
    if (write && isInOne(path, SYSTEM)) {
      return Optional.of("it is the system's");
    }
    int names = Path.of(path).getNameCount();
    return names < FEWEST_NAMES || (path.startsWith("/var/") && names <= FEWEST_NAMES)
        ? Optional.of("it is a whole part of the host's tree")
        : Optional.empty();
  }

  private static boolean isInOne(String path, List<String> trees) {
    return trees.stream().anyMatch(tree -> PathRule.isIn(path, tree));
  }
}
