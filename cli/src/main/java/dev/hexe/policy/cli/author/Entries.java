package dev.hexe.policy.cli.author;

import static dev.hexe.policy.cli.author.Finding.Severity.WARNING;

import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.List;

/** Entries of lists, as the file that is looked at has them. */
final class Entries {
  static final String NO_EFFECT = "no-effect";

  private Entries() {}

  /** Where a wider entry of the same list has all of it. */
  static List<Finding> covered(Subject subject, String key, String text, String by) {
    String what = "changes nothing, because " + quoted(key, by) + " covers it";
    return findings(subject, key, text, what, "leave it out");
  }

  /**
   * Where an entry of another list takes all of it back; {@code never} says what does not happen.
   */
  static List<Finding> overruled(
      Subject subject, String key, String text, String never, String by) {
    String what = "is never " + never + ": " + by + " counts over it";
    return findings(subject, key, text, what, "leave out one of the two");
  }

  /** A warning at each entry of this text. */
  static List<Finding> findings(Subject subject, String key, String text, String what, String fix) {
    return subject.review().items().stream()
        .filter(said -> said.key().equals(key) && YamlText.text(said.value()).equals(text))
        .map(
            said ->
                Subject.at(said.origin(), WARNING, NO_EFFECT, quoted(key, text) + " " + what, fix))
        .toList();
  }

  static String quoted(String key, String text) {
    return Printable.quote(key + ": " + text);
  }
}
