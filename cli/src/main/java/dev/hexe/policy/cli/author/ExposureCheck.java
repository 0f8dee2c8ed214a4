package dev.hexe.policy.cli.author;

import static dev.hexe.policy.cli.author.Finding.Severity.NOTE;
import static dev.hexe.policy.cli.author.Finding.Severity.WARNING;

import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.exposure.Exposure;
import dev.hexe.policy.exposure.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds secrets that can be read, and what can be written and is executed later. */
final class ExposureCheck {
  private static final Set<Kind> SECRETS =
      EnumSet.of(
          Kind.READABLE_PRIVATE_KEYS,
          Kind.READABLE_CREDENTIALS,
          Kind.READABLE_BROWSER_PROFILES,
          Kind.READABLE_KEYRINGS,
          Kind.SECRET_ENVIRONMENT);

  private static final Set<Kind> RUN_LATER =
      EnumSet.range(Kind.WRITABLE_SHELL_STARTUP, Kind.WRITABLE_HEXE_POLICY);

  private final Subject subject;
  private final List<Listed> listed;

  private ExposureCheck(Subject subject) {
    this.subject = subject;
    listed = Listed.among(subject.effective());
  }

  static List<Finding> of(Subject subject) {
    ExposureCheck check = new ExposureCheck(subject);
    List<Finding> found = new ArrayList<>();
    // What counts half is stood in the way of already, only there once somebody makes it, or a
    // hash that has to be guessed.
    for (Exposure exposure :
        subject.exposures().all().stream().filter(it -> it.because().isEmpty()).toList()) {
      if (SECRETS.contains(exposure.kind())) {
        found.add(check.finding("readable-secret", exposure));
      } else if (RUN_LATER.contains(exposure.kind())) {
        found.add(check.finding("run-later", exposure));
      }
    }
    return found;
  }

  /** What the file itself opens is its author's; the rest belongs to what it extends. */
  private Finding finding(String check, Exposure exposure) {
    List<String> seen =
        Stream.concat(exposure.evidence().stream(), exposure.makeable().stream()).toList();
    String what = exposure.kind().what() + (seen.isEmpty() ? "" : ": " + String.join(", ", seen));
    Optional<Statement> opened = seen.stream().flatMap(this::opening).findFirst();
    Optional<Statement> own = opened.filter(subject::isOwn);
    return own.map(it -> Subject.at(it.origin(), WARNING, check, what, exposure.close()))
        .orElseGet(
            () ->
                subject.atTop(
                    subject.review().extended() ? NOTE : WARNING, check, what, exposure.close()));
  }

  /** The list that brings a path in: the one that lies nearest. */
  private Stream<Statement> opening(String shown) {
    String path = shown.startsWith("~") ? subject.profile().home() + shown.substring(1) : shown;
    return listed.stream()
        .filter(Listed::isBrought)
        .filter(it -> PathRule.isIn(path, it.path()))
        .max(Comparator.comparingInt(it -> it.path().length()))
        .map(Listed::said)
        .stream();
  }
}
