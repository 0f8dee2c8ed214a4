package dev.hexe.policy.api.problem;

/**
 * Words about a home that is not there, as those of the system's own users are not, and about one
 * that cannot be used otherwise.
 */
public final class MissingHome {
  /** Makes a home for one who has none, as many users of containers. */
  public static final String NEW = "`export HOME=$(mktemp -d)`";

  private MissingHome() {}

  /** What is wrong; the home as it is to be shown. */
  public static String message(String home) {
    return "the home " + MissingPath.message(home);
  }

  /** What to do where a profile lists the home, or something in it. */
  public static String help() {
    return "set HOME to a directory of yours, as with "
        + NEW
        + ", or take a profile that makes a home of its own, such as `project`";
  }
}
