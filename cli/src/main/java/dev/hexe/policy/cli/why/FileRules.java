package dev.hexe.policy.cli.why;

import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.cli.explain.EffectivePolicy;
import dev.hexe.policy.cli.why.ListedPathRules.Listed;
import dev.hexe.policy.cli.why.OwnPlaceRules.Own;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides over a path as the sandbox does: first what is hidden or protected in it, then what is
 * read-only or free of programs, then the nearest path that is listed, and last what holds for all
 * that is not listed.
 */
public final class FileRules {
  private final EffectivePolicy policy;
  private final Statements statements;
  private final Answers answers;
  private final ProtectedPathRules safeguards;
  private final ListedPathRules listed;
  private final LayoutRules layout;
  private final OwnPlaceRules own;

  /** The rules of a policy. */
  public FileRules(EffectivePolicy policy) {
    this.policy = policy;
    this.statements = new Statements(policy.provenance());
    this.answers = new Answers(policy);
    this.safeguards = new ProtectedPathRules(policy, statements, answers);
    this.listed = new ListedPathRules(policy, statements, answers);
    this.layout = new LayoutRules(policy, statements, answers);
    this.own = new OwnPlaceRules(policy, statements, answers);
  }

  /** Where a path leads on the host, with what is missing of it behind that. */
  public String resolved(String path) {
    return answers.resolved(path);
  }

  /** Whether a list says that a directory can be listed; under Landlock alone with all below it. */
  public boolean isListed(String path) {
    return listed.isListed(resolved(path));
  }

  /** What is said of a path that is absolute and without {@code .} and {@code ..}. */
  public Answer answer(String path, Operation operation) {
    String place = resolved(path);
    Answer answer = answerAt(place, operation);
    boolean byList =
        answer
            .guarantee()
            .filter(it -> !it.equals(Guarantee.HIDDEN) && !it.equals(Guarantee.PROTECTED))
            .isPresent();
    // A path that is listed is found by that name as well, and not only where it leads.
    return byList && answer.fix().isPresent() && !path.equals(place)
        ? answer.fixedBy(answers.fix(operation, path))
        : answer;
  }

  /** The same for a directory that a command would make. */
  public Answer answerForNewDirectory(String path) {
    Answer answer = answer(path, Operation.WRITE);
    String place = resolved(path);
    return answer.fix().equals(Optional.of(answers.fix(Operation.WRITE, place)))
        ? answer.fixedBy(answers.forNewDirectory(place))
        : answer;
  }

  private Answer answerAt(String place, Operation operation) {
    Optional<Answer> singled = singledOut(place, operation);
    if (operation == Operation.WRITE && safeguards.isMissing(place)) {
      Answer around = byNearest(place, operation);
      return around.allowed() ? singled.orElse(around) : around;
    }
    return singled.orElseGet(() -> byNearest(place, operation));
  }

  private Optional<Answer> singledOut(String place, Operation operation) {
    return Stream.<Optional<Answer>>of(
            safeguards.closed(place, operation),
            safeguards.hidden(place, operation),
            safeguards.fixed(place, operation),
            safeguards.unchangeable(place, operation),
            withoutPrograms(place, operation),
            readOnly(place, operation))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Answer> withoutPrograms(String place, Operation operation) {
    if (operation != Operation.EXECUTE || !policy.holds(Guarantee.NO_EXECUTE)) {
      return Optional.empty();
    }
    return policy.profile().files().fixtures().noExecute().stream()
        .map(PathRule::path)
        .filter(tree -> PathRule.isIn(place, policy.absolute(tree)))
        .findFirst()
        .map(
            tree ->
                answers.forbidden(
                    operation,
                    place,
                    Guarantee.NO_EXECUTE,
                    statements.of("files.no-execute", tree),
                    "nothing at or below it can be executed",
                    new Fix("", "files: {no-execute: {only: " + others(tree) + "}}")));
  }

  /** The list without one of its paths. */
  private String others(String tree) {
    return policy.profile().files().fixtures().noExecute().stream()
        .map(PathRule::path)
        .filter(path -> !path.equals(tree))
        .map(path -> Paths.forYaml(policy.absolute(path), policy.profile().home()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private Optional<Answer> readOnly(String place, Operation operation) {
    if (operation != Operation.WRITE
        || !policy.holds(Guarantee.LAYOUT)
        || !policy.profile().files().forbidsWriting(place)) {
      return Optional.empty();
    }
    Optional<Statement> statement =
        policy.profile().files().fixtures().readOnly().stream()
            .map(PathRule::path)
            .filter(tree -> PathRule.isIn(place, tree))
            .max(Comparator.comparingInt(String::length))
            .flatMap(tree -> statements.of("files.read-only", tree));
    return Optional.of(
        answers.forbidden(
            operation,
            place,
            Guarantee.LAYOUT,
            statement,
            "it is made read-only with everything below",
            answers.fix(operation, place)));
  }

  private Answer byNearest(String place, Operation operation) {
    Optional<Listed> nearest = listed.nearest(place, operation);
    Optional<MountEntry> fixture = layout.above(place, nearest);
    Optional<Own> made = own.above(place, nearest).filter(it -> !own.isAbove(it, fixture));
    if (made.isPresent()) {
      return own.answer(made.get(), place, operation);
    }
    if (fixture.isPresent()) {
      boolean inTreeOfHost = listed.isInTreeOfHost(policy.absolute(fixture.get().path()));
      return layout.answer(fixture.get(), inTreeOfHost, place, operation);
    }
    return nearest
        .map(it -> listed.answer(it, place, operation))
        .orElseGet(() -> listed.unlisted(place, operation));
  }
}
