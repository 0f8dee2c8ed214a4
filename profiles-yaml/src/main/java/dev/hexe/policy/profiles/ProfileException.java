package dev.hexe.policy.profiles;

/**
 * What the user wrote cannot be used. Nothing may run after it.
 *
 * <p>The message is ready to be printed after {@code hexe-policy: }. For mistakes in a file it
 * holds all of them in order, each with its place, its line and its help; {@link #help()} is then
 * empty.
 */
public final class ProfileException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String help;

  /**
   * Says what and how to mend it.
   *
   * @param message lower case, without a final period, the user's words in backticks
   * @param help what to do; may be empty
   */
  public ProfileException(String message, String help) {
    super(message);
    this.help = help;
  }

  /** What to do about it; may be empty. */
  public String help() {
    return help;
  }
}
