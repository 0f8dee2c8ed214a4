package dev.hexe.policy.cli.author;

import static dev.hexe.policy.cli.author.Finding.Severity.WARNING;

import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Overruled;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.cli.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds paths in lists that change nothing there. */
final class PathCheck {
  private static final String NO_EFFECT = "no-effect";

  private final Subject subject;
  private final List<Listed> all;
  private final List<Finding> found = new ArrayList<>();

  private PathCheck(Subject subject) {
    this.subject = subject;
    all = Listed.among(subject.effective());
  }

  static List<Finding> of(Subject subject) {
    PathCheck check = new PathCheck(subject);
    check.all.stream().filter(it -> subject.isOwn(it.said())).forEach(check::look);
    return check.found;
  }

  private void look(Listed listed) {
    if (listed.said().origin() instanceof dev.hexe.policy.api.profile.Origin.InFile) {
      covering(listed).ifPresent(wider -> covered(listed, wider));
      if (listed.isHidden() && !isThere(listed)) {
        add(
            listed,
            "unreachable",
            Printable.quote(listed.text())
                + " hides what no list brings into the sandbox: unlisted paths are "
                + (subject.profile().files().unlisted() == Unlisted.ABSENT ? "absent" : "denied"),
            "leave it out");
      }
    }
  }

  private void covered(Listed listed, Listed wider) {
    String what =
        "%s changes nothing, because %s covers it (%s)"
            .formatted(
                Printable.quote(listed.text()),
                Printable.quote(wider.text()),
                wider.said().origin().text());
    add(
        listed,
        NO_EFFECT,
        what,
        listed.isHidden()
            ? "leave it out"
            : "leave it out, or take the other one back with `{only: [...]}`");
  }

  private void add(Listed listed, String check, String what, String fix) {
    found.add(Subject.at(listed.said().origin(), WARNING, check, what, fix));
  }

  /** The narrowest list that allows the same, where nothing else is said in between. */
  private Optional<Listed> covering(Listed listed) {
    return all.stream()
        .filter(listed::isAllowedBy)
        .reduce((one, other) -> other.path().length() > one.path().length() ? other : one)
        .filter(wider -> all.stream().noneMatch(it -> isBetween(it, listed, wider)))
        .filter(wider -> !lifts(listed));
  }

  private static boolean isBetween(Listed other, Listed listed, Listed wider) {
    boolean here = other.path().equals(listed.path()) && !other.said().equals(listed.said());
    return (here || listed.isBelow(other)) && other.isBelow(wider);
  }

  /** Whether it takes back that something is protected or hidden. */
  private boolean lifts(Listed listed) {
    return subject.overruled().stream()
        .map(Overruled::by)
        .map(Statement::origin)
        .anyMatch(listed.said().origin()::equals);
  }

  private boolean isThere(Listed hidden) {
    return subject.profile().files().unlisted() == Unlisted.ALLOWED
        || all.stream()
            .filter(it -> !it.isKept())
            .anyMatch(
                it -> it.path().equals(hidden.path()) || it.isBelow(hidden) || hidden.isBelow(it));
  }
}
