package dev.hexe.policy.verification.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.testing.ProfileBuilder;
import dev.hexe.policy.verification.act.Act;
import dev.hexe.policy.verification.act.Answer;
import dev.hexe.policy.verification.act.Answer.Kind;
import dev.hexe.policy.verification.act.Expectation;
import dev.hexe.policy.verification.checks.SystemChecks.Comparison;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A program that works outside is to work inside, and what does not promises nothing. */
class SystemChecksTest {
  private static final Act ACT = Act.of("content", "/etc/localtime");

  private static ProfileBuilder listing() {
    return ProfileBuilder.profile().unlisted(Unlisted.ABSENT).read("/etc", "/usr", "/bin", "/sbin");
  }

  private static List<String> texts(Profile profile) {
    return new SystemChecks(profile, new Decisions(List.of()), Path.of("/"))
        .checks().stream().map(check -> check.act().text()).toList();
  }

  private static Answer ok(String value) {
    return new Answer(Kind.OK, value);
  }

  @Test
  void whatFailsOutsideIsNotTriedInside() {
    Comparison check = new Comparison(ACT, true);
    assertFalse(check.against(ok("status 2")).act().canBeTried());
    assertFalse(check.against(new Answer(Kind.ERRNO, "ENOENT")).act().canBeTried());
    assertFalse(check.against(new Answer(Kind.TIMEOUT, "")).act().canBeTried());
    assertTrue(check.against(ok("3 bytes, 1")).act().canBeTried());
  }

  @Test
  void whatIsReadInsideHasToBeTheSame() {
    Expectation whole = new Comparison(ACT, true).against(ok("3 bytes, 1")).expectation();
    assertTrue(whole.fits().test(ok("3 bytes, 1")));
    assertFalse(whole.fits().test(ok("3 bytes, 2")));
    assertFalse(whole.fits().test(new Answer(Kind.ERRNO, "ENOENT")));
  }

  @Test
  void addressesMayDifferFromOneLookUpToTheNext() {
    Expectation found = new Comparison(ACT, false).against(ok("3 bytes, 1")).expectation();
    assertTrue(found.fits().test(ok("4 bytes, 9")));
    assertFalse(found.fits().test(ok("status 2")));
  }

  @Test
  void onlyWhatIsListedIsPromised() {
    assertEquals(List.of(), texts(ProfileBuilder.profile().build()));
    assertEquals(
        List.of(), texts(ProfileBuilder.profile().unlisted(Unlisted.ABSENT).read("/srv").build()));
    assertTrue(texts(listing().build()).contains("content /etc/resolv.conf"));
  }

  @Test
  void whatIsHiddenIsNot() {
    assertFalse(
        texts(listing().hide("/etc/resolv.conf").build()).contains("content /etc/resolv.conf"));
  }

  @Test
  void programsAreNotTriedWithoutTheFilesThatTheyRead() {
    assertTrue(texts(listing().build()).stream().anyMatch(text -> text.contains("getent hosts")));
    for (Profile profile :
        List.of(
            listing().hide("/etc/hosts").build(),
            listing().hide("/usr/bin").build(),
            ProfileBuilder.profile().unlisted(Unlisted.ABSENT).read("/usr", "/bin").build())) {
      assertTrue(texts(profile).stream().noneMatch(text -> text.contains("getent")));
    }
  }

  @Test
  void namesAreNotLookedUpWithoutANetwork() {
    assertTrue(
        texts(listing().noNetwork().build()).stream()
            .noneMatch(text -> text.contains("example.com")));
  }
}
