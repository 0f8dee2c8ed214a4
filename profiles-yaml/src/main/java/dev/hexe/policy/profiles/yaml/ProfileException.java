package dev.hexe.policy.profiles.yaml;

import dev.hexe.policy.api.problem.ReportedException;
import java.util.List;

/**
 * A refusal of what the user wrote. Nothing may run after it.
 *
 * <p>The message is ready to be printed after {@code hexe-policy: }. For mistakes in a file it
 * holds all of them in order, each with its place, its line and its help; {@link #help()} is then
 * empty.
 */
public final class ProfileException extends ReportedException {
  private static final long serialVersionUID = 1L;
  private final transient List<FileMistake> mistakes;

  /**
   * Says what and how to mend it.
   *
   * @param message lower case, without a final period, the user's words in backticks
   * @param help what to do; may be empty
   */
  public ProfileException(String message, String help) {
    this(message, help, List.of());
  }

  /** The same for mistakes in a file, which the message has in one text. */
  public ProfileException(String message, String help, List<FileMistake> mistakes) {
    super(message, help);
    this.mistakes = List.copyOf(mistakes);
  }

  /** Each mistake by itself, where it is known at which place in a file it is. */
  public List<FileMistake> mistakes() {
    return mistakes;
  }
}
