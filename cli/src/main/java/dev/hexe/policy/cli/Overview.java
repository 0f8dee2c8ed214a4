package dev.hexe.policy.cli;

import dev.hexe.policy.cli.command.Commands;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Model.CommandSpec;

/** The commands there are. */
final class Overview {
  private Overview() {}

  /** What {@code --help} prints. */
  static String text() {
    try (InputStream stream = Overview.class.getResourceAsStream("help.txt")) {
      if (stream == null) {
        throw new IllegalStateException("this installation lacks its help");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A first word that is no command. */
  static CommandException unknown(String word) {
    CommandSpec all = Commands.all();
    String what = word.startsWith("-") ? "option" : "command";
    String help = "`hexe-policy --help` lists the commands";
    return new CommandException(
        "unknown " + what + " " + Printable.quote(word), Arguments.suggestion(all, word, help));
  }
}
