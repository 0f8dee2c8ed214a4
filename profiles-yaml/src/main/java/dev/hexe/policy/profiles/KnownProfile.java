package dev.hexe.policy.profiles;

/**
 * A profile as the rules of a site know it.
 *
 * @param name the name of a shipped profile, of one of the site's, or of a user's that no profile
 *     of the site has; else the path of its file
 * @param origin {@code built-in}, {@code site} or {@code user} for one that has a name, else {@code
 *     file}
 */
public record KnownProfile(String name, String origin) {
  static final String BUILT_IN = "built-in";
  static final String SITE = "site";
  static final String USER = "user";
  static final String FILE = "file";
}
