package dev.hexe.policy.cli.changes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Files that the host executes or obeys later, without being asked: the list in a resource. */
public final class ExecutedLater {
  private static final String LIST = "executed-later.txt";

  private final List<Row> rows;

  /** The shipped list. */
  public ExecutedLater() {
    rows =
        read()
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(Row::of)
            .toList();
  }

  private record Row(Pattern path, String reason) {
    /** A pattern, two spaces or more, and the reason. */
    static Row of(String line) {
      String[] parts = line.split(" {2,}", 2);
      String pattern = parts[0];
      String some = "\0"; // no path has it
      String quoted =
          ("\\Q" + pattern.replace("**", some) + "\\E")
              .replace("*", "\\E[^/]*\\Q")
              .replace(some, "\\E.*\\Q");
      return new Row(
          Pattern.compile("(.*/)?" + quoted + (pattern.endsWith("/") ? ".+" : "")), parts[1]);
    }
  }

  private static String read() {
    try (InputStream stream = ExecutedLater.class.getResourceAsStream(LIST)) {
      if (stream == null) {
        throw new IllegalStateException("this installation lacks its list of what is executed");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Who executes or obeys it, in words that follow the path. */
  public Optional<String> reason(Change change) {
    if (change.kind() == Change.Kind.REMOVE || change.isDirectory()) {
      return Optional.empty();
    }
    String path = "/" + change.tree().text() + "/" + change.path().text();
    Optional<String> listed =
        rows.stream()
            .filter(row -> row.path().matcher(path).matches())
            .map(Row::reason)
            .findFirst();
    return listed.or(() -> change.isProgram() ? Optional.of("a program") : Optional.empty());
  }
}
