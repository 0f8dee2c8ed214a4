package dev.hexe.policy.profiles.value;

import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.ProtectedPath;
import java.util.regex.Pattern;

/**
 * One path of {@code protect} or {@code hide}.
 *
 * @param guard the path with its reason
 * @param shown whether it can be read all the same, below a hidden one
 */
public record ProtectedPathEntry(ProtectedPath guard, boolean shown) {
  private static final Pattern OF_PATTERNS = Pattern.compile("[*?\\[]|\\{(?=[^}]*,)");

  public String path() {
    return guard.path();
  }

  /** This one, where the same path is said once more. */
  public ProtectedPathEntry and(ProtectedPathEntry other) {
    return new ProtectedPathEntry(guard.and(other.guard), shown);
  }

  /** As profiles write it: what could be a pattern is none. */
  public static String text(String path) {
    String text = withVariable(path);
    if (text.indexOf('*') < 0
        && text.indexOf('?') < 0
        && text.indexOf('[') < 0
        && text.indexOf(',') < 0) {
      return text;
    }
    return OF_PATTERNS.matcher(text).replaceAll("\\\\$0");
  }

  private static String withVariable(String path) {
    if (path.startsWith(PathRule.CWD)) {
      return "${CWD}" + path.substring(PathRule.CWD.length());
    }
    return path.startsWith(PathRule.ABOVE)
        ? "${ABOVE}" + path.substring(PathRule.ABOVE.length())
        : path;
  }
}
