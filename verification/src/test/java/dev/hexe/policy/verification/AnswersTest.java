package dev.hexe.policy.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.engine.rules.PolicyException;
import dev.hexe.policy.verification.act.Answer;
import dev.hexe.policy.verification.act.Answer.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {
  private static Answers.End end(int status, String messages) {
    return new Answers.End(status, messages);
  }

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
            "ready\n0 ok\n1 ok lo,eth0 and more\n2 errno EPERM\n3 signal SIGSYS\n4 timeout\n5 unable ENOTTY\n",
            6,
            end(0, "")));
  }

  @Test
  void whoTakesTheSandboxAlongAnswersByThat() {
    assertEquals(
        List.of(
            new Answer(Kind.OK, ""),
            new Answer(Kind.SIGNAL, "SIGKILL, memory limit 8M reached"),
            Answer.unable("the act before ended the sandbox")),
        Answers.parse(
            "ready\n0 ok\n", 3, end(137, "a word\nhexe-policy: killed: memory limit 8M reached")));
  }

  @Test
  void theFirstActMayTakeTheSandboxAlong() {
    assertEquals(
        List.of(new Answer(Kind.SIGNAL, "signal 11")), Answers.parse("ready\n", 1, end(139, "")));
    assertEquals(List.of(new Answer(Kind.EXITED, "3")), Answers.parse("ready\n", 1, end(3, "")));
  }

  @Test
  void withoutItsFirstLineThereWasNoSandbox() {
    assertTrue(Answers.areIn("ready\n"));
    assertFalse(Answers.areIn(""));
    assertFalse(Answers.areIn("read"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1 ok\n", "0 fine\n", "0\n", "ok\n", "0 ok\n0 ok\n", "0 ok\n1 ok\n2 ok\n"})
  void whatIsMisunderstoodIsNoAnswer(String text) {
    assertThrows(PolicyException.class, () -> Answers.parse("ready\n" + text, 2, end(0, "")));
  }
}
