package dev.hexe.policy.gateway.policy;

/**
 * A decision about one destination.
 *
 * @param allowed whether it is let through
 * @param reason the rule that allows or denies it, or what is missing, in words
 */
public record Verdict(boolean allowed, String reason) {
  /** Neither allowed nor denied by anything. */
  public static final Verdict UNLISTED = refused("not listed");

  /** Allowed, by somebody who was asked. */
  public static Verdict answered(String reason) {
    return new Verdict(true, reason);
  }

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
