package dev.hexe.policy.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Limits;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Strength;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A profile that extends another says only what differs. */
class ExtendsTest {
  @TempDir Path root;
  private Surroundings surroundings;

  @BeforeEach
  void surround() {
    surroundings = new Surroundings(root);
  }

  @Test
  void whatIsNotSaidIsInherited() {
    Profile sandbox = surroundings.profiles().load("sandbox");
    Profile extended = surroundings.load("extends: sandbox\n");
    assertEquals("p", extended.name());
    assertEquals(sandbox.summary(), extended.summary());
    assertEquals(sandbox.files(), extended.files());
    assertEquals(sandbox.separation(), extended.separation());
    assertEquals(sandbox.demands(), extended.demands());
  }

  @Test
  void singleValuesReplace() {
    Profile profile =
        surroundings.load(
            """
            extends: isolated
            network: none
            limits: {pids: max, memory: 1M}
            """);
    assertTrue(profile.separation().noNetwork());
    assertEquals(
        new Limits(OptionalLong.of(1 << 20), OptionalLong.empty(), null), profile.limits());
  }

  @Test
  void listsAppendWithoutRepeating() {
    Profile profile =
        surroundings.load(
            """
            extends: full
            files:
              read: [/srv, /usr]
              read-if-present: [/opt]
            """);
    List<PathRule> read = profile.files().read();
    assertEquals(
        List.of(PathRule.of("/usr"), PathRule.of("/etc"), PathRule.of("/srv")), read.subList(0, 3));
    assertEquals(PathRule.ifPresent("/bin"), read.get(3));
    assertEquals(PathRule.ifPresent("/opt"), read.get(read.size() - 1));
    assertEquals(read.size(), Set.copyOf(read).size());
  }

  @Test
  void demandsMergeKeyByKey() {
    Profile profile =
        surroundings.load(
            """
            extends: sandbox
            demand:
              default: {preferred: advisory}
              hostname: required
            """);
    assertEquals(Demand.REQUIRED, profile.demand(Guarantee.HOSTNAME));
    assertEquals(Demand.PREFERRED, profile.demand(Guarantee.CGROUPS));
    assertEquals(new Demand(false, Strength.ADVISORY), profile.demand(Guarantee.FILES));
  }

  @Test
  void theNameIsNotInherited() {
    surroundings.write("work/base.yaml", "profile: The Base\nnetwork: none\n");
    assertEquals("The Base", surroundings.profiles().load("base.yaml").name());
    assertEquals("p", surroundings.load("extends: ./base.yaml\n").name());
  }

  @Test
  void relativePathsBelongToTheFileThatNamesThem() {
    surroundings.write(
        "work/deep/base.yaml", "files: {unlisted: absent, read: [lib], write: [../out]}\n");
    Profile profile = surroundings.load("extends: deep/base.yaml\nfiles: {read: [lib]}\n");
    assertEquals(List.of(rule("work/deep/lib"), rule("work/lib")), profile.files().read());
    assertEquals(List.of(rule("work/out")), profile.files().write());
  }

  @Test
  void relativeBasesBelongToTheFileThatNamesThem() {
    surroundings
        .write("work/deep/top.yaml", "extends: ./base.yaml\n")
        .write("work/deep/base.yaml", "network: none\n");
    assertTrue(surroundings.profiles().load("deep/top.yaml").separation().noNetwork());
  }

  @Test
  void mistakesOfTheBaseAreToldInItsName() {
    surroundings.write("mine/base.yaml", "network: of\n");
    assertEquals(
        """
        /ROOT/mine/base.yaml:1:10: `of` is not a value of `network`
            network: of
                     ^^
          help: accepted: `host`, `none`""",
        surroundings.mistakes("extends: base\n"));
  }

  @Test
  void cyclesAreToldWithTheirChain() {
    surroundings
        .write("mine/a.yaml", "extends: b\n")
        .write("mine/b.yaml", "extends: ./c.yaml\n")
        .write("mine/c.yaml", "extends: a\n");
    assertEquals(
        """
        /ROOT/mine/c.yaml:1:10: a profile extends itself: `/ROOT/mine/a.yaml` extends \
        `/ROOT/mine/b.yaml` extends `/ROOT/mine/c.yaml` extends `/ROOT/mine/a.yaml`
            extends: a
                     ^""",
        surroundings.failure(() -> surroundings.profiles().load("a")));
  }

  private PathRule rule(String path) {
    return PathRule.of(surroundings.path(path).toString());
  }
}
