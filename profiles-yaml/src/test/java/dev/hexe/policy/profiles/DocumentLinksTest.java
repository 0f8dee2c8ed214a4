package dev.hexe.policy.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.setting.ProfileKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The form of the documents: links, tables and headings. */
class DocumentLinksTest {
  private static final Path CHECKOUT =
      Path.of(System.getProperty("hexe.checkout")).toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("\\]\\(([^) ]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern INDENTED = Pattern.compile("(?m)^    .*$");
  private static final Pattern QUESTION =
      Pattern.compile("(?m)^#+ (?:What|How|Who|Where|Whether|Why)\\b.*");
  private static final Pattern SOURCE =
      Pattern.compile("`(?:([a-z_/]+\\.(?:c|yaml))|([A-Z][A-Za-z]+))`");
  private static final Pattern CELL_KEY = Pattern.compile("`([a-z.-]+)`");

  /** Keys of a profile that are no settings of it, or that a reader of their own has. */
  private static final Set<String> OTHER_KEYS = Set.of("variables", "when");

  static Stream<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    for (String folder : List.of("", "docs", "docs/adr")) {
      try (Stream<Path> files = Files.list(CHECKOUT.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
      }
    }
    assertTrue(documents.size() > 50, documents::toString);
    return documents.stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyLinkLeadsToAHeadingThatThereIs(Path document) throws IOException {
    List<String> dead = new ArrayList<>();
    for (MatchResult link : LINK.matcher(prose(document)).results().toList()) {
      if (!link.group(1).contains("://") && !leadsSomewhere(document, link.group(1))) {
        dead.add(link.group(1));
      }
    }
    assertEquals(List.of(), dead);
  }

  private static boolean leadsSomewhere(Path document, String link) throws IOException {
    int hash = link.indexOf('#');
    String name = hash < 0 ? link : link.substring(0, hash);
    Path target = name.isEmpty() ? document : document.resolveSibling(name);
    return Files.exists(target) && (hash < 0 || anchors(target).contains(link.substring(hash + 1)));
  }

  /** As GitHub makes them: small letters, no punctuation, hyphens for spaces. */
  private static Set<String> anchors(Path document) throws IOException {
    return HEADING
        .matcher(prose(document))
        .results()
        .map(it -> it.group(1).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", ""))
        .map(it -> it.replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyRowHasTheColumnsOfItsTable(Path document) throws IOException {
    List<String> wrong = new ArrayList<>();
    int columns = 0;
    for (String line : prose(document).lines().toList()) {
      int cells = line.startsWith("|") ? line.replace("\\|", "").split("\\|", -1).length : 0;
      if (columns > 0 && cells > 0 && cells != columns) {
        wrong.add(line);
      }
      columns = cells;
    }
    assertEquals(List.of(), wrong);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void noHeadingIsAQuestion(Path document) throws IOException {
    if (!document.startsWith(CHECKOUT.resolve("docs/adr"))) {
      assertEquals(
          List.of(), QUESTION.matcher(prose(document)).results().map(MatchResult::group).toList());
    }
  }

  /** A row that names none stands in the wrong table. */
  @Test
  void everyRowOfTheKeysNamesKeys() throws IOException {
    Set<String> keys = ProfileKeys.ALL.stream().map(Key::path).collect(Collectors.toSet());
    String page = Files.readString(CHECKOUT.resolve("docs/profiles.md"));
    String section = page.split("\n## Keys\n", 2)[1].split("\n## ", 2)[0];
    List<String> named =
        section
            .lines()
            .filter(line -> line.startsWith("| `"))
            .flatMap(line -> CELL_KEY.matcher(line.split("\\|", -1)[1]).results())
            .map(it -> it.group(1))
            .toList();
    List<String> unknown =
        named.stream()
            .filter(it -> !keys.contains(it) && !OTHER_KEYS.contains(it))
            .filter(it -> !it.startsWith("network."))
            .toList();
    assertEquals(List.of(), unknown);
    assertTrue(named.size() >= keys.size(), named::toString);
  }

  @Test
  void theMapOfTheSourcesNamesFilesThatThereAre() throws IOException {
    String page = Files.readString(CHECKOUT.resolve("docs/architecture.md"));
    String map = page.split("\n## Map of the sources\n", 2)[1].split("\n## ", 2)[0];
    Set<String> files = sources();
    List<String> named =
        SOURCE
            .matcher(map)
            .results()
            .map(it -> it.group(1) == null ? it.group(2) + ".java" : it.group(1))
            .toList();
    assertTrue(named.size() > 20, named::toString);
    assertEquals(
        List.of(),
        named.stream()
            .filter(it -> files.stream().noneMatch(file -> file.endsWith("/" + it)))
            .toList());
  }

  private static Set<String> sources() throws IOException {
    try (Stream<Path> files = Files.find(CHECKOUT, 14, (file, of) -> of.isRegularFile())) {
      return files
          .map(Path::toString)
          .filter(file -> file.contains("/src/main/"))
          .collect(Collectors.toSet());
    }
  }

  private static String prose(Path document) throws IOException {
    String text = BLOCK.matcher(Files.readString(document)).replaceAll("");
    return INDENTED.matcher(text).replaceAll("");
  }
}
