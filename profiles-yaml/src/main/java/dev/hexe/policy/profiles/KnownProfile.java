package dev.hexe.policy.profiles;

import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.context.StandardInput;
import dev.hexe.policy.profiles.library.Library;
import dev.hexe.policy.profiles.library.ProfileSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

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

  /**
   * The one that is found by a name or a path. What a user says in a file makes it no profile of
   * the site's, and no shipped one.
   *
   * @param said the name that the file gives it, or its own
   */
  static KnownProfile of(String nameOrPath, ProfileSource source, String said) {
    String origin = origin(nameOrPath, source);
    boolean taken =
        origin.equals(FILE)
            || (origin.equals(USER)
                && Files.exists(ProfileContext.SYSTEM.resolve(source.name() + ".yaml")));
    String own = origin.equals(USER) ? source.name() : said;
    return new KnownProfile(taken ? source.file().map(Path::toString).orElse("") : own, origin);
  }

  /** Which of those that may say what a profile is has said it; a path tells nothing of that. */
  private static String origin(String nameOrPath, ProfileSource source) {
    Optional<Path> directory = source.file().map(Path::getParent);
    if (directory.isEmpty()) {
      return BUILT_IN;
    }
    boolean named = !Library.isPath(nameOrPath) && !nameOrPath.equals(StandardInput.NAME);
    boolean site = directory.filter(ProfileContext.SYSTEM::equals).isPresent();
    return named ? (site ? SITE : USER) : FILE;
  }
}
