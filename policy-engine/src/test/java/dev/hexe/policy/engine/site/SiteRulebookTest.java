package dev.hexe.policy.engine.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Identity;
import dev.hexe.policy.api.profile.Limits;
import dev.hexe.policy.api.profile.MountEntries;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.api.profile.Overruled;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Privileges;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Provenance;
import dev.hexe.policy.api.profile.Separation;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.api.profile.Tmp;
import dev.hexe.policy.api.rule.RuleEffect;
import dev.hexe.policy.api.rule.SiteRule;
import dev.hexe.policy.engine.RuleBook;
import dev.hexe.policy.engine.rules.PolicyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of a site. */
class SiteRulebookTest {
  private static final Profile PROFILE =
      new Profile(
          "web",
          "",
          "/home/you",
          Identity.HOST,
          FileAccess.HOST,
          new Separation(true, false, false, false, null, false, false, false),
          Privileges.HOST,
          new Limits(OptionalLong.of(4L << 30), OptionalLong.empty(), null),
          Map.of(Guarantee.PROCESSES_INVISIBLE, Demand.PREFERRED));

  private static final List<Mechanism> MECHANISMS =
      List.of(
          Mechanism.named("strong", Guarantee.PROCESSES_INVISIBLE, Strength.FULL)
              .rule("strong")
              .build(),
          Mechanism.named("weak", Guarantee.PROCESSES_INVISIBLE, Strength.PARTIAL)
              .caveat("not all")
              .rule("weak")
              .build());

  private static SiteRule rule(String name, String condition, RuleEffect... effects) {
    Origin place = new Origin.InFile("rules.d/a.yaml", 3, 1, 0, () -> "");
    return new SiteRule(name, "", 100, condition, place, List.of(effects), place);
  }

  private static SiteOutcome apply(Optional<String> command, SiteRule... rules) {
    return apply(PROFILE, command, rules);
  }

  private static SiteOutcome apply(Profile profile, Optional<String> command, SiteRule... rules) {
    return apply(profile, Provenance.NONE, command, rules);
  }

  private static SiteOutcome apply(
      Profile profile, Provenance said, Optional<String> command, SiteRule... rules) {
    SitePolicy site =
        new SitePolicy(
            List.of(rules),
            Map.of("uid", 1000L, "user", "ada", "groups", List.of("students")),
            Map.of("memory", 4L << 30, "kernel", "6.8"),
            "web",
            "user",
            "/home/ada/config.yaml",
            "/home/ada/here",
            command);
    return SiteRulebook.apply(
        site,
        profile,
        said,
        new HostFacts(List.of(Fact.present("namespace.user", 0, ""))),
        MECHANISMS);
  }

  private static boolean holds(String condition) {
    return !apply(Optional.of("/usr/bin/npm"), rule("r", condition, new RuleEffect.Warn("w")))
        .acted()
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "caller.uid >= 1000 && profile.name == 'web'",
        "caller.uid ge 1000 and not (caller.user eq 'root')",
        "'students' =~ caller.groups",
        "profile.memory > host.memory / 2",
        "profile.pids == 9223372036854775807",
        "profile.network == 'host'",
        "profile.origin =~ ['user', 'file']",
        "!('network' =~ profile.guarantees)",
        "'namespace.user' =~ host.has",
        "command.name == 'npm' && command.path == '/usr/bin/npm'",
        "size(profile.write) == 0",
      })
  void aConditionThatHolds(String condition) {
    assertTrue(holds(condition), condition);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "profile.nmae == 'web'",
        "profil.name == 'web'",
        "caller.uid",
        "caller.uid =~ ",
        "1..9",
        "profile.name = 'x'",
        "profile.put('a', 1)",
        "''.class.forName('java.lang.Runtime')",
        "''.getClass()",
        "profile.class == null",
        "''.class != null",
        "''['class'] != null",
        "profile.empty",
        "size(''.bytes) == 0",
        "new('java.io.File', '/etc')",
        "new java.io.File('/etc')",
        "while (true) {}",
        "for (x : [1]) { x }",
        "var x = 1; true",
        "() -> { true }",
        "#pragma jexl.x y\ntrue",
        "true; false",
        "profile.name.length() > 1",
        "caller.groups[7] == 'x'",
        "null == profile.nothing",
        "host.memory / 0 > 1",
      })
  void whatIsNoConditionRefuses(String condition) {
    assertThrows(PolicyException.class, () -> holds(condition), condition);
  }

  @Test
  void aRefusalNamesRuleFileAndLine() {
    SiteOutcome site =
        apply(
            Optional.empty(),
            rule("no web", "profile.name == 'web'", new RuleEffect.Forbid("use `full`")));
    assertEquals(List.of("rule `no web` (rules.d/a.yaml:3:1): use `full`"), site.refusals());
  }

  @Test
  void aMisspeltFactIsToldWithThoseThereAre() {
    PolicyException e = assertThrows(PolicyException.class, () -> holds("caller.uuid == 1"));
    assertEquals(
        "the rule `r` failed: rules.d/a.yaml:3:1: the condition of rule `r` cannot be decided: there is no `caller.uuid`; there are `groups`, `uid`, `user`",
        e.getMessage());
  }

  @Test
  void capsLowerAndAreRequired() {
    RuleEffect.Cap half =
        new RuleEffect.Cap(
            OptionalLong.empty(),
            OptionalInt.of(50),
            OptionalLong.of(100),
            Optional.empty(),
            OptionalLong.empty(),
            "{memory: 50%}");
    Profile capped = apply(Optional.empty(), rule("half", "true", half)).profile();
    assertEquals(OptionalLong.of((4L << 30) / 100 * 50), capped.limits().memory());
    assertEquals(OptionalLong.of(100), capped.limits().pids());
    assertTrue(capped.demand(Guarantee.MEMORY).required());
    RuleEffect.Cap more =
        new RuleEffect.Cap(
            OptionalLong.of(8L << 30),
            OptionalInt.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            "");
    assertEquals(
        OptionalLong.of(4L << 30),
        apply(Optional.empty(), rule("more", "true", more)).profile().limits().memory());
  }

  @Test
  void noProfileIsContentWithLessThanACap() {
    Profile loose =
        PROFILE
            .withLimits(PROFILE.limits().within(1_000).toBuilder().grace(3_600_000).build())
            .withDemand(Guarantee.MEMORY, new Demand(false, Strength.PARTIAL));
    RuleEffect.Cap cap =
        new RuleEffect.Cap(
            OptionalLong.of(1L << 30),
            OptionalInt.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            OptionalLong.of(60_000),
            "");
    Profile capped = apply(loose, Optional.empty(), rule("cap", "true", cap)).profile();
    assertEquals(Demand.REQUIRED, capped.demand(Guarantee.MEMORY));
    assertEquals(OptionalLong.of(1_000), capped.limits().time());
    assertEquals(Limits.USUAL_GRACE, capped.limits().grace());
  }

  @Test
  void whatIsShownAtAnotherPathIsReadOrWritten() {
    MountEntries bound =
        MountEntries.NONE
            .with(new MountEntry.Bind("/srv/data", "/mnt", true, false))
            .with(new MountEntry.Bind("/srv/papers", "/media", false, false));
    FileAccess files =
        new FileAccess(
            FileAccess.Unlisted.ABSENT, List.of(), List.of(), List.of(), Tmp.HOST, true, bound);
    Profile profile = PROFILE.withFiles(files);
    for (String condition :
        List.of("'/srv/data' =~ profile.write", "'/srv/papers' =~ profile.read")) {
      assertEquals(
          1,
          apply(profile, Optional.empty(), rule("bound", condition, new RuleEffect.Forbid("no")))
              .refusals()
              .size(),
          condition);
    }
  }

  @Test
  void aSymlinkIsThePathThatItLeadsTo(@TempDir Path directory) throws IOException {
    Path real = directory.toRealPath();
    Path data = Files.createDirectory(real.resolve("data"));
    Path link = Files.createSymbolicLink(real.resolve("link"), data);
    FileAccess files =
        new FileAccess(
            FileAccess.Unlisted.ABSENT,
            List.of(),
            List.of(PathRule.of(link.resolve("new").toString())),
            List.of(),
            Tmp.HOST,
            true,
            MountEntries.NONE);
    for (Path path : List.of(data.resolve("new"), link.resolve("new"))) {
      SiteRule rule = rule("data", "'" + path + "' =~ profile.write", new RuleEffect.Forbid("no"));
      assertEquals(
          1, apply(PROFILE.withFiles(files), Optional.empty(), rule).refusals().size(), rule::name);
    }
  }

  @Test
  void theWorkingDirectoryIsAPathAsWell() {
    FileAccess files =
        new FileAccess(
            FileAccess.Unlisted.ABSENT,
            List.of(PathRule.of(PathRule.CWD)),
            List.of(),
            List.of(),
            Tmp.HOST,
            true,
            MountEntries.NONE);
    Profile profile = PROFILE.withFiles(files);
    SiteRule rule = rule("here", "'/home/ada/here' =~ profile.read", new RuleEffect.Forbid("no"));
    SiteOutcome asked = apply(profile, Optional.empty(), rule);
    assertEquals(1, asked.refusals().size());
    assertTrue(asked.usedDirectory());
    SiteRule other = rule("other", "profile.name == 'x'", new RuleEffect.Forbid("no"));
    assertFalse(apply(profile, Optional.empty(), other).usedDirectory());
  }

  private static Provenance said(Statement... statements) {
    return new Provenance() {
      @Override
      public List<Statement> effective() {
        return List.of(statements);
      }

      @Override
      public List<Overruled> overruled() {
        return List.of();
      }

      @Override
      public Optional<Origin> of(String key, Object value) {
        return Optional.empty();
      }
    };
  }

  @Test
  void whatTheUsersConfigurationSaysIsAChange() {
    Origin.Excerpt none = () -> "";
    Provenance said =
        said(
            new Statement(
                "limits.pids", "9", new Origin.InFile("/home/ada/config.yaml", 1, 1, 0, none)),
            new Statement("network", "none", new Origin.InFile("full.yaml", 1, 1, 0, none)));
    SiteRule rule =
        rule(
            "plain",
            "size(profile.changed) == 1 && 'limits.pids' =~ profile.changed",
            new RuleEffect.Forbid("no"));
    assertEquals(1, apply(PROFILE, said, Optional.empty(), rule).refusals().size());
  }

  @Test
  void whatIsRequiredIsAskedForAndEnforced() {
    SiteOutcome asked =
        apply(
            Optional.empty(),
            rule(
                "hidden",
                "true",
                new RuleEffect.Require(Guarantee.PROCESSES_INVISIBLE, Strength.FULL)));
    assertEquals(Demand.REQUIRED, asked.profile().demand(Guarantee.PROCESSES_INVISIBLE));
    SiteOutcome missing =
        apply(
            Optional.empty(),
            rule("offline", "true", new RuleEffect.Require(Guarantee.NETWORK, Strength.FULL)));
    assertEquals(
        List.of(
            "rule `offline` (rules.d/a.yaml:3:1): requires `network` (no network but an own loopback), which the profile `web` does not ask for"),
        missing.refusals());
  }

  @Test
  void aMechanismThatIsChosenComesFirst() {
    SiteOutcome site =
        apply(
            Optional.empty(),
            rule("weak", "true", new RuleEffect.Choose(Guarantee.PROCESSES_INVISIBLE, "weak")));
    assertEquals(
        "weak",
        new RuleBook(MECHANISMS, site.first())
            .decide(PROFILE, new HostFacts(List.of()))
            .of(Guarantee.PROCESSES_INVISIBLE)
            .orElseThrow()
            .chosen()
            .orElseThrow()
            .id());
    assertThrows(
        PolicyException.class,
        () ->
            apply(
                Optional.empty(),
                rule("odd", "true", new RuleEffect.Choose(Guarantee.PROCESSES_INVISIBLE, "odd"))));
  }

  @Test
  void withoutACommandARuleThatAsksForItIsNotDecided() {
    SiteRule npm = rule("npm", "command.name == 'npm'", new RuleEffect.Forbid(""));
    SiteOutcome without = apply(Optional.empty(), npm);
    assertEquals(List.of(npm), without.undecided());
    assertEquals(List.of(), without.refusals());
    assertTrue(apply(Optional.of("ls"), npm).usedCommand());
    assertEquals(1, apply(Optional.of("npm"), npm).refusals().size());
  }

  @Test
  void noTwoRulesHaveOneName() {
    SiteRule one = rule("one", "true", new RuleEffect.Warn("w"));
    assertThrows(PolicyException.class, () -> apply(Optional.empty(), one, one));
  }
}
