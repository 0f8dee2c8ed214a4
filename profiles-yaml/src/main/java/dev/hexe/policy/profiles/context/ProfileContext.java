package dev.hexe.policy.profiles.context;

import dev.hexe.policy.api.problem.MissingHome;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The things that a profile may depend on besides its text.
 *
 * @param home the home directory, absolute
 * @param user the user's name, or null where it has none
 * @param cwd the working directory, absolute; relative paths on the command line are taken from it
 * @param environment the environment variables
 * @param searchPath directories of profiles, the first to have one counts; {@code config.yaml} is
 *     beside each
 * @param accountHome the home that the host's list of users has, which some programs take instead
 * @param project what the working directory is a part of
 * @param host what conditions can ask
 * @param input where a profile called {@code -} is read from
 */
public record ProfileContext(
    Path home,
    @Nullable String user,
    Path cwd,
    Map<String, String> environment,
    List<Path> searchPath,
    Path accountHome,
    Project project,
    Supplier<HostTraits> host,
    StandardInput input) {
  public static final Path SYSTEM = Path.of("/etc/hexe-policy/profiles");

  /** For those who have no home that can be used, as many users of containers. */
  public static final String NEW_HOME = MissingHome.NEW;

  private static final char REPLACED = '\uFFFD';

  /**
   * Copies the collections.
   *
   * @throws ProfileException where the home or the working directory is not absolute
   */
  public ProfileContext {
    environment = Map.copyOf(environment);
    searchPath = List.copyOf(searchPath);
    requireAbsolute("HOME", home, "set it to a directory of yours, as with " + NEW_HOME);
    requireAbsolute("the working directory", cwd, "go to another one, as with `cd`");
    requireOneLine(home);
    requireText(home);
  }

  /** One whose home is the account's. */
  public ProfileContext(
      Path home,
      @Nullable String user,
      Path cwd,
      Map<String, String> environment,
      List<Path> searchPath) {
    this(
        home,
        user,
        cwd,
        environment,
        searchPath,
        home,
        new Project(home, cwd),
        HostTraits::here,
        StandardInput.ofThisProcess());
  }

  /** With the search path everyone has: the user's configuration, then the system's. */
  public static ProfileContext of(
      Path home, @Nullable String user, Path cwd, Map<String, String> environment) {
    Path configuration = configuration(home, environment).resolve("hexe-policy/profiles");
    return new ProfileContext(home, user, cwd, environment, List.of(configuration, SYSTEM));
  }

  /** The same for a user whose account has this home. */
  public ProfileContext withAccountHome(Path other) {
    return new ProfileContext(
        home, user, cwd, environment, searchPath, other, project, host, input);
  }

  /** The same on another host. */
  public ProfileContext on(HostTraits other) {
    return new ProfileContext(
        home, user, cwd, environment, searchPath, accountHome, project, () -> other, input);
  }

  /** The same where the standard input is another one. */
  ProfileContext reading(StandardInput other) {
    return new ProfileContext(
        home, user, cwd, environment, searchPath, accountHome, project, host, other);
  }

  /** The same, with nothing known of the project yet. */
  public ProfileContext lookingAnew() {
    Project anew = new Project(home, cwd);
    return new ProfileContext(
        home, user, cwd, environment, searchPath, accountHome, anew, host, input);
  }

  /** An environment variable; one that is empty counts as missing. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  // A relative value is to be ignored, says the XDG Base Directory Specification.
  private static Path configuration(Path home, Map<String, String> environment) {
    String set = environment.getOrDefault("XDG_CONFIG_HOME", "");
    return set.startsWith("/") ? Path.of(set) : requireOpen(home).resolve(".config");
  }

  /**
   * As where {@code su} or a container keeps the variable of root: nothing in it could be read, and
   * that would be told of the first file that was looked for.
   */
  private static Path requireOpen(Path home) {
    try {
      Files.readAttributes(home.resolve("."), BasicFileAttributes.class);
    } catch (AccessDeniedException e) {
      throw new ProfileException(
          "HOME is " + Quotes.quote(home.toString()) + ", which this user may not search",
          "set it to a directory of yours, as with " + NEW_HOME);
    } catch (IOException e) {
      requireNoFile(home); // whether it has to be there depends on the profile
    }
    return home;
  }

  private static void requireNoFile(Path home) {
    if (Files.exists(home)) {
      throw new ProfileException(
          "HOME is " + Quotes.quote(home.toString()) + ", which is no directory",
          "set it to a directory of yours, as with " + NEW_HOME);
    }
  }

  /** Else each path in it would be a mistake of its own. */
  private static void requireOneLine(Path home) {
    if (home.toString().contains("\n")) {
      throw new ProfileException(
          "HOME is "
              + Quotes.quote(home.toString())
              + ", and no list can hold a path with a newline",
          "set it to another directory of yours, as with " + NEW_HOME);
    }
  }

  /** What is no UTF-8 has been replaced by the time it is read here, and is another path. */
  private static void requireText(Path home) {
    if (home.toString().indexOf(REPLACED) >= 0) {
      throw new ProfileException(
          "HOME is " + Quotes.quote(home.toString()) + " or the like, which is no UTF-8",
          "set it to another directory of yours, as with " + NEW_HOME);
    }
  }

  private static void requireAbsolute(String what, Path path, String help) {
    if (!path.isAbsolute()) {
      String message = what + " is " + Quotes.quote(path.toString()) + ", not an absolute path";
      throw new ProfileException(message, help);
    }
  }
}
