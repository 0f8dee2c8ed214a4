package dev.hexe.policy.cli.author;

import com.google.gson.JsonObject;
import dev.hexe.policy.cli.text.Json;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.cli.text.Style;
import dev.hexe.policy.cli.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Findings for people, and for programs: {@code findings}, each with its {@code severity} ({@code
 * error}, {@code warning} or {@code note}), {@code check}, {@code file}, {@code line}, {@code
 * column}, {@code message} and {@code fix}; {@code pathsLookedAt}, whether it was looked for listed
 * paths, secrets and what runs later, which is done on this host alone.
 */
final class LintReport {
  private LintReport() {}

  /** As lines; {@code elsewhere} is the file that describes another host, where there is one. */
  static String text(
      List<Finding> findings, String subjects, Optional<String> elsewhere, Style style) {
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
    elsewhere.map(LintReport::unseen).ifPresent(lines::add);
    lines.add(summary(findings, subjects));
    return String.join("\n", lines);
  }

  /** A description of a host says what it offers, and nothing of its files. */
  private static String unseen(String host) {
    return "paths were not looked at: "
        + Printable.quote(host)
        + " says nothing of that host's files";
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

  static String json(List<Finding> findings, boolean seen) {
    JsonObject document = Json.document();
    document.addProperty("pathsLookedAt", seen);
    document.add("findings", Json.array(findings, LintReport::json));
    return Json.text(document);
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
