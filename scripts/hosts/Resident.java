package dev.hexe.policy.cli;

import dev.hexe.policy.cli.host.HostFiles;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.host.LauncherProbes;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Style;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the commands of the product in one JVM, for guests in which starting one takes seconds. The
 * launcher starts {@code resident-java} instead of Java, and that hands its process id over here;
 * command line, environment and descriptors are read from {@code /proc}.
 *
 * <p>The argument is a directory: requests come in by its FIFO {@code requests}, the status goes
 * back by a FIFO named like the process.
 */
final class Resident {
  private static final String PROPERTY = "-D";
  private static final String JAR = "-jar";

  private final String process;
  private final Map<String, String> properties = new HashMap<>();
  private List<String> arguments = List.of();

  private Resident(String process) throws IOException {
    this.process = "/proc/" + process;
    // `sh resident-java`, what the launcher said to Java, the jar, what the user said
    List<String> words = words("cmdline");
    int jar = words.indexOf(JAR);
    for (String word : words.subList(0, jar)) {
      String[] pair = word.split("=", 2);
      if (word.startsWith(PROPERTY) && pair.length == 2) {
        properties.put(pair[0].substring(PROPERTY.length()), ofTheProcess(pair[1]));
      }
    }
    arguments = words.subList(jar + 2, words.size());
  }

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    // with a writer of our own it does not end with that of a request, and none is lost in between
    try (RandomAccessFile requests =
        new RandomAccessFile(directory.resolve("requests").toFile(), "rw")) {
      for (String process = requests.readLine(); process != null; process = requests.readLine()) {
        Files.writeString(directory.resolve(process), new Resident(process).run() + "\n");
      }
    }
  }

  private int run() throws IOException {
    Map<String, String> environment = new HashMap<>();
    for (String variable : words("environ")) {
      String[] pair = variable.split("=", 2);
      environment.put(pair[0], pair.length == 2 ? pair[1] : "");
    }
    Invocation.Property property = name -> properties.getOrDefault(name, System.getProperty(name));
    Invocation invocation =
        new Invocation(
            environment,
            property,
            plans -> new LauncherProbes(property.of("hexe.launcher")).run(plans),
            new HostFiles());
    try (PrintStream out = stream(1);
        PrintStream err = stream(2)) {
      Output output = new Output(out, err, Style.PLAIN, 100);
      return new Program(invocation, output).run(arguments);
    }
  }

  private String ofTheProcess(String path) {
    return path.replace("/proc/self/", process + "/");
  }

  private List<String> words(String file) throws IOException {
    String text = Files.readString(Path.of(process, file), StandardCharsets.UTF_8);
    return Arrays.asList(text.split("\0"));
  }

  private PrintStream stream(int descriptor) throws IOException {
    OutputStream stream =
        Files.newOutputStream(
            Path.of(process, "fd", Integer.toString(descriptor)), StandardOpenOption.APPEND);
    return new PrintStream(new java.io.BufferedOutputStream(stream), false, StandardCharsets.UTF_8);
  }
}
