package dev.hexe.policy.cli.option;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.cli.command.ApplyCommand;
import org.junit.jupiter.api.Test;

/** The options of a command on one screen. */
class ShortHelpTest {
  private static final int COLUMNS = 80;

  @Test
  void theHelpOfApplyFitsAScreenAndHasEveryOption() {
    String help = ShortHelp.of(ApplyCommand.spec(), "apply");
    assertTrue(help.lines().count() <= 33, help);
    help.lines().forEach(line -> assertTrue(line.length() <= COLUMNS, line));
    ApplyCommand.spec().options().stream()
        .filter(option -> !option.usageHelp())
        .forEach(
            option -> {
              assertTrue(help.contains(" " + option.longestName()), option.longestName());
              assertNotEquals("others", ShortHelp.groupOf(option), option.longestName());
            });
  }
}
