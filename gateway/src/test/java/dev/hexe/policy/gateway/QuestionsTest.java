package dev.hexe.policy.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Questions, as the supervisor sees them and as connections wait for them. */
class QuestionsTest {
  private final List<String> sent = new ArrayList<>();
  private final List<Boolean> said = new ArrayList<>();
  private boolean there = true;
  private final Questions questions =
      new Questions(
          line -> {
            sent.add(line.strip());
            return there;
          });

  private void ask(String host) {
    questions.ask(host, 443, verdict -> said.add(verdict.allowed()));
  }

  @Test
  void oneIsAskedAtATimeAndEachOnce() {
    ask("a.example");
    ask("b.example");
    ask("a.example");
    assertEquals(List.of("ask 1 a.example 443"), sent);
    questions.answer("answer 1 run");
    assertEquals(List.of(true, true), said);
    assertEquals("ask 2 b.example 443", sent.get(1));
    questions.answer("answer 2 no");
    ask("a.example");
    ask("b.example");
    assertEquals(List.of(true, true, false, true, false), said);
    assertEquals(2, sent.size());
    assertTrue(questions.isAllowed("a.example", 443));
    assertFalse(questions.isAllowed("a.example", 80));
    assertFalse(questions.isAllowed("b.example", 443));
  }

  @Test
  void anAnswerToNothingThatWasAskedIsNone() {
    questions.answer("answer 1 run");
    ask("a.example");
    for (String line : List.of("answer 2 run", "run", "answer 1 run now", "", "answer one run")) {
      questions.answer(line);
    }
    assertEquals(List.of(), said);
    questions.answer("answer 1 yes");
    assertEquals(List.of(false), said);
  }

  @Test
  void onlySoManyAreAsked() {
    for (int i = 0; i <= Questions.MOST; i++) {
      ask("n" + i + ".example");
    }
    assertEquals(List.of(false), said);
    assertFalse(questions.mayAsk());
    ask("one.more.example");
    assertEquals(1, sent.stream().filter(line -> line.startsWith("remark ")).count());
    assertTrue(sent.get(1).contains("`n20.example` is refused"), sent.get(1));
  }

  @Test
  void whereNobodyCanBeAskedItIsRefused() {
    there = false;
    ask("a.example");
    assertEquals(List.of(false), said);
  }
}
