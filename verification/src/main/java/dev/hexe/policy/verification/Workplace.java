package dev.hexe.policy.verification;

import dev.hexe.policy.verification.environment.ListedPaths;
import dev.hexe.policy.verification.environment.Samples;
import dev.hexe.policy.verification.environment.TestEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The files of one verification: removed at the end. */
final class Workplace implements AutoCloseable {
  private static final String PREFIX = ".hexe-";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String PRIVATE = "rwx------";
  private static final String OPEN = "rwxr-xr-x";
  private static final String SECRET = "nobody inside reads this\n";

  /** Where an ordinary user or root can make a directory, and profiles list nothing. */
  private static final List<String> PLACES =
      List.of("/var/tmp", "/dev/shm", "/srv", "/var/lib", "/mnt", "/tmp");

  /** Where temporary files can be; the first may be read-only. */
  private static final List<String> OWN_PLACES = List.of("/tmp", "/dev/shm", "/var/tmp");

  private final Path directory;
  private final Optional<Path> canary;

  private Workplace(Path directory, Optional<Path> canary) {
    this.directory = directory;
    this.canary = canary;
  }

  /** Makes what is needed, with a canary at the first place that is not listed. */
  static Workplace make(ListedPaths listed, Optional<String> runtimeDirectory) throws IOException {
    Path directory = directory(runtimeDirectory);
    Optional<Path> canary =
        Stream.concat(PLACES.stream(), runtimeDirectory.stream())
            .map(Path::of)
            .filter(place -> Files.isDirectory(place) && !listed.opens(place))
            .flatMap(place -> canary(place).stream())
            .findFirst();
    return new Workplace(directory, canary);
  }

  private static Path directory(Optional<String> runtimeDirectory) throws IOException {
    Path place =
        Stream.concat(OWN_PLACES.stream(), runtimeDirectory.stream())
            .map(Path::of)
            .filter(each -> Files.isDirectory(each) && Files.isWritable(each))
            .findFirst()
            .orElseThrow(() -> new IOException("no directory for temporary files can be written"));
    return directoryIn(place, PRIVATE);
  }

  /** For the plan, the attempts and what the launcher says. */
  Path directory() {
    return directory;
  }

  /** A directory that the sandbox must keep away from. */
  Optional<Path> canary() {
    return canary;
  }

  // Open to everybody: what keeps the sandbox away must be the sandbox.
  private static Optional<Path> canary(Path place) {
    try {
      Path made = directoryIn(place, OPEN);
      Files.writeString(made.resolve(TestEnvironment.SECRET), SECRET);
      Files.writeString(made.resolve(TestEnvironment.SPARE), SECRET);
      Path program =
          Files.writeString(made.resolve(TestEnvironment.PROGRAM), "#!/bin/sh\nexit 0\n");
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString(OPEN));
      return Optional.of(made);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  // A name that somebody has taken already is an error, and short ones are easier to read.
  private static Path directoryIn(Path place, String permissions) throws IOException {
    String name = PREFIX + Integer.toHexString(RANDOM.nextInt(1 << 30));
    Path made = Files.createDirectory(place.resolve(name), attribute(PRIVATE));
    return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(permissions));
  }

  private static FileAttribute<Set<PosixFilePermission>> attribute(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  @Override
  public void close() throws IOException {
    for (Path each : Stream.concat(Stream.of(directory), canary.stream()).toList()) {
      for (Path entry : Samples.entries(each, Integer.MAX_VALUE)) {
        Files.deleteIfExists(entry);
      }
      Files.deleteIfExists(each);
    }
  }
}
