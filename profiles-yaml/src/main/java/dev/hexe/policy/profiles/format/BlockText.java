package dev.hexe.policy.profiles.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Text in lines of its own, moved to another indentation. */
final class BlockText {
  private BlockText() {}

  /**
   * A text behind {@code |} or {@code >}; empty where its indentation or its end is a part of what
   * it means.
   */
  static Optional<List<String>> lines(String raw, int indent) {
    String header = raw.lines().findFirst().orElse("");
    String indicator = header.replaceFirst("\\s*#.*", "");
    if (indicator.matches(".*[0-9+].*") || raw.indexOf('\t') >= 0) {
      return Optional.empty();
    }
    List<String> moved = new ArrayList<>(List.of(header.stripTrailing()));
    List<String> rest = raw.lines().skip(1).toList();
    moved.addAll(moved(rest, indent));
    while (moved.size() > 1 && moved.get(moved.size() - 1).isEmpty()) {
      moved.remove(moved.size() - 1);
    }
    return Optional.of(moved);
  }

  /** Brackets over several lines, the first of which stands behind a key. */
  static List<String> reindented(String raw, int indent) {
    List<String> all = raw.lines().map(String::stripTrailing).toList();
    List<String> moved = new ArrayList<>(List.of(all.get(0)));
    moved.addAll(moved(all.subList(1, all.size()), indent));
    return moved;
  }

  private static List<String> moved(List<String> lines, int indent) {
    int least =
        lines.stream()
            .filter(line -> !line.isBlank())
            .mapToInt(line -> line.length() - line.stripLeading().length())
            .min()
            .orElse(0);
    return lines.stream()
        .map(line -> line.isBlank() ? "" : " ".repeat(indent) + line.substring(least))
        .toList();
  }
}
