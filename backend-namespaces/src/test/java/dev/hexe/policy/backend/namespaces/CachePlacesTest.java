package dev.hexe.policy.backend.namespaces;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.plan.Operand;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.MountEntry.Cache.Contents;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.testing.FakeTree;
import dev.hexe.policy.api.testing.Hosts;
import dev.hexe.policy.api.testing.ProfileBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Places of caches that the host does not have, in a home of the host's. */
class CachePlacesTest {
  private static final FakeTree TREE =
      FakeTree.mergedUsr()
          .directories("/home/me/.m2", "/home/me/real")
          .files("/home/me/.file")
          .link("/home/me/.link", "/home/me/real");

  private static MountEntry cache(String path, Contents contents) {
    return new MountEntry.Cache(path, contents, "/store", "/project", path.substring(9), false);
  }

  private static ProfileBuilder reading(MountEntry... caches) {
    ProfileBuilder profile =
        ProfileBuilder.profile().unlisted(Unlisted.ABSENT).read("/usr", "/home/me");
    Stream.of(caches).forEach(profile::fixture);
    return profile;
  }

  private static List<String> inTheHome(ProfileBuilder profile) {
    return Compiled.on(TREE, Hosts.USER, profile.build()).actions().stream()
        .map(Action::description)
        .filter(text -> text.contains("/home/me"))
        .toList();
  }

  @Test
  void theyAreAddedToOneThatIsOnlyRead() {
    assertEquals(
        List.of(
            "make directory /home/me/.m2/repository",
            "make directory /home/me/.npm",
            "bind what is in /home/me (ro,nosuid,nodev)",
            "bind what is in /home/me/.m2 (ro,nosuid,nodev) if present",
            "mount the kept cache .m2/repository on /home/me/.m2/repository (nosuid,nodev)",
            "mount the kept cache .npm on /home/me/.npm (nosuid,nodev)"),
        inTheHome(
            reading(
                cache("/home/me/.npm", Contents.SHARED),
                cache("/home/me/.m2/repository", Contents.OWN))));
  }

  /** Directories of the home would else be made in what a command can write. */
  @Test
  void aHomeInAPrivateTmpIsClosed() {
    FakeTree tree = FakeTree.mergedUsr().directories("/tmp/me/src");
    ProfileBuilder profile =
        ProfileBuilder.profile()
            .unlisted(Unlisted.ABSENT)
            .tmp(1L << 20)
            .read("/usr", "/tmp/me")
            .fixture(
                new MountEntry.Cache(
                    "/tmp/me/.npm", Contents.SHARED, "/store", "/project", "npm", false));
    assertEquals(
        List.of(
            "mount an empty tmpfs of 16777216 bytes on /tmp/me (nosuid,nodev)",
            "make directory /tmp/me/.npm",
            "bind what is in /tmp/me (ro,nosuid,nodev)",
            "mount the kept cache npm on /tmp/me/.npm (nosuid,nodev)",
            "set (ro) on /tmp/me"),
        Compiled.on(tree, Hosts.USER, profile.build()).actions().stream()
            .map(Action::description)
            .filter(text -> text.contains("/tmp/me"))
            .toList());
  }

  @Test
  void nothingIsAddedForThoseThatTheHostHas() {
    assertEquals(
        List.of(
            "bind /home/me (ro,nosuid,nodev)",
            "mount the kept cache .m2 over /home/me/.m2 on /home/me/.m2 (nosuid,nodev)"),
        inTheHome(reading(cache("/home/me/.m2", Contents.SHARED))));
  }

  @Test
  void noneIsPutOverAFileOrALink() {
    assertEquals(
        List.of("bind /home/me (ro,nosuid,nodev)"),
        inTheHome(
            reading(
                cache("/home/me/.file", Contents.SHARED),
                cache("/home/me/.file/below", Contents.SHARED),
                cache("/home/me/.link/below", Contents.SHARED),
                cache("/home/me/.ccache", Contents.SHARED_IF_PRESENT))));
  }

  @Test
  void whatIsReadOnlyStaysSoForTheWorkingDirectory() {
    ProfileBuilder profile =
        reading(cache("/home/me/.npm", Contents.SHARED)).readOnly("/home/me").write(PathRule.CWD);
    assertEquals(
        List.of(Operand.of(64)),
        Compiled.on(TREE, Hosts.USER, profile.build()).actions().stream()
            .filter(action -> action.opcode() == Opcode.BIND_ENTRIES)
            .map(action -> action.operands().get(3))
            .toList());
  }
}
