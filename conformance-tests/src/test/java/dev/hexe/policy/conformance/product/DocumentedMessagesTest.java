package dev.hexe.policy.conformance.product;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every message that the documents show is one that a test has seen: the first stretch of its own
 * words stands in some test, which would fail if it read otherwise.
 */
class DocumentedMessagesTest {
  private static final Path ROOT = Path.of("..");
  private static final String PREFIX = "hexe-policy: ";

  /** What is the example's own: words in backticks, places, numbers and sizes. */
  private static final Pattern EXAMPLE =
      Pattern.compile("`[^`]*`|\\S*[/.]\\S*:\\d+:\\d+:?|\\(?\\d[\\d.,]*[A-Za-z%]*|[/~]\\S+");

  private static final int SHORTEST = 8;
  private static final Pattern JOINED = Pattern.compile("\"\\s*\\n\\s*\\+ \"");

  static List<String> messages() throws IOException {
    List<String> messages = new ArrayList<>();
    for (Path page : documents()) {
      String text = Files.readString(page);
      boolean code = false;
      for (String line : text.lines().toList()) {
        code ^= line.startsWith("```");
        String shown = line.strip();
        if (shown.startsWith(PREFIX) && (code || line.startsWith("    "))) {
          messages.add(page.getFileName() + ": " + shown.substring(PREFIX.length()));
        }
      }
    }
    assertTrue(messages.size() > 6, "the documents show messages");
    return messages;
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(pages, Stream.of(ROOT.resolve("README.md")))
          .filter(page -> page.toString().endsWith(".md"))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void eachHasBeenSeenByATest(String message) throws IOException {
    String own = words(message.substring(message.indexOf(": ") + 2));
    assertFalse(own.isBlank(), message);
    assertTrue(isInATest(own), () -> "no test has `" + own + "` of " + message);
  }

  /** The first stretch that is the same in each message of this kind. */
  private static String words(String message) {
    return EXAMPLE
        .splitAsStream(message)
        .map(part -> part.replaceAll("^[:,; ]+|[:,; ]+$", ""))
        .filter(part -> part.length() >= SHORTEST)
        .findFirst()
        .orElse("");
  }

  @Test
  void aReportOfRefusalsBeginsAsShown() {
    Sandbox sandbox = Sandbox.program("why", "sandbox");
    Requires.namespaces(User.ORDINARY);
    // What fails on the host as well is left out, so it is a file that can be read there.
    String file = User.ORDINARY.fileOutside("to-be-refused").toString();
    Result result = sandbox.sh("cat \"$1\" >/dev/null 2>&1; true", file);
    String told = result.text() + result.stderr();
    assertTrue(told.contains("refused because of the profile `sandbox`:"), told);
  }

  @Test
  void usageIsToldAsShown() {
    Requires.namespaces(User.ORDINARY);
    String told = Sandbox.profile("sandbox").with("--usage").run("true").endsWith(0).stderr();
    assertTrue(told.contains("used: memory ") || told.contains("used: cpu "), told);
  }

  private static boolean isInATest(String words) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT, 14)) {
      for (Path file : files.filter(DocumentedMessagesTest::isTest).toList()) {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        if (JOINED.matcher(text).replaceAll("").contains(words)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isTest(Path file) {
    String name = file.toString();
    return name.contains("/src/test/")
        && (name.endsWith(".java") || name.endsWith(".sh") || name.endsWith(".py"))
        && !name.contains("/target/")
        && !name.contains("/fuzz/");
  }
}
