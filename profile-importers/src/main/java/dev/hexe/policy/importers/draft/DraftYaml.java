package dev.hexe.policy.importers.draft;

import dev.hexe.policy.importers.draft.Value.Items;
import dev.hexe.policy.importers.draft.Value.Pairs;
import dev.hexe.policy.importers.draft.Value.Word;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a draft as YAML: sections in the order of the documentation, short lists on one line. */
public final class DraftYaml {
  private static final int WIDTH = 100;
  private static final int MANY = 8;
  private static final String INDENT = "  ";
  private static final List<String> ORDER =
      List.of(
          "default",
          "commands",
          "floats",
          "summary",
          "extends",
          "identity",
          "files",
          "protect",
          "hide",
          "environment",
          "processes",
          "start",
          "network",
          "ipc",
          "hostname",
          "cgroups",
          "mounts",
          "terminal",
          "privileges",
          "syscalls",
          "limits",
          "demand");

  private final StringBuilder yaml = new StringBuilder();

  private DraftYaml() {}

  /** The text, with an end of line behind the last line. */
  public static String of(Draft draft) {
    DraftYaml writer = new DraftYaml();
    sections(draft).forEach((key, value) -> writer.entry("", key, value));
    return writer.yaml.toString();
  }

  /** Keys with a dot become sections. */
  private static Map<String, Value> sections(Draft draft) {
    Map<String, Value> top = new LinkedHashMap<>();
    draft.all().keySet().stream()
        .map(key -> key.split("\\.", 2)[0])
        .distinct()
        .sorted(Comparator.comparingInt(DraftYaml::rank))
        .forEach(section -> top.put(section, section(draft, section)));
    return top;
  }

  private static int rank(String section) {
    int rank = ORDER.indexOf(section);
    return rank < 0 ? ORDER.size() : rank;
  }

  private static Value section(Draft draft, String section) {
    Value whole = draft.all().get(section);
    if (whole != null) {
      return whole;
    }
    Map<String, Value> inside = new LinkedHashMap<>();
    draft
        .all()
        .forEach(
            (key, value) -> {
              if (key.startsWith(section + ".")) {
                inside.put(key.substring(section.length() + 1), value);
              }
            });
    return new Pairs(inside);
  }

  private void entry(String indent, String key, Value value) {
    String line = indent + YamlText.scalar(key) + ": " + flow(value);
    boolean section = indent.isEmpty() && value instanceof Pairs;
    if (value instanceof Word || (line.length() <= WIDTH && !section)) {
      yaml.append(line).append('\n');
    } else {
      yaml.append(indent).append(YamlText.scalar(key)).append(":\n");
      block(indent + INDENT, value);
    }
  }

  private void block(String indent, Value value) {
    if (value instanceof Pairs pairs) {
      pairs.entries().forEach((key, inner) -> entry(indent, key, inner));
    } else if (value instanceof Items items && indent.length() > 2 && isOfShortWords(items)) {
      yaml.append(wrapped(indent, items));
    } else if (value instanceof Items items) {
      items
          .items()
          .forEach(item -> yaml.append(indent).append("- ").append(flow(item)).append('\n'));
    }
  }

  /** Many short words, such as system calls, take few lines. */
  private static boolean isOfShortWords(Items items) {
    return items.items().size() > MANY
        && items.items().stream()
            .allMatch(it -> it instanceof Word word && !word.text().contains("/"));
  }

  private static String wrapped(String indent, Items items) {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder(indent + "[");
    for (int i = 0; i < items.items().size(); i++) {
      String word = flow(items.items().get(i)) + (i + 1 < items.items().size() ? "," : "]");
      if (line.length() + word.length() + 1 > WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder(indent + " ");
      }
      line.append(line.toString().isBlank() || line.toString().endsWith("[") ? "" : " ")
          .append(word);
    }
    return text.append(line).append('\n').toString();
  }

  private static String flow(Value value) {
    if (value instanceof Word word) {
      return YamlText.scalar(word.text());
    }
    if (value instanceof Items items) {
      List<String> texts = new ArrayList<>();
      items.items().forEach(item -> texts.add(flow(item)));
      return YamlText.list(texts);
    }
    Map<String, String> entries = new LinkedHashMap<>();
    ((Pairs) value).entries().forEach((key, inner) -> entries.put(key, flow(inner)));
    return YamlText.mapping(entries);
  }
}
