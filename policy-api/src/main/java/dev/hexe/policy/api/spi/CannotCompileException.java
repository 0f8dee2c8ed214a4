package dev.hexe.policy.api.spi;

/**
 * A profile that is valid but cannot be turned into a plan here, for example for a missing path.
 */
public final class CannotCompileException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String help;

  /**
   * Says what and how to mend it.
   *
   * @param message lower case, without a period, the user's words in backticks
   * @param help what to do; may be empty
   */
  public CannotCompileException(String message, String help) {
    super(message);
    this.help = help;
  }

  /** What to do about it; may be empty. */
  public String help() {
    return help;
  }
}
