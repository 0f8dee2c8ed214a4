package dev.hexe.policy.cli.verify;

import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.cli.host.Host;
import dev.hexe.policy.cli.text.Words;
import dev.hexe.policy.verification.Finding;
import dev.hexe.policy.verification.Judgement;
import java.util.List;

/**
 * The results of trying out a sandbox.
 *
 * @param profile what was promised
 * @param host where
 * @param findings in the order of the guarantees
 */
public record Evidence(Profile profile, Host host, List<Finding> findings) {
  public boolean isBroken() {
    return count(Judgement.BROKEN) > 0;
  }

  long count(Judgement judgement) {
    return findings.stream().filter(finding -> finding.judgement() == judgement).count();
  }

  /** How many acts were tried, and what came of it. */
  String summary() {
    long tried = findings.size() - count(Judgement.NOT_TRIED);
    return Words.count(tried, "act")
        + " tried, "
        + count(Judgement.HELD)
        + " as promised"
        + more(Judgement.BROKEN, "not as promised")
        + more(Judgement.LEFT_OPEN, "left open")
        + more(Judgement.NOT_TRIED, "could not be tried");
  }

  private String more(Judgement judgement, String words) {
    long count = count(judgement);
    return count == 0 ? "" : ", " + count + " " + words;
  }
}
