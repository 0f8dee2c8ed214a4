package dev.hexe.policy.cli.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.cli.Fakes;
import dev.hexe.policy.cli.Screen;
import dev.hexe.policy.verification.Finding;
import dev.hexe.policy.verification.Judgement;
import dev.hexe.policy.verification.act.Act;
import dev.hexe.policy.verification.act.Answer;
import dev.hexe.policy.verification.act.Answer.Kind;
import dev.hexe.policy.verification.act.Check;
import dev.hexe.policy.verification.act.Expectation;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifyReportTest {
  private static final Finding HELD =
      finding("open-read /secret", "denied", new Answer(Kind.ERRNO, "EACCES"), Judgement.HELD);
  private static final Finding OPEN =
      finding("stat /secret", "absent", new Answer(Kind.OK, ""), Judgement.LEFT_OPEN);
  private static final Finding BROKEN =
      finding("list \"<&>\"", "denied", new Answer(Kind.OK, ""), Judgement.BROKEN);

  private static Finding finding(String act, String words, Answer answer, Judgement judgement) {
    Decision decision =
        Fakes.decide(Fakes.POOR, Fakes.backends()).of(Guarantee.FILES).orElseThrow();
    Check trial =
        new Check(
            Guarantee.FILES,
            new Act("an-act", List.of(), act),
            new Expectation(words, Expectation.Kind.FORBIDS, any -> false),
            "");
    return new Finding(trial, decision, answer, judgement);
  }

  private static Evidence evidence(Finding... findings) {
    return new Evidence(Fakes.SANDBOX, Fakes.POOR, List.of(findings));
  }

  @Test
  void eachActIsToldWithWhatCameOfIt() {
    String text = new VerifyReport(evidence(HELD, OPEN), new Screen().output).text();
    assertTrue(
        text.contains(
            """
              act                  expected  seen     evidence
            files: partial by landlock
              ✓ open-read /secret  denied    denied   EACCES
              ~ stat /secret       absent    allowed  left open
            """),
        text);
    assertTrue(text.endsWith("2 acts tried, 1 as promised, 1 left open"), text);
  }

  @Test
  void whatIsNotPromisedIsNamed() {
    String text = new VerifyReport(evidence(HELD), new Screen().output).text();
    assertTrue(
        text.contains(
            "not promised, not tried: read-only, protected, hidden, next-run, layout, no-execute"),
        text);
  }

  @Test
  void oneBrokenPromiseIsEnough() {
    assertTrue(evidence(HELD, BROKEN).isBroken());
    assertFalse(evidence(HELD, OPEN).isBroken());
    assertEquals(
        "2 acts tried, 1 as promised, 1 not as promised", evidence(HELD, BROKEN).summary());
  }

  @Test
  void jsonSaysTheSame() {
    JsonObject document =
        JsonParser.parseString(VerifyJson.of(evidence(HELD, BROKEN))).getAsJsonObject();
    assertFalse(document.get("kept").getAsBoolean());
    assertEquals(1, document.get("broken").getAsInt());
    JsonObject act = document.getAsJsonArray("acts").get(0).getAsJsonObject();
    assertEquals("EACCES", act.get("evidence").getAsString());
    assertEquals("held", act.get("judgement").getAsString());
  }

  @Test
  void junitCountsFailuresAndSkips() {
    String xml = VerifyJunit.of(evidence(HELD, OPEN, BROKEN));
    assertTrue(xml.contains("tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\""), xml);
    assertTrue(xml.contains("name=\"list &quot;&lt;&amp;&gt;&quot;: denied\"><failure"), xml);
    assertTrue(xml.contains("<skipped message=\"left open\"/>"), xml);
  }
}
