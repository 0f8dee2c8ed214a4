package dev.hexe.policy.cli.author;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.cli.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The findings of {@code lint} in {@code config.yaml}. */
class ConfigLintTest {
  private static final String OWN = ".config/hexe-policy/config.yaml";

  @TempDir Path home;
  private Console console;

  @BeforeEach
  void sitDown() {
    console = new Console(home);
  }

  private String lint(String yaml) {
    console.write(OWN, yaml.replace("\\n", "\n"));
    console.run("lint");
    return console.out() + console.err();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "commands:\\n  'n*': full\\n  'npm*': sandbox | 3:3: warning: `commands: npm*: sandbox` has no effect: `commands: n*: full` comes before it (/HOME/.config/hexe-policy/config.yaml:2:3)",
        "commands:\\n  '*': full\\n  'npm*': full | 3:3: warning: `commands: npm*: full` has no effect",
        "commands:\\n  'n*m*': full\\n  'np*mx': full | 3:3: warning: `commands: np*mx: full` has no effect",
        "commands:\\n  npm: fool | 2:8: error: `commands.npm`: unknown profile `fool`",
        "commands:\\n  npm: ./no.yaml | 2:8: error: `commands.npm`: ",
        "default: sandbax | 1:10: error: `default`: unknown profile `sandbax`",
        "floats:\\n  a: {profile: fool} | 2:16: error: `floats.a.profile`: unknown profile `fool`",
        "commands:\\n  /bin/npm: full | 2:3: error: `/bin/npm` is not the name of a program",
      })
  void whatHasNoEffectOrLeadsNowhereIsFoundAtItsPlace(String yaml, String finding) {
    String told = lint(yaml);
    assertTrue(told.contains(".config/hexe-policy/config.yaml:" + finding), told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "commands:\\n  'n*': full\\n  npm: sandbox",
        "commands:\\n  npm: sandbox\\n  'n*': full",
        "commands:\\n  'np*': sandbox\\n  'n*': full",
        "commands:\\n  'n*x': sandbox\\n  'n*': full",
        "commands:\\n  'a.*': sandbox\\n  'ab*': full",
        "default: full\\nfloats: {a: {profile: sandbox, command: sh}}",
      })
  void whatCountsIsNotFound(String yaml) {
    String told = lint(yaml);
    assertTrue(told.contains("1 file: 0 errors, 0 warnings, 0 notes"), told);
  }

  @Test
  void aFileIsLookedAtByItsName() throws Exception {
    console.write("site/config.yaml", "commands:\n  'a*': full\n  'ab*': full\n");
    assertEquals(0, console.run("lint", "site/config.yaml"));
    assertTrue(console.out().contains("site/config.yaml:3:3: warning: "), console.out());
    assertEquals(1, console.run("lint", "site/config.yaml", "--strict"));
    assertEquals(125, console.run("lint", "other/config.yaml"));
    Files.setPosixFilePermissions(
        home.resolve("site/config.yaml"), PosixFilePermissions.fromString("rw-rw-rw-"));
    assertEquals(1, console.run("lint", "site/config.yaml"));
    assertTrue(console.out().contains("can be written by others"), console.out());
  }

  @Test
  void aMistakeIsSaidOnceForAllProfiles() {
    console.write(".config/hexe-policy/profiles/a.yaml", "extends: full\n");
    String told = lint("defalt: full\n");
    assertEquals(1, told.lines().filter(line -> line.contains("unknown key")).count(), told);
    assertFalse(told.contains("internal error"), told);
  }
}
