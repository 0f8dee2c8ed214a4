package dev.hexe.policy.cli.author;

import dev.hexe.policy.cli.explain.Explainer;
import dev.hexe.policy.cli.explain.Explanation;
import dev.hexe.policy.cli.option.Selection;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.profiles.ProfileContext;
import dev.hexe.policy.profiles.review.FileMistake;
import dev.hexe.policy.profiles.review.ProfileReview;
import dev.hexe.policy.profiles.review.Reviews;
import dev.hexe.policy.profiles.yaml.ProfileException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at profiles, each by itself and on one host. */
final class Lint {
  private static final List<Function<Subject, List<Finding>>> CHECKS =
      List.of(
          TextCheck::of,
          PathCheck::of,
          MeaningCheck::of,
          NetworkCheck::of,
          CallCheck::of,
          HostCheck::of,
          ExposureCheck::of);

  private final ProfileContext context;
  private final Explainer explainer;
  private final Selection selection;

  Lint(ProfileContext context, Explainer explainer, Selection selection) {
    this.context = context;
    this.explainer = explainer;
    this.selection = selection;
  }

  /**
   * What there is to say about a profile, in the order of its text.
   *
   * @throws ProfileException where there is no such profile
   */
  List<Finding> of(String nameOrPath) {
    ProfileReview review;
    try {
      review = new Reviews(context).of(nameOrPath);
    } catch (ProfileException e) {
      return mistakes(e).orElseThrow(() -> e);
    }
    try {
      return of(subject(review, explainer.explain(selection.named(nameOrPath))));
    } catch (ProfileException e) {
      return mistakes(e).orElseGet(() -> whole(review, e.getMessage(), e.help()));
    } catch (CommandException e) {
      return whole(review, e.getMessage(), e.help());
    }
  }

  private static Subject subject(ProfileReview review, Explanation explanation) {
    return new Subject(
        review,
        explanation.profile(),
        explanation.provenance().effective(),
        explanation.provenance().overruled(),
        explanation.decisions(),
        explanation.exposures());
  }

  /** Those that have a place. */
  private static Optional<List<Finding>> mistakes(ProfileException e) {
    return e.mistakes().isEmpty()
        ? Optional.empty()
        : Optional.of(e.mistakes().stream().map(Lint::error).sorted().toList());
  }

  /** A mistake of no single line. */
  private static List<Finding> whole(ProfileReview review, @Nullable String what, String help) {
    return List.of(error(new FileMistake(review.file(), 1, 1, String.valueOf(what), help)));
  }

  static List<Finding> of(Subject subject) {
    return CHECKS.stream()
        .flatMap(check -> check.apply(subject).stream())
        .flatMap(Lint::oneLine)
        .distinct()
        .sorted()
        .toList();
  }

  private static Stream<Finding> oneLine(Finding it) {
    return Stream.of(
        new Finding(
            it.severity(),
            it.check(),
            it.file(),
            it.line(),
            it.column(),
            it.what().replace('\n', ' '),
            it.fix().replace('\n', ' ')));
  }

  private static Finding error(FileMistake mistake) {
    return new Finding(
        Finding.Severity.ERROR,
        "mistake",
        mistake.file(),
        mistake.line(),
        mistake.column(),
        mistake.what(),
        mistake.help());
  }
}
