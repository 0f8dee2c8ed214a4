package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import java.util.List;
import java.util.stream.Stream;

/**
 * Places that a sandbox has of its own, unless the profile says itself what is there: who lists or
 * mounts {@code /dev/shm} means that.
 */
final class OwnPlaces {
  static final String SHARED_MEMORY = "/dev/shm";

  static final String VAR_TMP = "/var/tmp";

  /** Holds one directory, named by the user's id, as {@code pam_systemd(8)} has it. */
  static final String RUNTIME = "/run/user";

  private static final String ANY_RUNTIME_DIRECTORY = "/run(/user(/[0-9]+)?)?";

  private OwnPlaces() {}

  /** Whether {@code /dev/shm} is the sandbox's own. */
  static boolean hasSharedMemory(FileAccess files) {
    return named(files).noneMatch(SHARED_MEMORY::equals);
  }

  /** Whether there is a directory for sockets of programs that run inside. */
  static boolean hasRuntimeDirectory(FileAccess files) {
    return files.unlisted() == Unlisted.ABSENT
        && files.minimalDevices()
        && files.fixtures().root() == null
        && named(files).noneMatch(path -> path.equals("/") || path.matches(ANY_RUNTIME_DIRECTORY));
  }

  /** Whether there is a {@code /var/tmp} beside the {@code /tmp}. */
  static boolean hasVarTmp(FileAccess files) {
    return files.unlisted() == Unlisted.ABSENT
        && files.minimalDevices()
        && files.fixtures().root() == null
        && (files.tmp().isPrivate() || named(files).anyMatch("/tmp"::equals))
        && named(files).noneMatch(List.of("/", "/var", VAR_TMP)::contains);
  }

  private static Stream<String> named(FileAccess files) {
    return Stream.concat(
        Stream.of(files.read(), files.write()).flatMap(List::stream).map(PathRule::path),
        files.fixtures().all().stream().map(MountEntry::path));
  }
}
