package dev.hexe.policy.exposure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.decision.Effect;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.api.testing.Hosts;
import dev.hexe.policy.api.testing.ProfileBuilder;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectiveAccessTest {
  private final FakeHost host =
      new FakeHost()
          .files("/home/me/notes", "/home/me/.git/config", "/usr/bin/tool", "/opt/tool")
          .files("/run/daemon.sock", "/tmp/other", "/home/other/notes");

  @ParameterizedTest
  @CsvSource({
    "/home/me/notes, true, true",
    "/home/me/.git/config, true, false",
    "/usr/bin/tool, true, false",
    "/opt/tool, false, false",
    "/home/me/missing, false, false",
  })
  void theNearestListedPathCounts(String path, boolean reads, boolean writes) {
    EffectiveAccess reach = reach(listing(Unlisted.ABSENT));
    assertEquals(reads, reach.reads(path));
    assertEquals(writes, reach.writes(path));
  }

  @Test
  void aReadOnlyPathThatIsNotHeldIsWritable() {
    EffectiveAccess reach =
        reach(listing(Unlisted.ABSENT).held(Guarantee.READ_ONLY, Strength.NONE));
    assertTrue(reach.writes("/home/me/.git/config"));
  }

  @Test
  void whatIsPutElsewhereIsReachedThere() {
    MountEntry[] fixtures = {
      new MountEntry.Bind("/home/other", "/work", true, false),
      new MountEntry.Bind("/run/daemon.sock", "/sock", false, false),
      new MountEntry.Bind("/opt", "/tools", false, false)
    };
    Subjects laidOut = layingOut(fixtures);
    EffectiveAccess reach = reach(laidOut);
    assertTrue(reach.writes("/home/other/notes"));
    assertTrue(reach.reads("/opt/tool") && !reach.writes("/opt/tool"));
    assertTrue(reach.connects("/run/daemon.sock"));
    EffectiveAccess inVain = reach(laidOut.held(Guarantee.LAYOUT, Strength.NONE));
    assertFalse(inVain.reads("/opt/tool") || inVain.connects("/run/daemon.sock"));
  }

  @Test
  void whatCoversAPathOfTheHostHidesIt() {
    MountEntry cover = new MountEntry.Tmpfs("/home/me/.git", 1, 0700);
    EffectiveAccess reach = reach(layingOut(cover));
    assertTrue(reach.reads("/home/me/notes"));
    assertFalse(reach.reads("/home/me/.git/hooks"));
  }

  @Test
  void whatTheCallerMayNotTheCommandMayNot() {
    host.denied("/home/me/notes");
    assertFalse(reach(listing(Unlisted.ABSENT)).reads("/home/me/notes"));
    assertFalse(reach(Subjects.open()).writes("/home/me/notes"));
  }

  @Test
  void rootWithoutCapabilitiesIsHeldByOwnerAndMode() {
    host.locked("/home/me/notes");
    Caller root = new Caller(0, 0, Set.of(0L), -1);
    Subjects without =
        Subjects.of(ProfileBuilder.profile().noCapabilities().write("/home/me")).caller(root);
    assertFalse(reach(without).reads("/home/me/notes") || reach(without).writes("/home/me/notes"));
    assertTrue(reach(without).reads("/home/me/.git/config"));
    assertTrue(reach(Subjects.open().caller(root)).writes("/home/me/notes"));
    assertTrue(
        reach(without.held(Guarantee.CAPABILITIES, Strength.NONE)).reads("/home/me/notes"),
        "what is not enforced takes nothing away");
  }

  @Test
  void withoutAPromiseEverythingIsThere() {
    EffectiveAccess reach = reach(Subjects.open());
    assertTrue(reach.writes("/opt/tool") && reach.writes("/home/other/notes"));
  }

  /**
   * Landlock closes the directories above what it keeps; above what is hidden, where it is there.
   */
  @Test
  void nothingIsMadeBesideWhatLandlockKeeps() {
    Subjects hiding =
        Subjects.of(
            ProfileBuilder.profile()
                .unlisted(Unlisted.ABSENT)
                .write("/home/other")
                .hide("/home/other/notes"));
    assertTrue(reach(hiding).makes("/home/other/new"));
    assertFalse(
        reach(hiding.with(Guarantee.HIDDEN, Effect.CLOSES_DIRECTORIES)).makes("/home/other/new"));
    Subjects absent =
        Subjects.of(
            ProfileBuilder.profile()
                .unlisted(Unlisted.ABSENT)
                .write("/home/other")
                .hide("/home/other/none"));
    assertTrue(
        reach(absent.with(Guarantee.HIDDEN, Effect.CLOSES_DIRECTORIES)).makes("/home/other/new"));
    Subjects protecting =
        Subjects.of(
            ProfileBuilder.profile()
                .unlisted(Unlisted.ABSENT)
                .write("/home/other")
                .protect("/home/other/none"));
    assertTrue(reach(protecting).makes("/home/other/new"));
    assertFalse(
        reach(protecting.with(Guarantee.PROTECTED, Effect.CLOSES_DIRECTORIES))
            .makes("/home/other/new"));
  }

  @Test
  void filesAreMadeBelowWritablePathsAlone() {
    EffectiveAccess reach = reach(listing(Unlisted.ABSENT));
    assertTrue(reach.makes("/home/me/.config/fish/config.fish"));
    assertFalse(reach.makes("/home/me/notes"));
    assertFalse(reach.makes("/usr/bin/other"));
    assertFalse(reach.makes("/nowhere/at/all"));
  }

  @Test
  void symlinksAreFollowedToWhatIsListed() {
    host.link("/home/me/dotfiles", "/opt").link("/home/me/.tool", "dotfiles/tool");
    assertFalse(reach(listing(Unlisted.ABSENT)).reads("/home/me/.tool"));
  }

  @Test
  void anOwnTmpHidesTheHosts() {
    assertTrue(reach(Subjects.open()).writes("/tmp/other"));
    assertFalse(reach(Subjects.of(ProfileBuilder.profile().tmp(1))).writes("/tmp/other"));
    Subjects listed = Subjects.of(ProfileBuilder.profile().tmp(1).write("/tmp/other"));
    assertTrue(reach(listed).writes("/tmp/other"));
  }

  @ParameterizedTest
  @CsvSource({
    // Where they are denied, sockets stay open unless they are ruled as well.
    "DENIED, 8, /run/daemon.sock, true",
    "DENIED, 9, /run/daemon.sock, false",
    "DENIED, 9, /home/me/notes, true",
    "DENIED, 9, /usr/bin/tool, false",
    "ABSENT, 8, /run/daemon.sock, false",
    "ABSENT, 8, /usr/bin/tool, true",
  })
  void socketsAreReachedByTheirPaths(
      Unlisted unlisted, long version, String path, boolean reached) {
    Subjects subject =
        listing(unlisted)
            .withFrom(Guarantee.FILES, Effect.RULES_SOCKETS, "a.fact", 9)
            .facts(Hosts.with("a.fact", version));
    assertEquals(reached, reach(subject).connects(path));
  }

  private EffectiveAccess reach(Subjects subject) {
    return new EffectiveAccess(subject.subject(), host.here());
  }

  private static Subjects layingOut(MountEntry... fixtures) {
    ProfileBuilder profile = ProfileBuilder.profile().unlisted(Unlisted.ABSENT).write("/home/me");
    Stream.of(fixtures).forEach(profile::fixture);
    return Subjects.of(profile);
  }

  private static Subjects listing(Unlisted unlisted) {
    return Subjects.of(
        ProfileBuilder.profile()
            .unlisted(unlisted)
            .read("/usr", "/home/me/.git")
            .write("/home/me"));
  }
}
