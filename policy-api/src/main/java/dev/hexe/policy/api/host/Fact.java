package dev.hexe.policy.api.host;

/**
 * One thing known about the host because it was tried.
 *
 * @param name a dotted name, for example {@code namespace.user}
 * @param available whether the try succeeded
 * @param value a number the kernel answered with, for example an ABI version; else 0
 * @param evidence what was seen: the step that failed and its errno, or the text that was read
 * @param lack what is missing and how to mend it; empty strings where the fact is available
 */
public record Fact(
    String name, boolean available, long value, String evidence, MissingFeature lack) {
  /** A try that succeeded with {@code value}. */
  public static Fact present(String name, long value, String evidence) {
    return new Fact(name, true, value, evidence, MissingFeature.NONE);
  }

  /** A try that failed. */
  public static Fact missing(String name, String evidence, MissingFeature lack) {
    return new Fact(name, false, 0, evidence, lack);
  }
}
