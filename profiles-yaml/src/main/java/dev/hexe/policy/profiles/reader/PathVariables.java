package dev.hexe.policy.profiles.reader;

import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.yaml.Nearest;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The variables that paths may hold: these, and those that a profile has itself. No others are
 * looked up, so that a profile means the same everywhere.
 */
public final class PathVariables {
  private static final String HOME = "HOME";
  private static final String USER = "USER";
  private static final String CWD = "CWD";
  private static final String ABOVE = "ABOVE";
  private static final String PROJECT = "PROJECT";
  private static final String RUNTIME = "XDG_RUNTIME_DIR";

  // What the XDG Base Directory Specification has where they are not set.
  private static final Map<String, String> BELOW_HOME =
      Map.of(
          "XDG_CONFIG_HOME", ".config",
          "XDG_CACHE_HOME", ".cache",
          "XDG_DATA_HOME", ".local/share",
          "XDG_STATE_HOME", ".local/state");

  private static final List<String> NAMES =
      List.of(
          HOME,
          CWD,
          ABOVE,
          PROJECT,
          USER,
          "XDG_CONFIG_HOME",
          "XDG_CACHE_HOME",
          "XDG_DATA_HOME",
          "XDG_STATE_HOME",
          RUNTIME);

  private final ProfileContext context;
  private final OwnVariables own;

  PathVariables(ProfileContext context, OwnVariables own) {
    this.context = context;
    this.own = own;
  }

  /** Directories of a home in which many programs have one of their own, and the home itself. */
  public static List<String> shared(String home) {
    return Stream.concat(
            Stream.of(home),
            BELOW_HOME.values().stream()
                .flatMap(it -> PathRule.wayTo(home + "/" + it))
                .filter(it -> PathRule.isBelow(it, home)))
        .distinct()
        .toList();
  }

  ProfileContext context() {
    return context;
  }

  /**
   * The value of a variable.
   *
   * @param leading whether it is all of the path's beginning, as all but the user's name must be
   * @throws ProfileException where there is none
   */
  String value(String name, boolean leading) {
    Optional<String> said = own.value(name);
    if (said.isPresent()) {
      return own(said.get(), leading, name);
    }
    if (!NAMES.contains(name)) {
      throw new ProfileException("unknown variable " + shown(name), Nearest.help(name, known()));
    }
    if (name.equals(CWD)) {
      throw new ProfileException(
          shown(name) + " must stand alone",
          "the working directory is only known when the command starts");
    }
    if (name.equals(ABOVE)) {
      throw new ProfileException(
          shown(name) + " starts a path of `protect` or `hide`",
          "it stands for each directory above the working directory");
    }
    if (name.equals(USER)) {
      return user(name);
    }
    if (!leading) {
      throw new ProfileException(shown(name) + " starts a path, and only `/` may follow it", "");
    }
    return directory(name);
  }

  private static String shown(String name) {
    return Quotes.quote("${" + name + "}");
  }

  private List<String> known() {
    return Stream.concat(own.names().stream().sorted(), NAMES.stream()).toList();
  }

  private static String own(String value, boolean leading, String name) {
    if (value.startsWith("/") && !leading) {
      throw new ProfileException(
          shown(name) + " is a path: it starts another one, and only `/` may follow it", "");
    }
    return value;
  }

  private String directory(String name) {
    String home = context.home().toString();
    if (name.equals(HOME)) {
      return home;
    }
    if (name.equals(PROJECT)) {
      return context.project().top().toString();
    }
    String set = context.environment().getOrDefault(name, "");
    if (set.startsWith("/")) {
      return set;
    }
    String below = BELOW_HOME.get(name);
    if (below == null) {
      throw new ProfileException(shown(name) + " is not set to an absolute path", "");
    }
    return home + "/" + below;
  }

  /** A path with the directory in it that a variable stands for where it is not set. */
  String usual(String path) {
    if (!path.startsWith("${XDG_")) {
      return path;
    }
    return BELOW_HOME.entrySet().stream()
        .filter(entry -> path.startsWith("${" + entry.getKey() + "}"))
        .map(entry -> "~/" + entry.getValue() + path.substring(entry.getKey().length() + 3))
        .findFirst()
        .orElse(path);
  }

  /** The user's name, where it can be a part of a path. */
  Optional<String> user() {
    return Optional.ofNullable(context.user())
        .filter(user -> !user.isEmpty() && !user.contains("/") && !user.startsWith("."));
  }

  private String user(String name) {
    return user().orElseThrow(() -> new ProfileException(shown(name) + " is not known", ""));
  }
}
