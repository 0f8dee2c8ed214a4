package dev.hexe.policy.cli;

import dev.hexe.policy.cli.host.HostFiles;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.host.LauncherProbes;
import dev.hexe.policy.cli.plugin.Plugins;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Style;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A command line of Java that the launcher made, read from the process that stands for Java; see
 * {@link ResidentCompiler}, and {@code Resident} of the host matrix.
 *
 * @param process its directory in {@code /proc}
 * @param properties those that the launcher sets
 * @param environment all variables
 * @param arguments of the program
 */
record Request(
    Path process,
    Map<String, String> properties,
    Map<String, String> environment,
    List<String> arguments) {
  private static final String PROPERTY = "-D";
  private static final String JAR = "-jar";
  private static final String SELF = "/proc/self/";
  private static final Path SITE_PLUGINS = Path.of("/etc/hexe-policy/plugins");
  private static final int WIDTH = 100;

  /** Places in this installation, which are told to this JVM when it starts. */
  private static final List<String> OF_THE_INSTALLATION = List.of("hexe.launcher", "hexe.filters");

  static Request of(String number) throws IOException {
    Path process = Path.of("/proc", number);
    List<String> words = words(process.resolve("cmdline"));
    int jar = words.indexOf(JAR);
    if (jar < 0) {
      throw new IOException("declined: another program of the product");
    }
    Map<String, String> properties =
        pairs(
            words.subList(0, jar).stream()
                .filter(word -> word.startsWith(PROPERTY))
                .map(word -> word.substring(PROPERTY.length())));
    properties.replaceAll((name, value) -> value.replace(SELF, process + "/"));
    properties.put("user.dir", Files.readSymbolicLink(process.resolve("cwd")).toString());
    return new Request(
        process,
        properties,
        pairs(words(process.resolve("environ")).stream()),
        words.subList(jar + 2, words.size()));
  }

  String property(String name) {
    return properties.getOrDefault(name, System.getProperty(name));
  }

  private Path descriptor(int number) {
    return process.resolve("fd").resolve(Integer.toString(number));
  }

  /** Does it in this JVM; the result is the exit status. */
  int run() throws IOException {
    Invocation invocation =
        new Invocation(
            environment,
            this::property,
            plans -> new LauncherProbes(property("hexe.launcher")).run(plans),
            new HostFiles());
    try (PrintStream out = stream(1);
        PrintStream err = stream(2)) {
      return new Program(invocation, new Output(out, err, Style.PLAIN, WIDTH)).run(arguments);
    }
  }

  private PrintStream stream(int descriptor) throws IOException {
    OutputStream stream = Files.newOutputStream(descriptor(descriptor), StandardOpenOption.APPEND);
    return new PrintStream(new BufferedOutputStream(stream), false, StandardCharsets.UTF_8);
  }

  /** The reason for which a JVM that serves others as well cannot do this; none where it can. */
  Optional<String> reasonAgainst() throws IOException {
    Optional<String> other =
        OF_THE_INSTALLATION.stream()
            .filter(name -> !Objects.equals(properties.get(name), System.getProperty(name)))
            .findFirst();
    if (other.isPresent()) {
      return Optional.of("another installation: " + other.get());
    }
    if (!properties.containsKey("hexe.plan")) {
      return Optional.of("no plan is compiled: " + arguments);
    }
    Optional<String> relative = arguments.stream().filter(Request::dependsOnTheProcess).findFirst();
    if (relative.isPresent()) {
      return Optional.of("read by the process itself: " + relative.get());
    }
    String account = property("user.home");
    Path home = Path.of(environment.getOrDefault("HOME", account));
    if (Stream.of(SITE_PLUGINS, Plugins.own(home), Plugins.own(Path.of(account)))
        .anyMatch(Files::exists)) {
      return Optional.of("plug-ins");
    }
    return unusualDescriptors();
  }

  /** Relative paths, standard input. */
  private static boolean dependsOnTheProcess(String word) {
    String value = word.startsWith("--") ? word.substring(word.indexOf('=') + 1) : word;
    return value.equals("-")
        || value.startsWith(".")
        || value.matches("[^/~@:-][^/]*\\.ya?ml")
        || value.matches("[^/~@:-][^:]*/.*");
  }

  /** The three standard streams, the plan, and the connection to this JVM; no terminal. */
  private Optional<String> unusualDescriptors() throws IOException {
    Set<String> expected = Set.of("0", "1", "2", plan());
    try (Stream<Path> open = Files.list(process.resolve("fd"))) {
      Set<String> found =
          open.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
      if (!found.containsAll(expected) || found.size() != expected.size() + 1) {
        return Optional.of("open descriptors " + found);
      }
    }
    String input = Files.readSymbolicLink(descriptor(0)).toString();
    return Optional.of("a terminal")
        .filter(it -> input.startsWith("/dev/pts") || input.startsWith("/dev/tty"));
  }

  private String plan() {
    return Path.of(properties.get("hexe.plan")).getFileName().toString();
  }

  private static Map<String, String> pairs(Stream<String> words) {
    Map<String, String> pairs = new HashMap<>();
    words
        .map(word -> word.split("=", 2))
        .filter(pair -> pair.length == 2)
        .forEach(pair -> pairs.put(pair[0], pair[1]));
    return pairs;
  }

  private static List<String> words(Path file) throws IOException {
    List<String> words =
        Arrays.asList(Files.readString(file, StandardCharsets.UTF_8).split("\0", -1));
    return words.subList(0, words.size() - 1); // each ends with a null byte
  }
}
