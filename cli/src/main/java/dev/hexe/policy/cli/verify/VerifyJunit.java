package dev.hexe.policy.cli.verify;

import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.cli.text.Words;
import dev.hexe.policy.verification.Finding;
import dev.hexe.policy.verification.Judgement;

/** Evidence as JUnit's XML: each act is a test case, what is left open is skipped. */
public final class VerifyJunit {
  private VerifyJunit() {}

  public static String of(Evidence evidence) {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append(
        "<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"%d\">\n"
            .formatted(
                escape("hexe-policy verify " + evidence.profile().name()),
                evidence.findings().size(),
                evidence.count(Judgement.BROKEN),
                evidence.count(Judgement.LEFT_OPEN) + evidence.count(Judgement.NOT_TRIED)));
    for (Finding finding : evidence.findings()) {
      xml.append(testCase(evidence, finding));
    }
    return xml.append("</testsuite>\n").toString();
  }

  private static String testCase(Evidence evidence, Finding finding) {
    String name = finding.trial().act().text() + ": " + finding.trial().expectation().words();
    return "  <testcase classname=\"%s\" name=\"%s\">%s<system-out>%s</system-out></testcase>\n"
        .formatted(
            escape(evidence.profile().name() + "." + finding.trial().guarantee().id()),
            escape(name),
            result(finding),
            escape(seen(finding)));
  }

  private static String result(Finding finding) {
    return switch (finding.judgement()) {
      case HELD -> "";
      case BROKEN -> "<failure message=\"%s\"/>".formatted(escape(seen(finding)));
      case LEFT_OPEN -> "<skipped message=\"left open\"/>";
      case NOT_TRIED -> "<skipped message=\"could not be tried\"/>";
    };
  }

  private static String seen(Finding finding) {
    return "promised %s, seen %s %s"
        .formatted(
            Words.of(finding.decision().strength()), finding.seen(), finding.answer().evidence())
        .stripTrailing();
  }

  private static String escape(String text) {
    return Printable.text(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("\n", "&#10;");
  }
}
