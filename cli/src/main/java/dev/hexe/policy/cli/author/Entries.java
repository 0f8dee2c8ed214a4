package dev.hexe.policy.cli.author;

import static dev.hexe.policy.cli.author.Finding.Severity.WARNING;

import dev.hexe.policy.cli.text.Printable;
import java.util.List;

/** Entries of lists, as the file that is looked at has them. */
final class Entries {
  private static final String NO_EFFECT = "no-effect";

  private Entries() {}

  /** A warning at each entry of this text. */
  static List<Finding> findings(Subject subject, String key, String text, String what, String fix) {
    return subject.review().items().stream()
        .filter(said -> said.key().equals(key) && Listed.unquoted(said.value()).equals(text))
        .map(
            said ->
                Subject.at(said.origin(), WARNING, NO_EFFECT, quoted(key, text) + " " + what, fix))
        .toList();
  }

  static String quoted(String key, String text) {
    return Printable.quote(key + ": " + text);
  }
}
