package dev.hexe.policy.api.host;

/**
 * Why something cannot be had here, in words for the person who runs the host.
 *
 * @param reason what is missing, lower case, without a period
 * @param fix what to do about it; empty where nothing can be done
 */
public record Lack(String reason, String fix) {
  /** Nothing is missing. */
  public static final Lack NONE = new Lack("", "");

  /** A lack without a remedy. */
  public static Lack of(String reason) {
    return new Lack(reason, "");
  }
}
