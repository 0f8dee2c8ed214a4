package dev.hexe.policy.conformance.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mistake is answered with one clear message, and nothing is run. */
class MistakesTest {
  private static Path profile(String text) throws Exception {
    Path file = User.ORDINARY.outside().resolve("mistaken.yaml");
    Files.writeString(file, text);
    return file;
  }

  private static Result apply(String... arguments) {
    return Sandbox.program("apply").with(arguments).run("echo", "ran");
  }

  @Test
  void anUnknownProfileIsAnsweredWithTheNearest() {
    apply("sandbx").refuses("unknown profile `sandbx`", "help: did you mean `sandbox`?");
    apply("xyzzy").refuses("unknown profile `xyzzy`", "`isolated`");
  }

  @Test
  void anUnknownOptionIsAnsweredWithTheNearest() {
    apply("full", "--best-efort").refuses("unknown option `--best-efort`", "`--best-effort`");
    apply("full", "extra").refuses("`extra`");
  }

  @Test
  void anUnknownKeyIsShownWhereItStands() throws Exception {
    Path file = profile("summary: x\nlimits:\n  memroy: 512M\n");
    apply(file.toString())
        .refuses(file + ":3:3: unknown key `memroy`", "memroy: 512M", "^^^^^^", "`memory`");
  }

  @Test
  void allMistakesOfAFileAreToldAtOnce() throws Exception {
    apply(profile("netwrk: none\nhostname: 'a b'\nipc: secret\n").toString())
        .refuses("`netwrk`", "a b", "`secret`");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "files: [",
        "a: b: c",
        "\t",
        "network: none\nnetwork: host\n",
        "network: !!javax.script.ScriptEngineManager []",
        "a: &a [*a]",
        "network: none\n---\nnetwork: host\n",
        "- network",
        "just text",
        "network: \u0007"
      })
  void malformedYamlIsRefused(String text) throws Exception {
    apply(profile(text).toString()).refuses("mistaken.yaml");
  }

  @Test
  void aBombOfAliasesIsRefused() throws Exception {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
    }
    apply(profile(bomb.toString()).toString()).refuses("mistaken.yaml");
  }

  @Test
  void deepNestingIsRefused() throws Exception {
    apply(profile("network: " + "[".repeat(20_000)).toString()).refuses("mistaken.yaml");
  }

  @Test
  void aHugeFileIsRefused() throws Exception {
    apply(profile("summary: " + "x".repeat(8 << 20)).toString()).refuses("mistaken.yaml");
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws Exception {
    Path file = profile("");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    apply(file.toString()).refuses("mistaken.yaml");
  }

  @Test
  void aFileThatCannotBeReadIsRefused() throws Exception {
    apply("/no/such.yaml").refuses("/no/such.yaml");
    apply(User.ORDINARY.outside() + "/").refuses("outside");
  }

  @Test
  void aListedPathHasToExist() throws Exception {
    apply(profile("files: {unlisted: absent, read: [/usr, /no/such]}").toString())
        .refuses("`/no/such` does not exist", "read-if-present");
    apply("full", "--read", "/no/such").refuses("`/no/such`");
  }

  @Test
  void theWholeFileSystemIsNotListed() throws Exception {
    apply(profile("files: {unlisted: absent, write: [/]}").toString())
        .refuses("whole file system", "help: ");
  }

  @Test
  void impossibleValuesAreRefused() {
    apply("full", "--memory=lots").refuses("lots");
    apply("full", "--pids=-1").refuses("-1");
    apply("full", "--strict", "--best-effort").refuses("exclude each other");
  }

  @Test
  void aMissingCommandIsAskedFor() {
    Sandbox.program("apply", "full").alone().refuses("no command", "help: ");
    Sandbox.program("apply", "full", "--").alone().refuses("no command", "help: ");
    Sandbox.program("aply", "full", "--", "echo", "ran").alone().refuses("aply", "`apply`");
  }

  @Test
  void anEmptyCommandIsNotFound() {
    Result result = apply("full");
    assertEquals(0, result.status(), result::toString);
    assertEquals(127, Sandbox.profile("full").run("").status());
  }

  @Test
  void aMessageDoesNotDriveTheTerminal() {
    Result result = apply("evil\u001b[31mname");
    result.endsWith(125);
    assertTrue(result.stderr().indexOf('\u001b') < 0, result::toString);
  }
}
