package dev.hexe.policy.importers.container;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.hexe.policy.importers.container.DockerfileLines.Instruction;
import dev.hexe.policy.importers.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The command of an image, from the last {@code ENTRYPOINT} and the last {@code CMD}: a new entry
 * takes back the {@code CMD} of the stage before, and an entry for the shell passes over any.
 */
final class DockerfileCommand {
  private static final String KEY = "the command to run";

  /** The word of an instruction whose words were a line for the shell. */
  private static final String SHELL_FORM = "shell";

  private final Report report;
  private List<String> shell = List.of("/bin/sh", "-c");
  private Optional<Instruction> entry = Optional.empty();
  private Optional<Instruction> command = Optional.empty();
  private boolean ofStage;

  DockerfileCommand(Report report) {
    this.report = report;
  }

  /** A stage begins. */
  void begin() {
    ofStage = false;
  }

  /** Takes an instruction; false where it is about something else. */
  boolean take(Instruction instruction) {
    switch (instruction.word()) {
      case "SHELL" -> shell(instruction);
      case "ENTRYPOINT" -> {
        replaced(entry, instruction);
        entry = Optional.of(inShell(instruction));
        if (!ofStage) {
          replaced(command, instruction);
          command = Optional.empty();
        }
      }
      case "CMD" -> {
        replaced(command, instruction);
        command = Optional.of(inShell(instruction));
        ofStage = true;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void shell(Instruction instruction) {
    Optional<List<String>> words = list(instruction.value()).filter(it -> !it.isEmpty());
    words.ifPresent(it -> shell = it);
    if (words.isPresent()) {
      report.last(instruction.place(), instruction.line(), "what runs commands that are no list");
    } else {
      report.lost(instruction.place(), instruction.line(), "a shell is a list of words");
    }
  }

  /** What is no list is a line for the shell; where that would only start a program, its words. */
  private Instruction inShell(Instruction instruction) {
    String line = instruction.value();
    if (list(line).isPresent()) {
      return instruction;
    }
    boolean plain = line.startsWith("/") && line.matches("[A-Za-z0-9._/ -]+");
    JsonArray words = new JsonArray();
    (plain ? Stream.of(line.split(" +", -1)) : Stream.concat(shell.stream(), Stream.of(line)))
        .forEach(words::add);
    return new Instruction(SHELL_FORM, words.toString(), instruction.line(), instruction.place());
  }

  private void replaced(Optional<Instruction> before, Instruction by) {
    before.ifPresent(
        it ->
            report.replaced(
                it.place(), it.line(), "`" + by.word() + "` at " + by.place() + " replaces it"));
  }

  /** The words of both; the report gets what became of them. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    entry.ifPresent(it -> add(it, words));
    if (entry.isPresent() && entry.get().word().equals(SHELL_FORM)) {
      command.ifPresent(
          it ->
              report.replaced(
                  it.place(), it.line(), "an `ENTRYPOINT` that is no list takes no arguments"));
    } else {
      command.ifPresent(it -> add(it, words));
    }
    return words;
  }

  private void add(Instruction instruction, List<String> words) {
    words.addAll(list(instruction.value()).orElse(List.of()));
    report.carried(instruction.place(), instruction.line(), KEY);
  }

  /** The words of a list in JSON; empty where it is none. */
  static Optional<List<String>> list(String value) {
    try {
      if (value.startsWith("[") && JsonParser.parseString(value) instanceof JsonArray list) {
        List<String> words = new ArrayList<>();
        for (JsonElement item : list) {
          words.add(item.isJsonPrimitive() ? item.getAsString() : item.toString());
        }
        return Optional.of(words);
      }
    } catch (JsonParseException | StackOverflowError e) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
