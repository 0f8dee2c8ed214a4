package dev.hexe.policy.importers.systemd;

import dev.hexe.policy.importers.ProfilePaths;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The meanings of {@code %h} and its like, for a service of the system's. */
final class Specifiers {
  private static final Map<String, String> KNOWN =
      Map.of(
          "%h",
          "${HOME}",
          "%t",
          "/run",
          "%S",
          "/var/lib",
          "%C",
          "/var/cache",
          "%L",
          "/var/log",
          "%E",
          "/etc",
          "%T",
          "/tmp",
          "%V",
          "/var/tmp",
          "%u",
          "${USER}",
          "%%",
          "%");

  private static final Pattern SPECIFIER = Pattern.compile("%.?", Pattern.DOTALL);

  private Specifiers() {}

  /** The path; empty where it holds something that only systemd knows. */
  static Optional<String> path(String text) {
    Matcher specifier = SPECIFIER.matcher(text);
    StringBuilder path = new StringBuilder();
    int end = 0;
    while (specifier.find()) {
      String known = KNOWN.get(specifier.group());
      if (known == null) {
        return Optional.empty();
      }
      path.append(text, end, specifier.start()).append(known);
      end = specifier.end();
    }
    path.append(text, end, text.length());
    String plain = ProfilePaths.of(path.toString());
    return ProfilePaths.problem(plain).isEmpty() ? Optional.of(plain) : Optional.empty();
  }
}
