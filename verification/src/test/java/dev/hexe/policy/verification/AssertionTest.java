package dev.hexe.policy.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.verification.act.Act;
import dev.hexe.policy.verification.act.Answer;
import dev.hexe.policy.verification.act.Answer.Kind;
import dev.hexe.policy.verification.act.Check;
import dev.hexe.policy.verification.act.Expectation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssertionTest {
  private static Mechanism.Builder mechanism(Strength strength) {
    return Mechanism.named("a name", Guarantee.FILES, strength).rule("a rule").caveat("but");
  }

  private static Decision decision(Mechanism chosen) {
    return new Decision(
        Guarantee.FILES, Demand.PREFERRED, Optional.of(chosen), List.of(), List.of());
  }

  private static Expectation expectation(String words) {
    return switch (words) {
      case "allowed" -> Expectation.allowed();
      case "denied" -> Expectation.denied();
      case "absent" -> Expectation.absent("ENOENT");
      default -> Expectation.value(words);
    };
  }

  @ParameterizedTest
  @CsvSource({
    // A full promise is kept or broken.
    "full, open-read, denied, ERRNO, EACCES, HELD",
    "full, open-read, denied, ERRNO, EINVAL, BROKEN",
    "full, open-read, denied, OK, '', BROKEN",
    "full, open-read, denied, SIGNAL, SIGSYS, HELD",
    "full, open-read, denied, SIGNAL, SIGKILL, BROKEN",
    "full, open-read, denied, TIMEOUT, '', BROKEN",
    "full, open-read, denied, EXITED, 0, BROKEN",
    "full, open-read, absent, ERRNO, ENOENT, HELD",
    "full, open-read, absent, ERRNO, EACCES, BROKEN",
    "full, stat, absent, OK, '', BROKEN",
    "full, open-read, allowed, OK, '', HELD",
    "full, open-read, allowed, ERRNO, EACCES, BROKEN",
    "full, hostname, hexe, OK, hexe, HELD",
    "full, hostname, hexe, OK, host, BROKEN",
    "full, hostname, hexe, ERRNO, EPERM, BROKEN",
    "full, open-read, denied, UNABLE, EPERM, NOT_TRIED",
    // A part of it denies where the whole would hide, and leaves open what its caveat says.
    "partial, open-read, absent, ERRNO, EACCES, HELD",
    "partial, open-read, absent, OK, '', BROKEN",
    "partial, stat, absent, OK, '', LEFT_OPEN",
    "partial, open-read, allowed, ERRNO, EACCES, BROKEN",
    // Nothing else promises anything.
    "advisory, open-read, denied, OK, '', LEFT_OPEN",
    "none, open-read, denied, OK, '', LEFT_OPEN",
    "none, open-read, denied, ERRNO, EACCES, HELD",
  })
  void anAnswerKeepsAPromiseOrNot(
      String strength, String act, String expected, Kind kind, String detail, Judgement judgement) {
    Strength enforced = Strength.valueOf(strength.toUpperCase(Locale.ROOT));
    Decision decision = decision(mechanism(enforced).leavesOpen("stat").build());
    Check trial = Check.of(Guarantee.FILES, Act.of(act), expectation(expected));
    assertEquals(judgement, Assertion.of(trial, decision, new Answer(kind, detail)));
  }

  @Test
  void aMechanismThatDoesNotSayLeavesOpenWhateverItDoesNotForbid() {
    Check trial = Check.of(Guarantee.FILES, Act.of("open-read"), Expectation.denied());
    Decision decision = decision(mechanism(Strength.PARTIAL).build());
    assertEquals(Judgement.LEFT_OPEN, Assertion.of(trial, decision, new Answer(Kind.OK, "")));
  }
}
