package dev.hexe.policy.cli.why;

import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.ProtectedPath;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.cli.explain.EffectivePolicy;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides over what is hidden or protected within what a profile lists. */
final class ProtectedPathRules {
  private final EffectivePolicy policy;
  private final Statements statements;
  private final Answers answers;

  ProtectedPathRules(EffectivePolicy policy, Statements statements, Answers answers) {
    this.policy = policy;
    this.statements = statements;
    this.answers = answers;
  }

  Optional<Answer> closed(String place, Operation operation) {
    return among(policy.profile().nextRun().hiddenPaths(), Guarantee.NEXT_RUN, List.of(), place)
        .map(it -> refused(operation, place, Guarantee.NEXT_RUN, Optional.empty(), it, null));
  }

  Optional<Answer> fixed(String place, Operation operation) {
    if (operation != Operation.WRITE) {
      return Optional.empty();
    }
    return among(policy.profile().nextRun().protectedPaths(), Guarantee.NEXT_RUN, List.of(), place)
        .map(it -> refused(operation, place, Guarantee.NEXT_RUN, Optional.empty(), it, null));
  }

  Optional<Answer> hidden(String place, Operation operation) {
    List<String> shown =
        Stream.of(
                policy.profile().safeguards().show().stream(),
                policy.profile().files().read().stream().map(PathRule::path),
                policy.profile().files().write().stream().map(PathRule::path))
            .flatMap(paths -> paths)
            .map(policy::absolute)
            .toList();
    return among(policy.profile().hiddenPaths(), Guarantee.HIDDEN, shown, place)
        .map(it -> safeguarded(operation, place, Guarantee.HIDDEN, "hide", it));
  }

  Optional<Answer> unchangeable(String place, Operation operation) {
    if (operation != Operation.WRITE) {
      return Optional.empty();
    }
    List<String> writable =
        policy.profile().files().write().stream()
            .map(PathRule::path)
            .map(policy::absolute)
            .toList();
    return among(policy.profile().protectedPaths(), Guarantee.PROTECTED, writable, place)
        .map(it -> safeguarded(operation, place, Guarantee.PROTECTED, "protect", it));
  }

  /** Tells that what is hidden or protected is not there, so that what is around it decides. */
  boolean isMissing(String place) {
    return Stream.of(
            among(policy.profile().hiddenPaths(), Guarantee.HIDDEN, List.of(), place),
            among(policy.profile().protectedPaths(), Guarantee.PROTECTED, List.of(), place))
        .flatMap(Optional::stream)
        .anyMatch(it -> !answers.isThere(it.tree()));
  }

  private record Covering(ProtectedPath safeguard, String tree) {}

  /** The innermost one that holds the path, unless a part between them is listed by itself. */
  private Optional<Covering> among(
      List<ProtectedPath> safeguards, Guarantee guarantee, List<String> parts, String place) {
    if (!policy.holds(guarantee)) {
      return Optional.empty();
    }
    return safeguards.stream()
        .flatMap(
            it ->
                it.places(Path.of(policy.cwd())).stream()
                    .flatMap(tree -> Stream.of(tree, answers.resolved(tree)).distinct())
                    .map(tree -> new Covering(it, tree)))
        .filter(it -> PathRule.isIn(place, it.tree()))
        .filter(
            it ->
                parts.stream()
                    .noneMatch(
                        part ->
                            !part.equals(it.tree())
                                && PathRule.isIn(part, it.tree())
                                && PathRule.isIn(place, part)))
        .max(Comparator.comparingInt(it -> it.tree().length()));
  }

  private Answer safeguarded(
      Operation operation, String place, Guarantee guarantee, String key, Covering covering) {
    ProtectedPath safeguard = covering.safeguard();
    // One of a project's is lifted as a whole.
    boolean whole = safeguard.inWorkingDirectory() || safeguard.aboveWorkingDirectory();
    return refused(
        operation,
        place,
        guarantee,
        statements.of(key, safeguard),
        covering,
        answers.fix(operation, whole ? covering.tree() : place));
  }

  private Answer refused(
      Operation operation,
      String place,
      Guarantee guarantee,
      Optional<Statement> statement,
      Covering covering,
      @Nullable Fix fix) {
    String tree = PathRule.withTilde(covering.tree(), policy.profile().home());
    String because = covering.safeguard().because();
    return new Answer(
        operation,
        false,
        Optional.of(guarantee),
        policy.mechanism(guarantee),
        statement,
        because.isEmpty() ? tree : tree + ": " + because,
        Optional.ofNullable(fix),
        answers.host(place, operation),
        answers.isThere(place));
  }
}
