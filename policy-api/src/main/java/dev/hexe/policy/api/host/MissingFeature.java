package dev.hexe.policy.api.host;

/**
 * A reason that something is not possible here, in words for the person who runs the host.
 *
 * @param reason what is missing, lower case, without a period
 * @param fix what to do about it; empty where nothing can be done
 * @param remedy what kind of change the fix is
 */
public record MissingFeature(String reason, String fix, Remedy remedy) {
  /** Nothing is missing. */
  public static final MissingFeature NONE = new MissingFeature("", "");

  /** A lack that is mended by following words. */
  public MissingFeature(String reason, String fix) {
    this(reason, fix, Remedy.ADVICE);
  }

  /** A lack without a remedy. */
  public static MissingFeature of(String reason) {
    return new MissingFeature(reason, "");
  }
}
