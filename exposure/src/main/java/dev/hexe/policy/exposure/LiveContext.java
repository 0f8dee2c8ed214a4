package dev.hexe.policy.exposure;

import dev.hexe.policy.api.profile.PathRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A live host and the place on it from which a sandbox is started.
 *
 * @param view its files
 * @param home the caller's home directory
 * @param cwd the working directory
 * @param environment the environment variables
 * @param program where this program lies: the launcher, its libraries, the JVM
 */
public record LiveContext(
    HostView view, String home, String cwd, Map<String, String> environment, List<String> program) {
  /** Copies. */
  public LiveContext {
    environment = Map.copyOf(environment);
    program = List.copyOf(program);
  }

  /** Paths below the home directory. */
  List<String> atHome(String... names) {
    return Stream.of(names).map(name -> home + "/" + name).toList();
  }

  /** A variable; empty where it is not set. */
  String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  /** The XDG directory that a variable names, or its place below the home directory. */
  String directory(String variable, String otherwise) {
    String value = variable(variable);
    return value.startsWith("/") ? value : home + "/" + otherwise;
  }

  /** Paths in the directory of sockets; none where there is no such directory. */
  List<String> inRuntime(String... names) {
    String runtime = variable("XDG_RUNTIME_DIR");
    return runtime.startsWith("/")
        ? Stream.of(names).map(name -> runtime + "/" + name).toList()
        : List.of();
  }

  /** A path of a profile, where {@code @cwd} is known. */
  String absolute(String path) {
    return path.startsWith(PathRule.CWD) ? cwd + path.substring(PathRule.CWD.length()) : path;
  }

  /** A path as people write it. */
  String shown(String path) {
    return PathRule.withTilde(path, home);
  }
}
