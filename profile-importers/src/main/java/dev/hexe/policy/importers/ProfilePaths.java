package dev.hexe.policy.importers;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Paths, as a profile writes them. */
public final class ProfilePaths {
  private static final String HOME = "${HOME}";
  private static final String CWD = "${CWD}";
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
  private static final Pattern PATTERN = Pattern.compile("[*?\\[]|\\{[^}]*,");
  private static final Set<String> LEADING =
      Set.of(
          "XDG_CONFIG_HOME",
          "XDG_CACHE_HOME",
          "XDG_DATA_HOME",
          "XDG_STATE_HOME",
          "XDG_RUNTIME_DIR",
          "PROJECT");

  private ProfilePaths() {}

  /** What a profile writes; {@code ~} for the home. */
  public static String of(String path) {
    String plain = path.startsWith(HOME) ? "~" + path.substring(HOME.length()) : path;
    return plain.length() > 1 && plain.endsWith("/") && !plain.equals("~/")
        ? plain.substring(0, plain.length() - 1)
        : plain.equals("~/") ? "~" : plain;
  }

  /** Why a path cannot stand in a profile; empty where it can. */
  public static Optional<String> problem(String path) {
    if (path.isEmpty()) {
      return Optional.of("the path is empty");
    }
    if (path.codePoints().anyMatch(it -> Character.isISOControl(it))) {
      return Optional.of("a path in a profile has no control characters");
    }
    if (path.startsWith(CWD) && !path.equals(CWD)) {
      return Optional.of("a profile names the working directory alone, nothing below it");
    }
    return VARIABLE
        .matcher(path)
        .results()
        .filter(it -> !isKnown(it.group(1), it.start() == 0))
        .findFirst()
        .map(it -> "profiles know no variable `" + it.group() + "` there");
  }

  /** Why nothing can be put at a path; empty where it can. */
  public static Optional<String> placeProblem(String path) {
    return path.startsWith("/proc/")
        ? Optional.of("nothing is put into /proc, which is made by the kernel")
        : problem(path);
  }

  private static boolean isKnown(String name, boolean leading) {
    return name.equals("USER")
        || (leading && (LEADING.contains(name) || name.equals("HOME") || name.equals("CWD")));
  }

  /** Whether it stands for more than one path. */
  public static boolean isPattern(String path) {
    return PATTERN.matcher(path.replace("${", "")).find();
  }
}
