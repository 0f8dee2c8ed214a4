package dev.hexe.policy.api.profile;

/**
 * A path that is kept from the command although it lies in what the profile lists. Where there is
 * nothing at the path there is nothing to keep, and nothing is made there.
 *
 * @param path absolute and without {@code .} or {@code ..}, or {@link PathRule#CWD}, alone or with
 *     a path below it
 * @param because what makes it worth it, as the end of a sentence: {@code shells run it}
 */
public record Safeguard(String path, String because) {
  /** Whether it lies in the working directory, which only the launcher knows. */
  public boolean inWorkingDirectory() {
    return path.startsWith(PathRule.CWD);
  }
}
