package dev.hexe.policy.cli.author;

import static dev.hexe.policy.cli.author.Finding.Severity.WARNING;

import dev.hexe.policy.api.profile.Environment;
import dev.hexe.policy.api.profile.Limits;
import dev.hexe.policy.api.profile.Overruled;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.ArrayList;
import java.util.List;

/** Finds things that contradict each other. */
final class MeaningCheck {
  private static final String CONTRADICTION = "contradiction";

  private final Subject subject;
  private final List<Finding> found = new ArrayList<>();

  private MeaningCheck(Subject subject) {
    this.subject = subject;
  }

  static List<Finding> of(Subject subject) {
    MeaningCheck check = new MeaningCheck(subject);
    subject.overruled().forEach(check::overruled);
    check.variables();
    check.limits();
    return check.found;
  }

  private void overruled(Overruled one) {
    Statement said = one.statement();
    boolean named = said.origin() instanceof dev.hexe.policy.api.profile.Origin.InFile;
    if (named && subject.isOwn(said) && Subject.place(one.by().origin()).isPresent()) {
      add(
          said,
          YamlText.statement(said)
              + " has no effect: "
              + YamlText.statement(one.by())
              + " counts over it ("
              + one.by().origin().text()
              + ")",
          "leave out one of the two");
    }
  }

  private void variables() {
    Environment environment = subject.profile().environment();
    for (Statement kept : subject.review().own("environment.keep")) {
      if (environment.unset().contains(kept.value())) {
        add(
            kept,
            YamlText.statement(kept) + " has no effect: `environment.unset` removes it",
            "leave out one of the two");
      }
    }
    for (Statement removed : subject.review().own("environment.unset")) {
      if (environment.set().containsKey(removed.value())) {
        add(
            removed,
            YamlText.statement(removed) + " has no effect: `environment.set` sets it in the end",
            "leave out one of the two");
      }
    }
  }

  private void limits() {
    Limits limits = subject.profile().limits();
    if (limits.memory().isPresent()
        && limits.memoryHigh().isPresent()
        && limits.memoryHigh().getAsLong() >= limits.memory().getAsLong()) {
      own("limits.memory-high", "limits.memory")
          .limit(1)
          .forEach(
              said ->
                  add(
                      said,
                      "`limits.memory-high` is never reached: `limits.memory` is no higher",
                      "choose a lower one, or leave it out"));
    }
  }

  private java.util.stream.Stream<Statement> own(String... keys) {
    return java.util.Arrays.stream(keys)
        .flatMap(key -> subject.review().own(key).stream())
        .filter(subject::isOwn);
  }

  private void add(Statement said, String what, String fix) {
    found.add(Subject.at(said.origin(), WARNING, CONTRADICTION, what, fix));
  }
}
