package dev.hexe.policy.cli.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hexe.policy.api.host.Outcome;
import dev.hexe.policy.engine.rules.PolicyException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeAnswersTest {
  @Test
  void eachLineIsAnOutcome() {
    assertEquals(
        List.of(
            Outcome.success(7),
            Outcome.failure("id-map", "EPERM"),
            Outcome.failure("landlock-query", "E2BIG"),
            Outcome.failure("spawn", "524"),
            Outcome.failure("probe", "SIGNAL SIGSYS")),
        ProbeAnswers.parse(
            """
            ok 7
            fail 1 id-map EPERM
            fail 0 landlock-query E2BIG
            fail 0 spawn 524
            killed SIGSYS
            """,
            List.of(0, 0, 0, 0, 0)));
  }

  @Test
  void thePartsOfAPlanComeBeforeItsEnd() {
    assertEquals(
        List.of(
            Outcome.success(2).withParts(List.of(0L, 2L)),
            Outcome.failure("proc", "EPERM").withParts(List.of(-1L)),
            Outcome.success(1)),
        ProbeAnswers.parse(
            """
            part 0
            part 2
            ok 2
            part -1
            fail 7 proc EPERM
            ok 1
            """,
            List.of(2, 3, 0)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "part 1\n",
        "part 1\npart 1\npart 1\nok 1\n",
        "part 1\npart 1\npart 1\nfail 1 id-map EPERM\n",
        "part 1\nok 1\n",
        "ok 1\n",
        "ok 1\npart 1\npart 1\n",
        "part\npart 1\nok 1\n",
        "part x\npart 1\nok 1\n",
      })
  void tooFewOrTooManyPartsAreAnError(String answers) {
    assertThrows(PolicyException.class, () -> ProbeAnswers.parse(answers, List.of(2)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "ok 7",
        "ok\n",
        "ok 7 8\n",
        "ok seven\n",
        "ok 99999999999999999999\n",
        "ok 9999999999999999999\n",
        " ok 7\n",
        "OK 7\n",
        "fail 1 id-map\n",
        "fail 1 ID-MAP EPERM\n",
        "fail 1 id-map eperm\n",
        "fail 1 id-map EPERM extra\n",
        "killed\n",
        "killed 9; rm\n",
        "ok 7\nok 7\n",
        "hexe-policy: cannot start a probe\n",
      })
  void anythingElseIsAnError(String answers) {
    assertThrows(PolicyException.class, () -> ProbeAnswers.parse(answers, List.of(0)));
  }
}
