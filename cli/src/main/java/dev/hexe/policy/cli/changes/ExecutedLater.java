package dev.hexe.policy.cli.changes;

import dev.hexe.policy.profiles.key.ShippedProtectedPaths;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files that the host executes or obeys later, without being asked: the list in a resource, and
 * what is protected in a working directory by default, which can be made where it is missing.
 */
public final class ExecutedLater {
  private static final String LIST = "executed-later.txt";
  private static final String CWD = "${CWD}/";

  private final List<Row> rows;

  /** The shipped list. */
  public ExecutedLater() {
    Stream<Row> listed =
        read().lines().filter(line -> !line.isBlank() && !line.startsWith("#")).map(Row::of);
    rows = Stream.concat(listed, inWorkingDirectory()).toList();
  }

  private static Stream<Row> inWorkingDirectory() {
    return ShippedProtectedPaths.read().protect().stream()
        .flatMap(
            group ->
                group.items().stream()
                    .filter(item -> item.startsWith(CWD))
                    .map(item -> Row.at(item.substring(CWD.length()), group.because())));
  }

  private record Row(Pattern path, String reason) {
    /**
     * A file, or all in a directory of that name; what git keeps for itself has rows of its own.
     */
    static Row at(String path, String because) {
      String elsewhere = path.startsWith(".git/") ? "" : "(?!(.*/)?\\.git/)";
      String pattern = elsewhere + "(.*/)?" + Pattern.quote(path) + "(/.+)?";
      return new Row(compiled(pattern), because);
    }

    /** A pattern, two spaces or more, and the reason. */
    static Row of(String line) {
      String[] parts = line.split(" {2,}", 2);
      boolean directory = parts[0].endsWith("/"); // or a symlink to one
      String pattern = directory ? parts[0].substring(0, parts[0].length() - 1) : parts[0];
      String some = "\0"; // no path has it
      String quoted =
          ("\\Q" + pattern.replace("**", some) + "\\E")
              .replace("*", "\\E[^/]*\\Q")
              .replace(some, "\\E.*\\Q");
      return new Row(compiled("(.*/)?" + quoted + (directory ? "(/.+)?" : "")), parts[1]);
    }

    /**
     * A name can hold an end of line, and there are file systems on which its case is no matter.
     */
    private static Pattern compiled(String pattern) {
      return Pattern.compile(pattern, Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
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
