package dev.hexe.policy.conformance.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.attacks.Attempts;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.User;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The threat model names tests that there are, and every way out that is known here. */
class ThreatModelTest {
  private static final Path CHECKOUT =
      Path.of(System.getProperty("hexe.checkout", "..")).toAbsolutePath().normalize();
  private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z]*Test)(?:\\.(\\w+))?`");
  private static final Pattern FILE = Pattern.compile("`((?:[\\w./-]+-tests\\.sh)|(?:\\w+\\.c))`");

  /** What is tried where no sandbox is started, or not at all; the threat model says so. */
  private static final List<Way> ELSEWHERE =
      List.of(Way.REUSED_IDS, Way.HOSTILE_YAML, Way.MESSAGES, Way.LED_ELSEWHERE);

  private static String text() {
    return read(CHECKOUT.resolve("docs/threat-model.md"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tests of all modules, by name. */
  private static Map<String, Path> tests() throws IOException {
    Map<String, Path> found = new TreeMap<>();
    for (String folder : List.of("java", "sh", "c", "fuzz")) {
      try (Stream<Path> modules = Files.list(CHECKOUT)) {
        for (Path module : modules.map(it -> it.resolve("src/test/" + folder)).toList()) {
          addAll(found, module);
        }
      }
    }
    addAll(found, CHECKOUT.resolve("scripts/hosts"));
    return found;
  }

  private static void addAll(Map<String, Path> found, Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.filter(Files::isRegularFile).forEach(it -> found.putIfAbsent(name(it), it));
      }
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  @Test
  void namesTestsThatThereAre() throws IOException {
    Map<String, Path> tests = tests();
    List<String> missing = new ArrayList<>();
    for (MatchResult match : CLASS.matcher(text()).results().toList()) {
      Path file = tests.get(match.group(1) + ".java");
      String method = match.group(2);
      if (file == null || (method != null && !read(file).contains(" " + method + "("))) {
        missing.add(match.group());
      }
    }
    for (MatchResult match : FILE.matcher(text()).results().toList()) {
      if (!tests.containsKey(name(Path.of(match.group(1))))) {
        missing.add(match.group());
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(CLASS.matcher(text()).results().count() > 100, "the document is read");
  }

  /** Each has what it promises, every row with its test, and what it does not. */
  @ParameterizedTest
  @ValueSource(strings = {"minimal", "balanced", "sandbox", "project", "agent", "full", "isolated"})
  void everyProfileHasPromisesThatAreTried(String profile) {
    String rest = text().substring(text().indexOf("\n### " + profile + "\n") + 1);
    String section = rest.substring(0, rest.indexOf("\n##", 1));
    List<String> rows = section.lines().filter(line -> line.startsWith("| ")).skip(1).toList();
    assertTrue(rows.size() >= 3, section);
    for (String row : rows) {
      String tests = row.split("\\|", -1)[2];
      assertTrue(CLASS.matcher(tests).find() || FILE.matcher(tests).find(), row);
    }
    assertTrue(section.contains("Does not promise:"), section);
  }

  @Test
  void hasEveryShippedProfile() throws IOException {
    Path shipped =
        CHECKOUT.resolve("profiles-yaml/src/main/resources/dev/hexe/policy/profiles/builtin");
    try (Stream<Path> files = Files.list(shipped)) {
      List<String> missing =
          files
              .map(file -> name(file).replace(".yaml", ""))
              .filter(profile -> !text().contains("\n### " + profile + "\n"))
              .toList();
      assertEquals(List.of(), missing);
    }
  }

  @Test
  void hasEveryWayOutAndNoOther() {
    String section = text().substring(text().indexOf("## Known ways out"));
    List<String> rows =
        section
            .substring(0, section.indexOf("## Damaged input"))
            .lines()
            .filter(line -> line.startsWith("| "))
            .skip(1)
            .map(line -> line.split("\\|", -1)[1].strip())
            .toList();
    List<String> ways = Arrays.stream(Way.values()).map(Way::toString).sorted().toList();
    assertEquals(ways, rows.stream().sorted().toList());
  }

  /** By a row of the table, or by a test that is marked. */
  @Test
  void everyWayOutIsTried() throws IOException {
    String marked = "";
    for (Path test : tests().values()) {
      if (test.startsWith(
              CHECKOUT.resolve("conformance-tests/src/test/java/dev/hexe/policy/conformance"))
          && name(test).endsWith("Test.java")
          && !name(test).equals("ThreatModelTest.java")) {
        marked += read(test);
      }
    }
    List<Way> tried = Attempts.of(User.ROOT).stream().map(it -> it.way()).toList();
    for (Way way : Way.values()) {
      boolean isMarked = Pattern.compile("Way\\." + way.name() + "\\b").matcher(marked).find();
      assertEquals(!ELSEWHERE.contains(way), isMarked || tried.contains(way), way::name);
    }
  }
}
