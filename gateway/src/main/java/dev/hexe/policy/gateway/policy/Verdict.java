package dev.hexe.policy.gateway.policy;

/**
 * A decision about one destination.
 *
 * @param allowed whether it is let through
 * @param reason the rule that allows or denies it, or what is missing, in words
 */
public record Verdict(boolean allowed, String reason) {
  static Verdict allowedBy(Rule rule) {
    return new Verdict(true, "allow " + rule.text());
  }

  static Verdict deniedBy(Rule rule) {
    return new Verdict(false, "deny " + rule.text());
  }

  /** Refused, with what is missing. */
  public static Verdict refused(String reason) {
    return new Verdict(false, reason);
  }
}
