package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.decision.PathGrant.Access;
import dev.hexe.policy.api.profile.MountEntries;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rights on what a profile lays out, for the wall behind the mounts. */
final class MountEntryGrants {
  private MountEntryGrants() {}

  static List<PathGrant> of(MountEntries fixtures) {
    return Stream.concat(
            Stream.ofNullable(fixtures.root())
                .map(root -> PathGrant.made("/", access(root.writable()))),
            fixtures.all().stream().flatMap(fixture -> of(fixture, fixtures).stream()))
        .toList();
  }

  /** A rule for a directory holds for all that is mounted in it. */
  private static boolean isInMemory(String path, MountEntries fixtures) {
    return fixtures.all().stream()
        .filter(MountEntry.Tmpfs.class::isInstance)
        .anyMatch(memory -> path.startsWith(memory.path() + "/"));
  }

  private static Optional<PathGrant> of(MountEntry fixture, MountEntries fixtures) {
    if (fixture instanceof MountEntry.Bind bind) {
      return Optional.of(
          grant(bind.path(), bind.writable(), bind.optional() || isUnknown(bind.source())));
    }
    if (fixture instanceof MountEntry.Overlay overlay) {
      boolean writable = !(overlay.changes() instanceof MountEntry.Changes.Refused);
      boolean unknown = overlay.lower().stream().anyMatch(MountEntryGrants::isUnknown);
      return Optional.of(grant(overlay.path(), writable, unknown));
    }
    if (fixture instanceof MountEntry.Directory
        || fixture instanceof MountEntry.Symlink
        || fixture instanceof MountEntry.ChangeStore
        || (fixture instanceof MountEntry.Cache && isInMemory(fixture.path(), fixtures))) {
      return Optional.empty();
    }
    if (fixture instanceof MountEntry.Cache cache) {
      return Optional.of(grant(cache.path(), true, true));
    }
    // A file can be changed where it is mounted over another one; its directory says more.
    return Optional.of(PathGrant.made(fixture.path(), Access.WRITE));
  }

  /** The working directory is not handed over where it is the whole tree. */
  private static boolean isUnknown(String source) {
    return source.equals(PathRule.CWD);
  }

  private static PathGrant grant(String path, boolean writable, boolean optional) {
    return new PathGrant(path, access(writable), optional, true);
  }

  private static Access access(boolean writable) {
    return writable ? Access.WRITE : Access.READ;
  }
}
