package dev.hexe.policy.cli.author;

import static dev.hexe.policy.cli.author.Finding.Severity.ERROR;

import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.problem.Misfit;
import dev.hexe.policy.api.profile.Provenance;
import dev.hexe.policy.cli.explain.Explainer;
import dev.hexe.policy.cli.explain.Explanation;
import dev.hexe.policy.cli.selection.Selection;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.engine.rules.PolicyException;
import dev.hexe.policy.profiles.Reviews;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.library.Listing;
import dev.hexe.policy.profiles.review.ProfileReview;
import dev.hexe.policy.profiles.yaml.FileMistake;
import dev.hexe.policy.profiles.yaml.ProfileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at profiles, each by itself and on one host. */
final class Lint {
  static final String MISTAKE = "mistake";

  private static final List<Function<Subject, List<Finding>>> CHECKS =
      List.of(
          SiteCheck::of,
          TextCheck::of,
          MissingCheck::of,
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

  /** The same of one that is listed: that it cannot be read is said of its file. */
  List<Finding> of(Listing listing) {
    try {
      return of(listing.name());
    } catch (ProfileException e) {
      return List.of(
          error(new FileMistake(listing.origin(), 1, 1, String.valueOf(e.getMessage()), e.help())));
    }
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
      return of(review, selection.named(nameOrPath));
    } catch (ProfileException e) {
      return mistakes(e).orElseGet(() -> whole(review, e.getMessage(), e.help()));
    } catch (CommandException e) {
      return whole(review, e.getMessage(), e.help());
    } catch (PolicyException e) {
      return whole(review, e.getMessage(), "");
    }
  }

  private List<Finding> of(ProfileReview review, Selection selected) {
    List<Finding> found = new ArrayList<>();
    Explanation explanation =
        explainer.explain(
            selected, (problem, provenance) -> found.addAll(misfits(review, problem, provenance)));
    Optional<Path> here = Optional.of(context.cwd()).filter(directory -> explanation.live());
    Subject subject =
        new Subject(
            review,
            explanation.profile(),
            explanation.provenance(),
            explanation.decisions(),
            explanation.exposures(),
            explanation.site(),
            here);
    CHECKS.forEach(check -> found.addAll(check.apply(subject)));
    return found.stream().flatMap(Lint::oneLine).distinct().sorted().toList();
  }

  /** What does not fit this machine, at its place where it is said in a file. */
  private static List<Finding> misfits(
      ProfileReview review, CannotCompileException problem, Provenance provenance) {
    return problem.misfits().isEmpty()
        ? whole(review, problem.getMessage(), problem.help())
        : problem.misfits().stream().map(it -> misfit(review, it, provenance)).toList();
  }

  private static Finding misfit(ProfileReview review, Misfit misfit, Provenance provenance) {
    return provenance
        .of(misfit.key(), misfit.value())
        .flatMap(Subject::place)
        .map(place -> Subject.at(place, ERROR, MISTAKE, misfit.message(), misfit.help()))
        .orElseGet(() -> whole(review, misfit.message(), misfit.help()).get(0));
  }

  /** Those that have a place. */
  static Optional<List<Finding>> mistakes(ProfileException e) {
    return e.mistakes().isEmpty()
        ? Optional.empty()
        : Optional.of(e.mistakes().stream().map(Lint::error).sorted().toList());
  }

  /** A mistake of no single line. */
  private static List<Finding> whole(ProfileReview review, @Nullable String what, String help) {
    return List.of(error(new FileMistake(review.file(), 1, 1, String.valueOf(what), help)));
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
        ERROR,
        MISTAKE,
        mistake.file(),
        mistake.line(),
        mistake.column(),
        mistake.what(),
        mistake.help());
  }
}
