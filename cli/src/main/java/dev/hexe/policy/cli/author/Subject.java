package dev.hexe.policy.cli.author;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.api.profile.Overruled;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Provenance;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.engine.site.SiteOutcome;
import dev.hexe.policy.exposure.Exposures;
import dev.hexe.policy.profiles.review.ProfileReview;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A profile that is looked at, and what becomes of it on a host.
 *
 * @param review its text
 * @param profile what holds in the end
 * @param provenance where each part of it was said
 * @param decisions how it is enforced
 * @param exposures what it leaves open
 * @param site what the rules of the site make of it
 * @param here the working directory, where the host is this one
 */
record Subject(
    ProfileReview review,
    Profile profile,
    Provenance provenance,
    Decisions decisions,
    Exposures exposures,
    SiteOutcome site,
    Optional<Path> here) {
  private static final String ITEM = "extends";

  /** What holds, each with its place. */
  List<Statement> effective() {
    return provenance.effective();
  }

  /** What was said and does not hold. */
  List<Overruled> overruled() {
    return provenance.overruled();
  }

  /** Whether something was said in the file that is looked at. */
  boolean isOwn(Statement said) {
    return place(said.origin()).filter(place -> place.file().equals(review.file())).isPresent();
  }

  /** The place in a file, where it is one; of the usual paths that where they were asked for. */
  static Optional<Origin.InFile> place(Origin origin) {
    if (origin instanceof Origin.DefaultList list) {
      return place(list.asked());
    }
    return origin instanceof Origin.InFile place ? Optional.of(place) : Optional.empty();
  }

  /** A finding at something that was said. */
  static Finding at(
      Origin origin, Finding.Severity severity, String check, String what, String fix) {
    Origin.InFile place = place(origin).orElseThrow();
    return new Finding(severity, check, place.file(), place.line(), place.column(), what, fix);
  }

  /** A finding about the whole. */
  Finding atTop(Finding.Severity severity, String check, String what, String fix) {
    return review.own().stream()
        .filter(said -> said.key().equals(ITEM))
        .filter(this::isOwn)
        .findFirst()
        .map(said -> at(said.origin(), severity, check, what, fix))
        .orElse(new Finding(severity, check, review.file(), 1, 1, what, fix));
  }
}
