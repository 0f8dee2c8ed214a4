package dev.hexe.policy.api.profile;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A path a profile lists.
 *
 * @param path absolute and without {@code .} or {@code ..}, or {@link #CWD}
 * @param optional whether a missing path is passed over; otherwise it is an error
 */
public record PathRule(String path, boolean optional) {
  /** Stands for the caller's working directory, which only the launcher knows. */
  public static final String CWD = "@cwd";

  /**
   * Stands for each directory above the caller's working directory but the root, in front of a path
   * of a {@link ProtectedPath}.
   */
  public static final String ABOVE = "@above";

  /** A path that has to exist. */
  public static PathRule of(String path) {
    return new PathRule(path, false);
  }

  /** A path that is used where it exists. */
  public static PathRule ifPresent(String path) {
    return new PathRule(path, true);
  }

  /** Whether an absolute path is the top of a tree, or lies in it. */
  public static boolean isIn(String path, String tree) {
    int end = tree.length();
    return tree.equals("/")
        || (path.startsWith(tree) && (path.length() == end || path.charAt(end) == '/'));
  }

  /** Whether a path lies in a tree whose top it is not. */
  public static boolean isBelow(String path, String tree) {
    return !path.equals(tree) && isIn(path, tree);
  }

  /** The directories that hold an absolute path, the uppermost first, and itself; not the root. */
  public static Stream<String> wayTo(String path) {
    return IntStream.rangeClosed(1, path.length())
        .filter(end -> end == path.length() || path.charAt(end) == '/')
        .mapToObj(end -> path.substring(0, end));
  }

  /** An absolute path as people write it, with a tilde for the home directory. */
  public static String withTilde(String path, String home) {
    return path.equals(home) || path.startsWith(home + "/")
        ? "~" + path.substring(home.length())
        : path;
  }

  // Made by hand: the JDK makes these of method handles at the first use, which takes milliseconds.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PathRule that && optional == that.optional && path.equals(that.path);
  }

  @Override
  public int hashCode() {
    return 31 * path.hashCode() + Boolean.hashCode(optional);
  }
}
