package dev.hexe.policy.cli.author;

import static dev.hexe.policy.cli.author.Finding.Severity.NOTE;
import static dev.hexe.policy.cli.author.Finding.Severity.WARNING;

import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what a file says twice, or after the profile that it extends. */
final class TextCheck {
  private static final String REPEATED = "repeated";
  private static final String NO_EFFECT = "no-effect";
  private static final Set<String> NAMES = Set.of("extends", "profile", "summary");

  private final Subject subject;

  private TextCheck(Subject subject) {
    this.subject = subject;
  }

  static List<Finding> of(Subject subject) {
    return new TextCheck(subject).findings();
  }

  private List<Finding> findings() {
    List<Finding> found = new ArrayList<>();
    for (Statement twice : subject.review().repeated()) {
      found.add(
          Subject.at(
              twice.origin(),
              WARNING,
              REPEATED,
              YamlText.statement(twice) + " is listed twice",
              "leave one out"));
    }
    for (Origin condition : subject.review().impossible()) {
      found.add(
          Subject.at(
              condition,
              WARNING,
              "unreachable",
              "these conditions hold on no host: `unless` excludes what `if` asks for",
              "leave the part out, or one of its conditions"));
    }
    for (Statement own : subject.review().own()) {
      if (subject.isOwn(own) && own.origin() instanceof Origin.InFile) {
        inherited(own).map(before -> again(own, before)).ifPresent(found::add);
      }
    }
    return found;
  }

  private Optional<Statement> inherited(Statement own) {
    return NAMES.contains(own.key())
        ? Optional.empty()
        : subject.review().inherited().stream()
            .filter(it -> it.key().equals(own.key()) && it.value().equals(own.value()))
            .findFirst()
            .filter(it -> !isTakenBack(own));
  }

  /** With {@code only} an item that was listed before has to be listed again. */
  private boolean isTakenBack(Statement own) {
    return subject.review().replaced().contains(own.key());
  }

  private Finding again(Statement own, Statement before) {
    boolean item = subject.review().lists().contains(own.key());
    return Subject.at(
        own.origin(),
        item ? WARNING : NOTE,
        NO_EFFECT,
        YamlText.statement(own) + " changes nothing: it is said at " + before.origin().text(),
        "leave it out");
  }
}
