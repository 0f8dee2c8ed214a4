package dev.hexe.policy.cli.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hexe.policy.cli.verify.Answer.Kind;
import dev.hexe.policy.engine.PolicyException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {
  @Test
  void eachLineIsAnAnswer() {
    assertEquals(
        List.of(
            new Answer(Kind.OK, ""),
            new Answer(Kind.OK, "lo,eth0 and more"),
            new Answer(Kind.ERRNO, "EPERM"),
            new Answer(Kind.SIGNAL, "SIGSYS"),
            new Answer(Kind.TIMEOUT, ""),
            new Answer(Kind.UNABLE, "ENOTTY")),
        Answers.parse(
            "0 ok\n1 ok lo,eth0 and more\n2 errno EPERM\n3 signal SIGSYS\n4 timeout\n5 unable ENOTTY\n",
            6,
            0));
  }

  @Test
  void whoTakesTheSandboxAlongAnswersByThat() {
    assertEquals(
        List.of(
            new Answer(Kind.OK, ""),
            new Answer(Kind.SIGNAL, "9"),
            Answer.unable("the act before ended the sandbox")),
        Answers.parse("0 ok\n", 3, 137));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1 ok\n", "0 fine\n", "0\n", "ok\n", "0 ok\n0 ok\n", "0 ok\n1 ok\n2 ok\n"})
  void whatIsMisunderstoodIsNoAnswer(String text) {
    assertThrows(PolicyException.class, () -> Answers.parse(text, 2, 0));
  }
}
