package dev.hexe.policy.conformance.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.harness.Product;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pressing Tab in bash, and reading the manual pages that are shipped. */
class CompletionsTest {
  private static final Path SHARE = Product.distribution().resolve("share");
  private static final Path BASH = SHARE.resolve("bash-completion/completions/hexe-policy");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a                            | apply",
        "apply sand                   | sandbox",
        "explain iso                  | isolated",
        "apply sandbox --best         | --best-effort",
        "apply sandbox --memo         | --memory=",
        "doctor --j                   | --json",
        "help ver                     | verify",
        "apply --on-deny = as         | ask",
        "apply --on-deny as           | ask",
        "apply --on-deny=as           | --on-deny=ask",
        "why sandbox --backend = land | landlock",
        "apply --identity = sub       | subordinate",
        "apply --network = al         | allow",
        "apply --cap-add = net_bi     | net_bind_service",
        "apply --rlimit = nof         | nofile=",
        "apply --isolation = isol     | isolated",
        "learn --from proj            | project",
        "import --from = bw           | bwrap",
      })
  void oneWordFits(String typed, String completed, @TempDir Path home) throws Exception {
    assertEquals(List.of(completed), complete(home, typed));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "apply sandb                | apply sandbox",
        "apply --on-deny=as         | apply --on-deny=ask",
        "apply --isolation isol     | apply --isolation isolated",
        "why --backend=land         | why --backend=landlock",
        "import --from=bw           | import --from=bwrap",
      })
  void zshCompletesTheLine(String typed, String completed, @TempDir Path home) throws Exception {
    Requires.command("zsh");
    Path script = Path.of("src/test/terminal/complete.zsh").toAbsolutePath();
    assertEquals(
        List.of(completed.strip()),
        printed(
            home,
            List.of(
                "timeout",
                "120", // where nothing comes, it waits
                "zsh",
                "-f",
                script.toString(),
                SHARE.resolve("zsh/site-functions/_hexe-policy").toString(),
                typed)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "apply sandb                | sandbox",
        "apply --on-deny=as         | --on-deny=ask",
        "apply --isolation=isol     | --isolation=isolated",
        "why --backend=land         | --backend=landlock",
        "import --from=bw           | --from=bwrap",
      })
  void fishOffersTheWord(String typed, String completed, @TempDir Path home) throws Exception {
    Requires.command("fish");
    Path file = SHARE.resolve("fish/vendor_completions.d/hexe-policy.fish");
    List<String> offered =
        printed(
            home,
            List.of("fish", "-c", "source " + file + "; complete -C 'hexe-policy " + typed + "'"));
    assertEquals(
        List.of(completed.strip()), offered.stream().map(it -> it.replaceAll("\t.*", "")).toList());
  }

  @Test
  void profilesOfTheUserAreOffered(@TempDir Path home) throws Exception {
    Path profiles = Files.createDirectories(home.resolve(".config/hexe-policy/profiles"));
    Files.writeString(profiles.resolve("shop.yaml"), "extends: sandbox\n");
    assertEquals(List.of("shop"), complete(home, "apply sho"));
  }

  @Test
  void behindTheDashesStandsAnotherCommand(@TempDir Path home) throws Exception {
    List<String> words = complete(home, "apply sandbox -- ls");
    assertTrue(words.contains("ls"), words.toString());
    assertFalse(words.contains("--list="), words.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hexe-policy", "hexe-policy-apply", "hexe-policy-doctor"})
  void thereIsAManualPage(String name) throws IOException {
    String page = Files.readString(SHARE.resolve("man/man1/" + name + ".1"));
    assertTrue(page.startsWith(".TH \"HEXE\\-POLICY"), page);
    assertTrue(page.contains("\n.SH \"NAME\"\n" + name.replace("-", "\\-") + " \\- "), page);
  }

  @Test
  void everyOptionOfApplyIsInItsManualPage() throws IOException {
    String page = Files.readString(SHARE.resolve("man/man1/hexe-policy-apply.1"));
    String help = Sandbox.program("apply", "--help").alone().endsWith(0).text();
    List<String> options =
        Stream.of(help.split("[^-a-z0-9]+")).filter(word -> word.matches("--[a-z].+")).toList();
    assertTrue(options.size() > 20, help);
    for (String option : options) {
      assertTrue(page.contains(option.replace("-", "\\-")), option + " in " + page);
    }
  }

  /** What bash would offer for the last word. */
  private static List<String> complete(Path home, String typed)
      throws IOException, InterruptedException {
    String script =
        ". \"$0\"; COMP_WORDS=(hexe-policy \"$@\"); COMP_CWORD=$#; _hexe_policy; printf '%s\\n' \"${COMPREPLY[@]}\"";
    Stream<String> command =
        Stream.concat(
            Stream.of("bash", "--norc", "-c", script, BASH.toString()),
            Stream.of(typed.strip().split(" +")));
    return printed(home, command.toList());
  }

  private static List<String> printed(Path home, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TERM", "dumb");
    builder.directory(home.toFile());
    builder.environment().put("HOME", home.toString());
    builder.environment().remove("XDG_CONFIG_HOME");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output.lines().toList();
  }
}
