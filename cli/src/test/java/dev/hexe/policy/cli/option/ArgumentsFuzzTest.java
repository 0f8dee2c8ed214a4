package dev.hexe.policy.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.profiles.yaml.ProfileException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Arguments mean the same to both readers, or are refused by both in the same words: what the quick
 * one understands differently would be another sandbox. One argument is a line. The corpus is tried
 * in each build; {@code scripts/fuzz options} looks for more.
 */
class ArgumentsFuzzTest {
  private static final CommandSpec SPEC =
      ReportOptions.addTo(SelectionOptions.addTo(Options.command("apply", "apply", "")));

  @FuzzTest
  void meanTheSameToBothReaders(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    List<String> arguments = text.isEmpty() ? List.of() : List.of(text.split("\n", -1));
    boolean[] plain = {false};
    String quick =
        outcome(
            () ->
                PlainArguments.read(arguments)
                    .map(
                        selection -> {
                          plain[0] = true;
                          return selection.toString();
                        })
                    .orElse(""));
    String whole = outcome(() -> SelectionOptions.read(Arguments.parse(SPEC, arguments)) + "");
    assertTrue(
        whole.chars().noneMatch(it -> Character.isISOControl(it) && it != '\n' && it != '\t')
            || !whole.startsWith("refused"),
        whole);
    if (plain[0] || quick.startsWith("refused")) {
      assertEquals(whole, quick);
    }
  }

  /** What was selected, or the words of a refusal; anything else that is thrown is a fault. */
  private static String outcome(Supplier<String> reading) {
    try {
      return reading.get();
    } catch (CommandException e) {
      return refusal(String.valueOf(e.getMessage()), e.help());
    } catch (ProfileException e) {
      return refusal(String.valueOf(e.getMessage()), e.help());
    }
  }

  private static String refusal(String message, String help) {
    assertFalse(message.isBlank(), "a refusal says why");
    return "refused: " + message + " " + help;
  }
}
