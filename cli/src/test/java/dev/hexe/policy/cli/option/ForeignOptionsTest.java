package dev.hexe.policy.cli.option;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.hexe.policy.cli.command.ApplyCommand;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;

/** Options of other programs are answered with options that there are. */
class ForeignOptionsTest {
  private final CommandSpec apply = ApplyCommand.spec();

  @Test
  void eachLeadsToAnOptionOfApply() {
    ForeignOptions.all().values().stream()
        .filter(here -> here.startsWith("-"))
        .map(here -> here.replaceFirst("=.*", ""))
        .forEach(name -> assertNotNull(apply.findOption(name), name));
  }

  @Test
  void noneIsAnOptionItself() {
    ForeignOptions.all().keySet().forEach(name -> assertNull(apply.findOption(name), name));
  }
}
