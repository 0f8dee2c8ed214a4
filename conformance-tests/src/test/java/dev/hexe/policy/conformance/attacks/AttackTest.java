package dev.hexe.policy.conformance.attacks;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.hexe.policy.conformance.harness.Design;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.User;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of attempts, in each design and for each user. What succeeds outside shall fail. */
class AttackTest {
  static Stream<Arguments> attempts() {
    return Design.withProject()
        .flatMap(
            cell -> {
              Design design = (Design) cell.get()[0];
              User user = (User) cell.get()[1];
              return Attempts.of(user).stream()
                  .filter(it -> !user.isHere() || Round.outside(user).answer(it).equals("ok"))
                  .map(it -> Arguments.of(it.way(), it, design, user));
            });
  }

  @Attack({})
  @ParameterizedTest(name = "{0}: {1} | {2} as {3}")
  @MethodSource("attempts")
  void fails(Way way, Attempt attempt, Design design, User user, TestReporter reporter) {
    String answer = Round.inside(design, user).answer(attempt);
    attempt.reasonToBeOpen(design).ifPresent(reason -> reporter.publishEntry("open", reason));
    if (attempt.reasonToBeOpen(design).isEmpty()) {
      assertNotEquals("ok", answer, () -> attempt + " of " + way);
    }
  }

  static Stream<Arguments> impossible() {
    return Arrays.stream(User.values())
        .filter(User::isHere)
        .flatMap(
            user ->
                Attempts.of(user).stream()
                    .filter(it -> !Round.outside(user).answer(it).equals("ok"))
                    .map(it -> Arguments.of(it.way(), it, user)));
  }

  /** Without a sandbox it fails as well: nothing would be shown. */
  @Attack({})
  @ParameterizedTest(name = "{0}: {1} | no design as {2}", allowZeroInvocations = true)
  @MethodSource("impossible")
  void cannotBeTried(Way way, Attempt attempt, User user) {
    abort("outside, too, the kernel answers " + Round.outside(user).answer(attempt));
  }

  @Attack({Way.FILES, Way.HIDDEN, Way.RUN_LATER})
  @ParameterizedTest(name = "{0} as {1}")
  @MethodSource("dev.hexe.policy.conformance.harness.Design#withProject")
  void leavesWhatIsOutsideAsItWas(Design design, User user) {
    Round round = Round.inside(design, user);
    assertTrue(round.nothingChanged(), round::changes);
  }

  /** What outside does not change a thing would show nothing inside. */
  @ParameterizedTest
  @EnumSource
  void succeedsOutside(User user) {
    Requires.user(user);
    assertFalse(Round.outside(user).nothingChanged());
  }
}
