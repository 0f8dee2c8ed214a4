package dev.hexe.policy.conformance.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The directories of this run of the suite, gone when it ends: for each user a home, homes of
 * single tests, a directory that no profile lists, an installation of Java, and one for {@code
 * XDG_RUNTIME_DIR}.
 */
final class Workspace {
  private static final Path BASE = create();

  private Workspace() {}

  static Path homeOf(User user) {
    return directory(user, "home", "rwxr-xr-x");
  }

  static Path homesOf(User user) {
    return directory(user, "homes", "rwxr-xr-x");
  }

  static Path outsideOf(User user) {
    return directory(user, "outside", "rwxr-xr-x");
  }

  static Path javaOf(User user) {
    return directory(user, "java", "rwxr-xr-x");
  }

  static Path runtimeOf(User user) {
    return directory(user, "runtime", "rwx------");
  }

  private static Path create() {
    Path parent = Host.isRoot() ? Path.of("/home") : ownPlace();
    try {
      Path base = Files.createTempDirectory(parent, "hexe-conformance-").toRealPath();
      setMode(base, "rwxr-xr-x");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> removeAll(base)));
      return base;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Commands may write what is below these, and "outside" has to be out of their reach. */
  private static Path ownPlace() {
    return Stream.of(home().toString(), System.getProperty("user.home"), runtimeDirectory())
        .map(Path::of)
        .filter(place -> place.isAbsolute() && Files.isWritable(place))
        .filter(place -> !place.startsWith("/tmp") && !place.startsWith("/var/tmp"))
        .findFirst()
        .orElseGet(Workspace::home);
  }

  private static String runtimeDirectory() {
    return System.getenv().getOrDefault("XDG_RUNTIME_DIR", "");
  }

  /** The JVM knows none of a user who is in no list. */
  private static Path home() {
    return Path.of(System.getenv().getOrDefault("HOME", System.getProperty("user.home")));
  }

  private static synchronized Path directory(User user, String name, String mode) {
    Path own = BASE.resolve(user.systemName());
    Path directory = own.resolve(name);
    try {
      if (!Files.exists(directory)) {
        Files.createDirectories(directory);
        give(own, user);
        setMode(directory, mode);
        give(directory, user);
        if (name.equals("home")) {
          install(ProbeProgram.built(), directory.resolve(ProbeProgram.NAME));
        }
      }
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path file(User user, Path file) {
    try {
      Files.writeString(file, "#!/bin/sh\necho executed\n");
      setMode(file, "rwxr-xr-x");
      give(file, user);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void give(Path path, User user) throws IOException {
    if (Host.isRoot()) {
      Files.setAttribute(path, "unix:uid", (int) user.uid());
      Files.setAttribute(path, "unix:gid", (int) user.gid());
    }
  }

  private static void install(Path program, Path target) throws IOException {
    Files.copy(program, target, StandardCopyOption.REPLACE_EXISTING);
    setMode(target, "rwxr-xr-x");
  }

  private static void setMode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static void removeAll(Path base) {
    try (Stream<Path> tree = Files.walk(base)) {
      tree.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
