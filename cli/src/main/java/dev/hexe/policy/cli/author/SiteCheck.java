package dev.hexe.policy.cli.author;

import static dev.hexe.policy.cli.author.Finding.Severity.ERROR;

import java.util.List;

/** Finds the rules of the site that let nothing run under a profile. */
final class SiteCheck {
  private SiteCheck() {}

  static List<Finding> of(Subject subject) {
    return subject.site().refusals().stream()
        .map(
            why ->
                subject.atTop(
                    ERROR,
                    Lint.MISTAKE,
                    "forbidden by this site: " + why,
                    "`hexe-policy rules` lists the rules of this site"))
        .toList();
  }
}
