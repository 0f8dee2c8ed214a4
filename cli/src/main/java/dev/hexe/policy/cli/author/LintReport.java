package dev.hexe.policy.cli.author;

import com.google.gson.JsonObject;
import dev.hexe.policy.cli.text.Json;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.cli.text.Style;
import dev.hexe.policy.cli.text.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * Findings for people, and for programs: {@code findings}, each with its {@code severity} ({@code
 * error}, {@code warning} or {@code note}), {@code check}, {@code file}, {@code line}, {@code
 * column}, {@code message} and {@code fix}.
 */
final class LintReport {
  private LintReport() {}

  static String text(List<Finding> findings, String subjects, Style style) {
    List<String> lines = new ArrayList<>();
    for (Finding finding : findings) {
      String severity = Words.of(finding.severity());
      lines.add(
          Printable.text(finding.place())
              + ": "
              + painted(finding.severity(), severity, style)
              + ": "
              + Printable.text(finding.what())
              + style.dim(" [" + finding.check() + "]"));
      if (!finding.fix().isEmpty()) {
        lines.add("  help: " + Printable.text(finding.fix()));
      }
    }
    lines.add(summary(findings, subjects));
    return String.join("\n", lines);
  }

  private static String painted(Finding.Severity severity, String text, Style style) {
    return switch (severity) {
      case ERROR -> style.bad(text);
      case WARNING -> style.fair(text);
      case NOTE -> style.dim(text);
    };
  }

  private static String summary(List<Finding> findings, String subjects) {
    return "%s: %s, %s, %s"
        .formatted(
            subjects,
            Words.count(count(findings, Finding.Severity.ERROR), "error"),
            Words.count(count(findings, Finding.Severity.WARNING), "warning"),
            Words.count(count(findings, Finding.Severity.NOTE), "note"));
  }

  static long count(List<Finding> findings, Finding.Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  static String json(List<Finding> findings) {
    return Json.document("findings", Json.array(findings, LintReport::json));
  }

  private static JsonObject json(Finding finding) {
    JsonObject json = new JsonObject();
    json.addProperty("severity", Words.of(finding.severity()));
    json.addProperty("check", finding.check());
    json.addProperty("file", finding.file());
    json.addProperty("line", finding.line());
    json.addProperty("column", finding.column());
    json.addProperty("message", finding.what());
    json.addProperty("fix", finding.fix());
    return json;
  }
}
