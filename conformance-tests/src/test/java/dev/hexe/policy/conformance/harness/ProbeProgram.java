package dev.hexe.policy.conformance.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The C program that does what a shell cannot do precisely; it stands in every user's home. */
final class ProbeProgram {
  static final String NAME = "probe";

  private static final Path SOURCES = Path.of("src/test/c");
  private static final Path BUILT = build();

  private ProbeProgram() {}

  static Path built() {
    return BUILT;
  }

  private static Path build() {
    Path program = Path.of("target").toAbsolutePath().resolve(NAME);
    List<String> command = new ArrayList<>(List.of("gcc", "-static", "-O1", "-Wall", "-Wextra"));
    command.addAll(List.of("-Werror", "-o", program.toString()));
    command.addAll(sources());
    Execution.of(command).in(SOURCES.toAbsolutePath()).run().endsWith(0);
    return program;
  }

  private static List<String> sources() {
    try (Stream<Path> files = Files.list(SOURCES)) {
      return files
          .map(file -> file.toAbsolutePath().toString())
          .filter(file -> file.endsWith(".c"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
