package dev.hexe.policy.cli.host;

import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.engine.ProbeRunner;
import dev.hexe.policy.engine.rules.PolicyException;
import dev.hexe.policy.profiles.context.Home;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.yaml.ProfileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The circumstances in which the program was started.
 *
 * @param environment the environment variables
 * @param property the system properties by name, null where there is none
 * @param probes tries plans on this host
 * @param reader reads files of this host
 */
public record Invocation(
    Map<String, String> environment, Property property, ProbeRunner probes, HostReader reader) {
  private static final String LAUNCHER = "hexe.launcher";
  private static final String CALLER = "hexe.caller";
  private static final String PLAN = "hexe.plan";
  private static final String COMMAND = "hexe.command";

  /** Looks up a system property. */
  @FunctionalInterface
  public interface Property {
    /** Its value, or null. */
    @Nullable String of(String name);
  }

  public static Invocation ofThisProcess() {
    return new Invocation(
        System.getenv(),
        System::getProperty,
        plans -> new LauncherProbes(required(System.getProperty(LAUNCHER), LAUNCHER)).run(plans),
        new HostFiles());
  }

  /** Who started the launcher. */
  public Caller caller() {
    return CallerProperty.parse(callerText());
  }

  /** The same in the launcher's own words, by which it knows one again. */
  public String callerText() {
    return required(property.of(CALLER), CALLER);
  }

  /** The launcher's path. */
  public String launcher() {
    return required(property.of(LAUNCHER), LAUNCHER);
  }

  /** Where the launcher waits for a plan; empty where it does not. */
  public Optional<Path> plan() {
    return Optional.ofNullable(property.of(PLAN)).map(Path::of);
  }

  /** The first word of the command that a plan is compiled for; empty where there is none. */
  public Optional<String> command() {
    return Optional.ofNullable(property.of(COMMAND));
  }

  /** The same for the command that follows `--`, where one does. */
  public Invocation forCommandOf(List<String> arguments) {
    int dashes = arguments.indexOf("--");
    if (dashes < 0 || dashes + 1 >= arguments.size()) {
      return this;
    }
    return forCommand(arguments.get(dashes + 1));
  }

  /** The same for a command with this first word. */
  public Invocation forCommand(String word) {
    Property known = property;
    return new Invocation(
        environment, name -> name.equals(COMMAND) ? word : known.of(name), probes, reader);
  }

  /** The same with other `HEXE_` variables. */
  public Invocation within(Map<String, String> variables) {
    Map<String, String> all = new java.util.HashMap<>(environment);
    all.keySet().removeIf(name -> name.startsWith("HEXE_"));
    all.putAll(variables);
    return new Invocation(all, property, probes, reader);
  }

  /** What profiles may depend on. */
  public ProfileContext profileContext() {
    String home = environment.getOrDefault("HOME", "");
    Path account = withoutDots(Path.of(text("user.home"))); // that of HOME for whom no list has
    if (home.isEmpty() && !account.isAbsolute()) { // a question mark, as for the name
      throw new ProfileException(
          "HOME is not set, and the list of users has no home for this one", Home.HELP);
    }
    return ProfileContext.of(
            home.isEmpty() ? account : withoutDots(Path.of(home)),
            userName(),
            Path.of(text("user.dir")),
            environment)
        .withAccountHome(account);
  }

  /**
   * Paths are compared by their names, and what is behind a symlink has another directory above.
   */
  private static Path withoutDots(Path home) {
    if (home.equals(home.normalize())) {
      return home;
    }
    try {
      return home.toRealPath();
    } catch (IOException e) {
      return home.normalize();
    }
  }

  /** Whether somebody wants to see where an exception came from. */
  public boolean isDebugging() {
    return List.of("1", "true").contains(environment.getOrDefault("HEXE_DEBUG", ""));
  }

  // The JVM has a question mark for a user without a name.
  private @Nullable String userName() {
    String name = text("user.name");
    return name.isEmpty() || name.equals("?") ? null : name;
  }

  private String text(String name) {
    return Optional.ofNullable(property.of(name)).orElse("");
  }

  private static String required(@Nullable String value, String name) {
    if (value == null) {
      throw new PolicyException(
          "this is a part of `hexe-policy` and cannot be started alone (no `" + name + "`)");
    }
    return value;
  }
}
