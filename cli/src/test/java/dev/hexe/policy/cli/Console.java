package dev.hexe.policy.cli;

import dev.hexe.policy.api.host.Outcome;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.engine.ProbeRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A user with a home, who types commands on a host where everything or nothing can be had. */
public final class Console {
  private static final ProbeRunner EVERYTHING_WORKS =
      plans -> plans.stream().map(plan -> Outcome.success(7)).toList();
  private static final ProbeRunner NOTHING_WORKS =
      plans -> plans.stream().map(plan -> Outcome.failure("spawn", "ENOSPC")).toList();

  private final Path home;
  private ProbeRunner probes = EVERYTHING_WORKS;
  private Screen screen = new Screen();

  /** One who is in the home directory. */
  public Console(Path home) {
    this.home = home;
  }

  /** The same on a host that offers nothing. */
  public Console onPoorHost() {
    probes = NOTHING_WORKS;
    return this;
  }

  /** Writes a file below the home directory. */
  public Console write(String name, String text) {
    try {
      Path file = home.resolve(name);
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The whole path of a file below the home directory. */
  public String at(String name) {
    return home.resolve(name).toString();
  }

  /** Runs a command; the result is the exit status. */
  public int run(String... arguments) {
    screen = new Screen();
    Map<String, String> properties = new HashMap<>();
    properties.put("hexe.caller", "%1$d:%1$d:%1$d:%1$d:0:".formatted(owner()));
    properties.put("user.dir", home.toString());
    properties.put("user.home", home.toString());
    properties.put("user.name", "you");
    properties.put("hexe.launcher", "/opt/hexe/bin/hexe-policy");
    Invocation invocation =
        new Invocation(
            Map.of("HOME", home.toString()), properties::get, probes, path -> Optional.empty());
    return new Program(invocation, screen.output).run(List.of(arguments));
  }

  /** What the last command printed, with the home written as {@code /HOME}. */
  public String out() {
    return screen.out().replace(home.toString(), "/HOME");
  }

  /** What it complained of. */
  public String err() {
    return screen.err().replace(home.toString(), "/HOME");
  }

  private int owner() {
    try {
      return (int) Files.getAttribute(home, "unix:uid");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
