package dev.hexe.policy.api.problem;

/** Words about a path that a profile lists, that has to be there, and that is not. */
public final class MissingPath {
  private MissingPath() {}

  /** What is wrong; the path as it is to be shown. */
  public static String message(String path) {
    return "`" + path + "` does not exist, or cannot be reached by this user";
  }

  /** What to do, where a list of this name passes over what is missing. */
  public static String help(String path, String optional) {
    boolean looksLikePattern = path.chars().anyMatch(character -> "*?[{".indexOf(character) >= 0);
    return "create it, or list it under `"
        + optional
        + "`"
        + (looksLikePattern ? "; patterns are not expanded" : "");
  }
}
