package dev.hexe.policy.profiles.context;

import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.nio.file.Path;
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

  /**
   * Copies the collections.
   *
   * @throws ProfileException where the home or the working directory is not absolute
   */
  public ProfileContext {
    environment = Map.copyOf(environment);
    searchPath = List.copyOf(searchPath);
    requireAbsolute("HOME", home, Home.HELP);
    requireAbsolute("the working directory", cwd, "go to another one, as with `cd`");
    Home.requireName(home);
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
    return set.startsWith("/") ? Path.of(set) : Home.requireOpen(home).resolve(".config");
  }

  private static void requireAbsolute(String what, Path path, String help) {
    if (!path.isAbsolute()) {
      String message = what + " is " + Quotes.quote(path.toString()) + ", not an absolute path";
      throw new ProfileException(message, help);
    }
  }
}
