package dev.hexe.policy.conformance.harness;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A sandbox to be: {@code Sandbox.profile("full").as(ROOT).sh("id -u")}. Starts in the home. */
public final class Sandbox {
  private static final String LANGUAGE = "C.UTF-8";

  private final User user;
  private final boolean bare;
  private final List<String> before;
  private final List<String> arguments;
  private final Path directory;
  private final Map<String, String> variables;
  private final byte[] input;

  private Sandbox(
      User user,
      boolean bare,
      List<String> before,
      List<String> arguments,
      Path directory,
      Map<String, String> variables,
      byte[] input) {
    this.user = user;
    this.bare = bare;
    this.before = before;
    this.arguments = arguments;
    this.directory = directory;
    this.variables = variables;
    this.input = input;
  }

  /** {@code hexe-policy apply PROFILE}. */
  public static Sandbox profile(String name) {
    return program("apply", name);
  }

  /** {@code hexe-policy ARGUMENT…}. */
  public static Sandbox program(String... arguments) {
    return new Sandbox(
        User.ORDINARY, false, List.of(), List.of(arguments), Path.of("~"), Map.of(), new byte[0]);
  }

  /** No sandbox at all, for comparison. */
  public static Sandbox none() {
    return new Sandbox(
        User.ORDINARY, true, List.of(), List.of(), Path.of("~"), Map.of(), new byte[0]);
  }

  /** Started by this user; by {@link User#ORDINARY} where nobody is named. */
  public Sandbox as(User other) {
    return new Sandbox(other, bare, before, arguments, directory, variables, input);
  }

  /** With more arguments before the command. */
  public Sandbox with(String... more) {
    return new Sandbox(user, bare, before, joined(arguments, more), directory, variables, input);
  }

  /** With an environment variable. */
  public Sandbox where(String variable, String value) {
    Map<String, String> more = new TreeMap<>(variables);
    more.put(variable, value);
    return new Sandbox(user, bare, before, arguments, directory, more, input);
  }

  /** With a Java that a command inside finds as well, where that is this program. */
  public Sandbox nesting() {
    return where("JAVA_HOME", InstalledJava.of(user).toString());
  }

  /** Started in this directory. */
  public Sandbox in(Path other) {
    return new Sandbox(user, bare, before, arguments, other, variables, input);
  }

  /** With this on standard input. */
  public Sandbox fed(byte[] bytes) {
    return new Sandbox(user, bare, before, arguments, directory, variables, bytes);
  }

  /** Started, as the user, by another program that prepares the ground. */
  public Sandbox behind(String... starter) {
    return new Sandbox(user, bare, joined(before, starter), arguments, directory, variables, input);
  }

  /** Runs a command and waits for it. */
  public Result run(String... command) {
    return execution(ended(command)).run();
  }

  /** Runs a shell script; its arguments are {@code $1} and so on. */
  public Result sh(String script, String... scriptArguments) {
    return run(joined(List.of("sh", "-c", script, "sh"), scriptArguments).toArray(String[]::new));
  }

  /** Runs the program with its arguments alone. */
  public Result alone() {
    return execution(arguments).run();
  }

  /** Starts a command and leaves it running. */
  public Running start(String... command) {
    return new Running(execution(ended(command)).start());
  }

  /** The arguments, and behind them the command. */
  private List<String> ended(String... command) {
    return bare ? List.of(command) : joined(joined(arguments, "--"), command);
  }

  /** What the kernel says to each act inside: {@code ok} or the name of an errno. */
  public List<String> tries(String... acts) {
    List<String> command = new ArrayList<>(List.of(user.home().resolve("probe").toString()));
    for (String act : acts) {
      command.addAll(Arrays.asList(act.split(" ", -1)));
      command.add(",");
    }
    return run(command.toArray(String[]::new)).endsWith(0).lines();
  }

  private Execution execution(List<String> programArguments) {
    Requires.user(user);
    List<String> command = new ArrayList<>(before);
    if (!bare) {
      command.add(Product.program().toString());
    }
    command.addAll(programArguments);
    Execution execution = new Execution(user.running(command), start(), environment(), input);
    return execution;
  }

  private Path start() {
    return directory.equals(Path.of("~")) ? user.home() : directory;
  }

  private Map<String, String> environment() {
    Map<String, String> all = new TreeMap<>();
    all.put("PATH", Execution.path());
    all.put("HOME", user.home().toString());
    all.put("USER", user.systemName());
    all.put("LC_ALL", LANGUAGE);
    all.put("JAVA_HOME", InstalledJava.of(user).toString());
    if (inTheSuitesSurroundings()) {
      all.put("HEXE_JAVA_HOME", ResidentJava.of(user).toString());
    }
    all.put("XDG_RUNTIME_DIR", Workspace.runtimeOf(user).toString());
    all.putAll(variables);
    return all;
  }

  /** No program prepared the ground, and no Java was chosen. */
  private boolean inTheSuitesSurroundings() {
    return before.isEmpty()
        && variables.keySet().stream().noneMatch(it -> it.endsWith("JAVA_HOME"));
  }

  private static List<String> joined(List<String> first, String... then) {
    List<String> all = new ArrayList<>(first);
    all.addAll(Arrays.asList(then));
    return List.copyOf(all);
  }

  /** The same command line, fed with text. */
  public Sandbox fed(String text) {
    return fed(text.getBytes(StandardCharsets.UTF_8));
  }
}
