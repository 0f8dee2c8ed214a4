package dev.hexe.policy.cli.author;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import dev.hexe.policy.cli.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code init}, {@code fmt}, {@code diff} and {@code schema} at the command line. */
class AuthorToolsTest {
  @TempDir Path home;
  private Console console;

  @BeforeEach
  void sitDown() {
    console = new Console(home);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--extends=full --memory=1G",
        "--extends=isolated --write=/tmp",
        "--extends=none",
        "--write=out --network=none --pids=50",
        "--network=api.example:443,*.example.org",
      })
  void aFirstTextCanBeUsedAndIsCanonical(String options) throws IOException {
    console.write("out/x", "");
    String[] all = ("init web " + options).strip().split(" ");
    assertEquals(0, console.run(all), console.err());
    Path file = home.resolve(".config/hexe-policy/profiles/web.yaml");
    assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(0, console.run("lint", "web"), console.out());
    assertFalse(console.out().contains("[no-effect]"), console.out());
    assertEquals(0, console.run("explain", "web"), console.err());
    assertEquals(0, console.run("fmt", "--check", file.toString()), Files.readString(file));
  }

  @Test
  void aFileThatIsThereIsLeftAlone() throws IOException {
    console.write("p.yaml", "mine");
    assertEquals(125, console.run("init", "-o", "p.yaml"));
    assertTrue(console.err().contains("`/HOME/p.yaml` is there already"), console.err());
    assertEquals("mine", Files.readString(home.resolve("p.yaml")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "init | no name for the profile",
        "init web -o x.yaml | a name and `-o` exclude each other",
        "init sandbox | `sandbox` is the name of a built-in profile",
        "init a/b | `a/b` is not a name for a profile",
        "init -o p.txt | a profile's file ends in `.yaml`",
        "init web --extends=sandbx | unknown profile `sandbx`",
        "init web --memory=much | /HOME/.config/hexe-policy/profiles/web.yaml:",
        "diff sandbox | two profiles are compared",
        "diff sandbox nope | unknown profile `nope`",
        "fmt | no file named",
        "fmt --check --write x | `--check` and `--write` exclude each other",
        "fmt x.yaml | x.yaml: cannot be read: no such file",
        "fmt --write - | standard input cannot be written",
        "schema web | there is no schema of `web`",
      })
  void mistakesAreToldAndNothingIsWritten(String line, String message) {
    assertEquals(125, console.run(line.split(" ")));
    assertTrue(console.err().startsWith("hexe-policy: " + message), console.err());
    assertFalse(Files.exists(home.resolve(".config")));
  }

  @Test
  void filesAreFormattedInPlaceWithTheirMode() throws IOException {
    console.write("p.yaml", "network:   none # c\nextends: full\n");
    Path file = home.resolve("p.yaml");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertEquals(1, console.run("fmt", "--check", "p.yaml"));
    assertEquals("p.yaml\n", console.out());
    assertEquals(0, console.run("fmt", "p.yaml"));
    assertEquals("extends: full\nnetwork: none  # c\n", console.out());
    assertEquals(0, console.run("fmt", "--write", "p.yaml"));
    assertEquals("extends: full\nnetwork: none  # c\n", Files.readString(file));
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(0, console.run("fmt", "--check", "p.yaml"));
    assertEquals("", console.out());
  }

  @Test
  void differencesAreSentencesAboutTheOneThatAllowsMore() {
    console.write(
        "a.yaml",
        "extends: full\nfiles: {write: {only: [~/x]}}\nhide: [~/x/y]\nlimits: {memory: 1G}\n");
    console.write("x/y", "");
    assertEquals(1, console.run("diff", "./a.yaml", "full"), console.err());
    String told = console.out();
    assertTrue(told.contains("`full` may write `~`; `./a.yaml` cannot reach it"), told);
    assertTrue(told.contains("`./a.yaml` hides /HOME/x/y; `full` does not"), told);
    assertEquals(1, console.run("diff", "full", "sandbox"), console.err());
    assertTrue(
        console
            .out()
            .contains("`full` removes the variables whose names speak of secrets; `sandbox` does"),
        console.out());
    assertTrue(told.contains("`./a.yaml` may use 1G of memory; `full` may use all memory"), told);
    assertEquals(1, console.run("diff", "full", "sandbox"));
    assertTrue(
        console.out().contains("`full` reaches no network; `sandbox` uses the host's network"),
        console.out());
    assertEquals(0, console.run("diff", "full", "full"));
    assertEquals(1, console.run("diff", "full", "sandbox", "--json"));
    assertFalse(
        JsonParser.parseString(console.out())
            .getAsJsonObject()
            .getAsJsonArray("sentences")
            .isEmpty());
  }

  @Test
  void variablesAreComparedByTheirNamesAlone() {
    console.write("a.yaml", "extends: full\nenvironment: {set: {TOKEN: hush}}\n");
    console.run("diff", "./a.yaml", "full");
    assertTrue(console.out().contains("sets the variables TOKEN"), console.out());
    assertFalse(console.out().contains("hush"), console.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"profile", "project", "config", "rules"})
  void schemasAreJson(String kind) {
    assertEquals(0, console.run("schema", kind));
    assertEquals(
        "https://json-schema.org/draft/2020-12/schema",
        JsonParser.parseString(console.out()).getAsJsonObject().get("$schema").getAsString());
  }
}
