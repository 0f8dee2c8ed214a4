package dev.hexe.policy.cli.repair;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppArmorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/usr/bin/hexe-policy | /usr/bin/hexe-policy",
        "/home/a b/hexe-policy | \"/home/a b/hexe-policy\"",
        "/home/x*/{a}/hexe-policy | \"/home/x\\*/\\{a\\}/hexe-policy\"",
      })
  void thePathFitsThisProgramAlone(String path, String attachment) {
    String profile = AppArmor.profile(path);
    assertTrue(
        profile.contains("profile hexe-policy " + attachment + " flags=(unconfined) {"), profile);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hexe-policy", "/a\"b", "/a\\b", "/a\nEND\nreboot"})
  void aPathThatCannotBeWrittenIsNotWritten(String path) {
    Step step = AppArmor.step(path);
    assertTrue(step.commands().startsWith("echo 'install hexe-policy under"), step.commands());
  }
}
