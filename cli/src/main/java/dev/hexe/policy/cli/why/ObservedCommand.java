package dev.hexe.policy.cli.why;

import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.text.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A command that is started under a profile, and watched, by the launcher. */
public final class ObservedCommand implements AutoCloseable {
  /** What the launcher has put aside of the caller's environment, see `java.c`. */
  private static final String SAVED = "_HEXE_SAVED_";

  /** Standard error may be a file or pipe that cannot be opened again, so no name of it is used. */
  private static final String OUTPUT_TO_ERROR = "--why-output-to-stderr";

  private static final List<String> ADDED = List.of("LC_ALL", "MALLOC_ARENA_MAX");

  private final Invocation invocation;
  private final List<String> command;
  private final boolean quiet;
  private final Path directory;
  private final Path notes;

  /** What is seen is written where no sandbox can write. */
  public ObservedCommand(
      Invocation invocation, Optional<Path> kept, List<String> command, boolean quiet) {
    this.invocation = invocation;
    this.command = List.copyOf(command);
    this.quiet = quiet;
    try {
      directory =
          kept.isPresent()
              ? Files.createTempDirectory(kept.get(), "learn-")
              : Files.createTempDirectory("hexe-policy-learn-");
    } catch (IOException e) {
      throw new CommandException("cannot make a place for what is seen: " + e.getMessage(), "");
    }
    notes = directory.resolve("notes");
  }

  /** Its exit status. */
  public int run(String profile, String notesOption, List<String> options) {
    List<String> all = new ArrayList<>(List.of(invocation.launcher(), "why", profile));
    all.add(notesOption + notes);
    all.addAll(options);
    if (quiet) {
      all.add(OUTPUT_TO_ERROR);
    }
    all.add("--");
    all.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(all).inheritIO();
    restore(builder.environment());
    try {
      Files.deleteIfExists(notes);
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new CommandException("cannot start the launcher: " + e.getMessage(), "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", "");
    }
  }

  /** As the caller has it: the launcher has changed some of it for the JVM. */
  private static void restore(Map<String, String> environment) {
    ADDED.forEach(environment::remove);
    Map<String, String> saved = Map.copyOf(environment);
    saved.forEach(
        (name, value) -> {
          if (name.startsWith(SAVED)) {
            environment.remove(name);
            environment.put(name.substring(SAVED.length()), value);
          }
        });
  }

  /** What the watcher has written down; empty where there was no command. */
  public Optional<ObservedRun> seen() throws IOException {
    return Files.exists(notes) && Files.size(notes) > 0
        ? Optional.of(ObservedRun.read(notes.toString()))
        : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(notes);
    Files.deleteIfExists(directory);
  }
}
