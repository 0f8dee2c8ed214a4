package dev.hexe.policy.conformance.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * An installation of Java for the launcher to find, whose {@code java} has one JVM compile all
 * plans that a user asks for from the suite's own surroundings, and starts a JVM for everything
 * else. A start of one takes a second of processor time; the suite has thousands.
 *
 * <p>With the environment variable {@code HEXE_TEST_COLD=1} every plan has a JVM of its own.
 */
final class ResidentJava {
  private static final String COMPILER = "dev.hexe.policy.cli.ResidentCompiler";
  private static final Path SOURCES = Path.of("src/test/resident");
  private static final boolean COLD = "1".equals(System.getenv("HEXE_TEST_COLD"));
  private static final Map<User, Path> HOMES = new EnumMap<>(User.class);

  private ResidentJava() {}

  /** The home of the installation for a user. */
  static synchronized Path of(User user) {
    return HOMES.computeIfAbsent(user, it -> COLD ? InstalledJava.of(it) : installed(it));
  }

  private static Path installed(User user) {
    Path real = InstalledJava.of(user);
    Path home = Workspace.javaOf(user);
    try {
      Files.createDirectories(home.resolve("bin"));
      Files.copy(
          CProgram.built("resident-java", SOURCES),
          home.resolve("bin/java"),
          StandardCopyOption.COPY_ATTRIBUTES);
      Files.copy(real.resolve("release"), home.resolve("release"));
      Files.createSymbolicLink(home.resolve("real"), real);
      start(user, home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return home;
  }

  /**
   * Whoever asks before it listens has a JVM of its own. It ends with this one, which holds its
   * standard input.
   */
  private static void start(User user, Path home) throws IOException {
    Path library = Product.distribution().toRealPath().resolve("lib");
    List<String> command = new ArrayList<>(List.of(home.resolve("real/bin/java").toString()));
    command.add("-Xmx512m");
    command.add("-Duser.language=en");
    command.add("-Duser.country=US");
    command.add("-Djnr.ffi.asm.enabled=false");
    command.add("-Djffi.boot.library.path=" + library.resolve("native"));
    command.add("-Dhexe.filters=" + library.resolve("filters"));
    command.add("-Dhexe.launcher=" + library.resolveSibling("bin/hexe-policy"));
    command.add("-cp");
    command.add(
        Path.of("target/test-classes").toAbsolutePath()
            + File.pathSeparator
            + library.resolve("hexe-policy.jar"));
    command.add(COMPILER);
    command.add(home.resolve("socket").toString());
    ProcessBuilder builder = new ProcessBuilder(user.running(command));
    builder.directory(new File("/")).environment().clear();
    builder.environment().putAll(Map.of("PATH", Execution.path(), "LC_ALL", "C.UTF-8"));
    File log = Path.of("target", "resident-" + user.systemName() + ".log").toFile();
    builder.redirectOutput(log).redirectError(Redirect.appendTo(log)).start();
  }
}
