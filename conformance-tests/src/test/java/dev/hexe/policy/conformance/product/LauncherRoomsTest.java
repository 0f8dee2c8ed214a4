package dev.hexe.policy.conformance.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.harness.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Files of the launcher include those of rooms above their own in the table of the architecture,
 * and none below.
 */
class LauncherRoomsTest {
  private static final Pattern ROOM = Pattern.compile("(?m)^\\| `([a-z]+)` \\|");
  private static final Pattern INCLUDE = Pattern.compile("(?m)^#include \"([^\"]+)\"");
  private static final int MOST_UNITS = 20;
  private static final int MOST_FILES = 30;

  private final Path checkout = Product.distribution().resolve("../../..").normalize();
  private final Path sources = checkout.resolve("launcher/src/main/c");
  private final Map<String, String> roomOfHeader = new HashMap<>();
  private final Map<Path, List<String>> included = new TreeMap<>();
  private List<String> rooms = List.of();

  @BeforeEach
  void read() throws IOException {
    String text = Files.readString(checkout.resolve("docs/architecture.md"));
    String table =
        text.substring(
            text.indexOf("## The launcher's rooms"), text.indexOf("## Map of the sources"));
    rooms = ROOM.matcher(table).results().map(match -> match.group(1)).toList();
    for (Path file : files()) {
      if (!file.toString().endsWith(".c")) {
        roomOfHeader.put(name(file), room(file));
      }
      included.put(
          file,
          INCLUDE
              .matcher(Files.readString(file))
              .results()
              .map(LauncherRoomsTest::header)
              .toList());
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(sources, 2)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(c|h|def)"))
          .filter(file -> !sources.equals(file.getParent()))
          .sorted()
          .toList();
    }
  }

  private static String header(MatchResult include) {
    return name(Path.of(include.group(1)));
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static String room(Path file) {
    return name(java.util.Objects.requireNonNull(file.getParent()));
  }

  @Test
  void theTableHasEveryFolder() {
    Set<String> folders =
        included.keySet().stream().map(LauncherRoomsTest::room).collect(Collectors.toSet());
    assertEquals(new TreeSet<>(folders), new TreeSet<>(rooms));
    assertTrue(included.size() > 100, "all sources are looked at");
  }

  @Test
  void arrowsPointUpwardsInTheTableOnly() {
    Set<String> down = new TreeSet<>();
    included.forEach(
        (file, headers) ->
            headers.stream()
                .filter(roomOfHeader::containsKey)
                .map(roomOfHeader::get)
                .filter(room -> rooms.indexOf(room) > rooms.indexOf(room(file)))
                .forEach(room -> down.add(room(file) + "/" + name(file) + " -> " + room)));
    assertEquals(Set.of(), down);
  }

  @Test
  void noHeaderIncludesItselfByWayOfOthers() {
    included.keySet().stream()
        .filter(file -> file.toString().endsWith(".h"))
        .map(LauncherRoomsTest::name)
        .forEach(header -> assertTrue(!reachedFrom(header).contains(header), header));
  }

  private Set<String> reachedFrom(String header) {
    Set<String> reached = new TreeSet<>();
    Deque<String> next = new ArrayDeque<>(includedBy(header));
    while (!next.isEmpty()) {
      String at = next.pop();
      if (reached.add(at)) {
        next.addAll(includedBy(at));
      }
    }
    return reached;
  }

  private List<String> includedBy(String header) {
    return included.entrySet().stream()
        .filter(entry -> name(entry.getKey()).equals(header))
        .flatMap(entry -> entry.getValue().stream())
        .toList();
  }

  @Test
  void noFolderHasTooManyUnits() {
    Map<String, Long> units =
        included.keySet().stream()
            .filter(file -> file.toString().endsWith(".c"))
            .collect(Collectors.groupingBy(LauncherRoomsTest::room, Collectors.counting()));
    units.forEach((room, count) -> assertTrue(count <= MOST_UNITS, () -> room + " has " + count));
    Map<String, Long> all =
        included.keySet().stream()
            .collect(Collectors.groupingBy(LauncherRoomsTest::room, Collectors.counting()));
    all.forEach((room, count) -> assertTrue(count <= MOST_FILES, () -> room + " has " + count));
  }
}
