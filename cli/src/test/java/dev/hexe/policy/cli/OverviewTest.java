package dev.hexe.policy.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.cli.command.Commands;
import org.junit.jupiter.api.Test;

/** The first help somebody reads. */
class OverviewTest {
  private static final int LINES = 24;
  private static final int COLUMNS = 80;

  @Test
  void fitsAScreen() {
    assertTrue(Overview.text().lines().count() < LINES);
    Overview.text().lines().forEach(line -> assertTrue(line.length() <= COLUMNS, line));
  }

  @Test
  void namesEachCommand() {
    Commands.all().subcommands().keySet().stream()
        .filter(name -> !name.equals("help"))
        .forEach(
            name -> assertTrue(Overview.text().matches("(?s).*[ `]" + name + "[ ,`].*"), name));
  }
}
