package dev.hexe.policy.cli.learn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Style;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The report at the end follows from the command's end and from the open questions. */
class LearnReportTest {
  private static final Question QUESTION = new Question("read /x", "a key", "", "cat");

  private static String of(int status, boolean checked, List<Question> questions) {
    Output output = new Output(System.out, System.err, Style.PLAIN, 80);
    Outcome outcome = new Outcome(2, status, List.of(), questions, List.of(), checked, "");
    return new LearnReport(output, "/home/u").of("web", outcome);
  }

  private static void ends(String last, String report) {
    String words = report.replaceAll("\\s+", " ");
    assertTrue(words.endsWith(last), words);
  }

  @Test
  void aCommandThatWorksIsToBeApplied() {
    ends("next: `hexe-policy apply web -- …`", of(0, true, List.of()));
    assertTrue(of(0, true, List.of()).contains("(2 runs, status 0, and nothing more is needed)"));
  }

  @Test
  void aCommandThatFailsIsNotCalledDone() {
    String report = of(1, true, List.of());
    assertTrue(report.contains("(2 runs, status 1, and nothing more can be granted)"), report);
    ends("a reason of its own: nothing was seen that the profile refuses", report);
    ends("in the profile `web`, and `learn` again", of(1, true, List.of(QUESTION)));
  }

  @Test
  void moreRunsMayFindMore() {
    ends("`--rounds 5` until nothing is missing", of(1, false, List.of()));
  }
}
