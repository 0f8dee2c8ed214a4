package dev.hexe.policy.profiles.context;

import dev.hexe.policy.api.problem.MissingHome;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Refusals of a home that cannot be used, each with how to have another one. */
public final class Home {
  /** Behind what is wrong with it. */
  public static final String HELP = "set it to a directory of yours, as with " + MissingHome.NEW;

  private static final String HELP_FOR_NAMES =
      "set it to another directory of yours, as with " + MissingHome.NEW;

  private static final char REPLACED = '\uFFFD';

  private Home() {}

  /** A refusal; the reason goes on after the home's name. */
  public static ProfileException refused(String home, String reason) {
    return refused(home, reason, HELP);
  }

  private static ProfileException refused(String home, String reason, String help) {
    return new ProfileException("HOME is " + Quotes.quote(home) + reason, help);
  }

  /**
   * As where {@code su} or a container keeps the variable of root: nothing in it could be read, and
   * that would be told of the first file that was looked for.
   */
  static Path requireOpen(Path home) {
    try {
      Files.readAttributes(home.resolve("."), BasicFileAttributes.class);
    } catch (AccessDeniedException e) {
      throw refused(home.toString(), ", which this user may not search");
    } catch (IOException e) {
      requireNoFile(home); // whether it has to be there depends on the profile
    }
    return home;
  }

  private static void requireNoFile(Path home) {
    if (Files.exists(home)) {
      throw refused(home.toString(), ", which is no directory");
    }
  }

  /**
   * Each path in it would be a mistake of its own where it has a newline; and bytes that are no
   * UTF-8 have been replaced by the time it is read here, so that it is another path.
   */
  static void requireName(Path home) {
    String name = home.toString();
    if (name.contains("\n")) {
      throw refused(name, ", and no list can hold a path with a newline", HELP_FOR_NAMES);
    }
    if (name.indexOf(REPLACED) >= 0) {
      throw refused(name, " or the like, which is no UTF-8", HELP_FOR_NAMES);
    }
  }
}
