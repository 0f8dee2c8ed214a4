package dev.hexe.policy.profiles.site;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A command with its profile, under a name: {@code apply @NAME} runs it.
 *
 * @param source the configuration that has it
 * @param profile a name, or a path
 * @param command the words; a shell's where it is written as one text
 * @param title what stands above its window
 * @param size width, height and place in per cent of the terminal
 */
public record NamedFloat(
    String source,
    String name,
    String profile,
    List<String> command,
    Optional<String> title,
    Optional<FloatSize> size) {
  /** What begins the name on a command line. */
  public static final String SIGN = "@";

  private static final List<String> SHELL = List.of("/bin/sh", "-c", "exec \"${SHELL:-/bin/sh}\"");

  /** Words that a shell does itself. */
  private static final Set<String> OF_THE_SHELL =
      Set.of(
          ".",
          "alias",
          "break",
          "case",
          "cd",
          "command",
          "continue",
          "eval",
          "exec",
          "exit",
          "export",
          "for",
          "if",
          "read",
          "readonly",
          "return",
          "set",
          "shift",
          "source",
          "trap",
          "type",
          "ulimit",
          "umask",
          "unset",
          "until",
          "wait",
          "while");

  /** Copies. */
  public NamedFloat {
    command = List.copyOf(command);
  }

  /** The words of a command that is written as one text: plain words, or a line for the shell. */
  public static List<String> words(String text) {
    if (text.isBlank()) {
      return SHELL;
    }
    String first = text.strip().split("\\s", 2)[0];
    boolean plain = text.matches("[A-Za-z0-9_./@%+:,=\\- ]+") && first.matches("[a-zA-Z0-9_./+-]+");
    return plain && !OF_THE_SHELL.contains(first)
        ? List.of(text.strip().split(" +", -1))
        : List.of("/bin/sh", "-c", text);
  }
}
