package dev.hexe.policy.api.problem;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A profile that is valid but cannot be turned into a plan here, for example for a missing path.
 */
public final class CannotCompileException extends ReportedException {
  private static final long serialVersionUID = 1L;
  private final transient List<Misfit> misfits;

  /**
   * Says what and how to mend it.
   *
   * @param message lower case, without a period, the user's words in backticks
   * @param help what to do; may be empty
   */
  public CannotCompileException(String message, String help) {
    this(message, help, List.of());
  }

  /** The same in words that name these parts of the profile, each with its place. */
  public CannotCompileException(String message, String help, List<Misfit> misfits) {
    super(message, help);
    this.misfits = List.copyOf(misfits);
  }

  /** Names all parts of the profile that do not fit, of which there is one at least. */
  public CannotCompileException(List<Misfit> misfits) {
    super(
        misfits.stream().map(Misfit::message).collect(Collectors.joining("\n")),
        misfits.get(misfits.size() - 1).help());
    this.misfits = List.copyOf(misfits);
  }

  /** The parts of the profile that do not fit; empty where it is something else. */
  public List<Misfit> misfits() {
    return misfits;
  }
}
