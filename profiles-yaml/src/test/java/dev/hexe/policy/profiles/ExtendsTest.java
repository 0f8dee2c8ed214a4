package dev.hexe.policy.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Limits;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.profiles.context.HostTraits;
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

  @Test
  void ofSeveralTheLastCountsAndWhatTheyShareCountsLeast() {
    surroundings
        .write("mine/base.yaml", "network: none\nipc: private\nlimits: {pids: 1, memory: 1M}\n")
        .write("mine/a.yaml", "extends: base\nnetwork: host\nlimits: {pids: 2}\n")
        .write("mine/b.yaml", "extends: base\nlimits: {memory: 3M}\n");
    Profile profile = surroundings.load("extends: [a, b]\nlimits: {cpu: 1}\n");
    assertEquals(OptionalLong.of(3 << 20), profile.limits().memory());
    assertEquals(OptionalLong.of(2), profile.limits().pids());
    assertTrue(profile.separation().privateIpc());
    assertTrue(!profile.separation().noNetwork());
  }

  @Test
  void nothingIsExtendedTwice() {
    assertEquals(
        """
        p.yaml:1:17: `none` is extended twice
            extends: [none, none]
                            ^^^^""",
        surroundings.mistakes("extends: [none, none]\n"));
  }

  @Test
  void variablesStandInPathsAndAreSetByWhoExtends() {
    surroundings.write(
        "mine/base.yaml",
        "variables: {src: ~/src, name: web}\nfiles: {unlisted: absent, write: ['${src}/${name}']}\n");
    assertEquals(
        List.of(rule("home/src/web")), surroundings.load("extends: base\n").files().write());
    assertEquals(
        List.of(rule("work/here/web")),
        surroundings.load("extends: base\nvariables: {src: ./here}\n").files().write());
  }

  @Test
  void mistakesWithVariablesAreTold() {
    assertEquals(
        """
        p.yaml:2:13: `Src` is not a name for a variable
            variables: {Src: /a}
                        ^^^
          help: accepted: lower-case letters, digits and `-`, as in `src-dir`""",
        surroundings.mistakes("extends: none\nvariables: {Src: /a}\n"));
    assertEquals(
        """
        p.yaml:2:13: variable `src` is used nowhere
            variables: {src: /a}
                        ^^^
          help: name it in a path, as in `${src}/x`, or leave it out""",
        surroundings.mistakes("extends: none\nvariables: {src: /a}\n"));
    String told =
        surroundings.mistakes(
            "extends: none\nvariables: {src: /a}\nhide: ['${scr}/x', '${src}']\n");
    assertTrue(told.contains("unknown variable `${scr}`\n"), told);
    assertTrue(told.contains("did you mean `src`?"), told);
  }

  @Test
  void whatHangsOnAConditionCountsOnHostsLikeThat() {
    HostTraits host = new HostTraits("x86_64", "6.8.0-45-generic", 8L << 30, 4, List.of("debian"));
    surroundings.on(host);
    String when = "extends: none\nlimits: {pids: 1}\nwhen: [{%s, limits: {pids: 2}}]\n";
    List<String> holding =
        List.of(
            "if: {architecture: x86_64}",
            "if: {architecture: [aarch64, x86_64]}",
            "if: {kernel: '>=6.8'}",
            "if: {kernel: '<6.10', memory: '>=8G', cpus: '=4'}",
            "unless: {memory: '>8G'}",
            "if: {distribution: debian, user: ada}",
            "if: {exists: /}");
    List<String> others =
        List.of(
            "if: {architecture: aarch64}",
            "if: {kernel: '>=6.8', memory: '<8G'}",
            "unless: {kernel: '>=6'}",
            "if: {exists: /there-is-no-such-file}",
            "if: {user: eve}");
    holding.forEach(
        it -> assertEquals(2, surroundings.load(when.formatted(it)).limits().pids().orElse(0), it));
    others.forEach(
        it -> assertEquals(1, surroundings.load(when.formatted(it)).limits().pids().orElse(0), it));
  }

  @Test
  void mistakesInConditionsAreToldOnEveryHost() {
    assertEquals(
        """
        p.yaml:2:14: unknown key `kernl` in `when.if`
            when: [{if: {kernl: '>=6'}, network: of},
                         ^^^^^
          help: did you mean `kernel`?
        p.yaml:2:38: `of` is not a value of `network`
            when: [{if: {kernl: '>=6'}, network: of},
                                                 ^^
          help: accepted: `host`, `none`
        p.yaml:3:17: `6` is not a comparison
            {if: {cpus: '6'}, extends: full},
                        ^^^
          help: accepted: `>=`, `>`, `<=`, `<` or `=` and a number, as in `>=6.2` or `<16G`
        p.yaml:3:23: `extends` cannot hang on a condition
            {if: {cpus: '6'}, extends: full},
                              ^^^^^^^
          help: say it at the top of the profile
        p.yaml:4:5: `when` lacks a condition
            {ipc: private}]
            ^^^^^^^^^^^^^^
          help: add `if: {…}` or `unless: {…}`""",
        surroundings.mistakes(
            """
            extends: none
            when: [{if: {kernl: '>=6'}, network: of},
                {if: {cpus: '6'}, extends: full},
                {ipc: private}]
            """));
  }

  private PathRule rule(String path) {
    return PathRule.of(surroundings.path(path).toString());
  }
}
