package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.decision.PathGrant.Access;
import dev.hexe.policy.api.profile.Fixture;
import dev.hexe.policy.api.profile.Fixtures;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the command may do with what a profile lays out, for the wall behind the mounts. */
final class FixtureGrants {
  private FixtureGrants() {}

  static List<PathGrant> of(Fixtures fixtures) {
    return Stream.concat(
            Stream.ofNullable(fixtures.root())
                .map(root -> PathGrant.made("/", access(root.writable()))),
            fixtures.all().stream().flatMap(fixture -> of(fixture).stream()))
        .toList();
  }

  private static Optional<PathGrant> of(Fixture fixture) {
    if (fixture instanceof Fixture.Bind bind) {
      return Optional.of(
          new PathGrant(bind.path(), access(bind.writable()), bind.optional(), true));
    }
    if (fixture instanceof Fixture.Overlay overlay) {
      boolean writable = !(overlay.changes() instanceof Fixture.Changes.Refused);
      return Optional.of(PathGrant.made(overlay.path(), access(writable)));
    }
    if (fixture instanceof Fixture.Directory || fixture instanceof Fixture.Symlink) {
      return Optional.empty();
    }
    // A file can be changed where it is mounted over another one; its directory says more.
    return Optional.of(PathGrant.made(fixture.path(), Access.WRITE));
  }

  private static Access access(boolean writable) {
    return writable ? Access.WRITE : Access.READ;
  }
}
