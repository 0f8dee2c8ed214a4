package dev.hexe.policy.conformance.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Builds the suite's own programs, which are static: they run wherever a test puts them. */
final class CProgram {
  private CProgram() {}

  /** The program {@code target/NAME}, of all sources in a directory. */
  static Path built(String name, Path sources) {
    Path program = Path.of("target").toAbsolutePath().resolve(name);
    List<String> command = new ArrayList<>(List.of("gcc", "-static", "-O1", "-Wall", "-Wextra"));
    command.addAll(List.of("-Werror", "-o", program.toString()));
    command.addAll(in(sources));
    Execution.of(command).in(sources.toAbsolutePath()).run().endsWith(0);
    return program;
  }

  private static List<String> in(Path sources) {
    try (Stream<Path> files = Files.list(sources)) {
      return files
          .map(file -> file.toAbsolutePath().toString())
          .filter(file -> file.endsWith(".c"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
