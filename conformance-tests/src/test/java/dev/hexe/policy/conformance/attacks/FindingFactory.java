package dev.hexe.policy.conformance.attacks;

import dev.hexe.policy.conformance.attacks.Finding.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads who tried what, and where, from a test's name, method and annotation. */
final class FindingFactory {
  private static final Pattern ROW = Pattern.compile("(.+): (.+) \\| (.+) as (.+)");
  private static final Pattern CELL =
      Pattern.compile("(?:\\[\\d+\\] )?(?:\\w+ ?= ?)?\"?(.*?)\"? as (root|an ordinary user)\"?");
  private static final Map<String, String> DESIGNS =
      Map.of(
          "none", "no design",
          "minimal", "namespaces",
          "balanced", "namespaces",
          "sandbox", "both",
          "full", "both",
          "project", "one project",
          "agent", "one project",
          "isolated", "Landlock alone");

  private FindingFactory() {}

  static List<Finding> of(
      Attack attack, String method, String displayName, Result result, String reason) {
    Matcher row = ROW.matcher(displayName);
    if (row.matches()) {
      Way way = Way.of(row.group(1)).orElseThrow();
      return List.of(finding(way, row.group(2), row.group(3), row.group(4), result, reason));
    }
    Matcher cell = CELL.matcher(displayName);
    boolean isCell = cell.matches();
    String design = isCell ? design(cell.group(1)) : attack.design();
    String user = isCell ? cell.group(2) : user(displayName);
    List<Finding> findings = new ArrayList<>();
    for (Way way : attack.value()) {
      findings.add(finding(way, sentence(method), design, user, result, reason));
    }
    return findings;
  }

  private static Finding finding(
      Way way, String attempt, String design, String user, Result result, String reason) {
    return new Finding(way.promise(), way.toString(), attempt, design, user, result, reason);
  }

  private static String user(String displayName) {
    return displayName.toUpperCase(Locale.ROOT).contains("ORDINARY") ? "an ordinary user" : "root";
  }

  /** The design of the profile that is named. */
  private static String design(String words) {
    if (words.contains("--backend=namespaces")) {
      return "namespaces";
    }
    return Arrays.stream(words.split(" ", -1))
        .filter(DESIGNS::containsKey)
        .map(DESIGNS::get)
        .findFirst()
        .orElse(words);
  }

  private static String sentence(String method) {
    return method.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }
}
