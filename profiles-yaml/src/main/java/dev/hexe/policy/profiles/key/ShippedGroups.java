package dev.hexe.policy.profiles.key;

import dev.hexe.policy.profiles.key.ShippedProtectedPaths.Group;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code safeguards.yaml}, line by line: a reader of all YAML takes longer for its thousand
 * paths than all else that happens at a start. Nobody but us writes that file; a test compares what
 * is read here with what YAML says.
 */
public final class ShippedGroups {
  private static final int OF_GROUPS = 2;
  private static final int OF_KEYS = 4;

  private final Map<String, List<Group>> sections = new LinkedHashMap<>();
  private List<Group> section = List.of();
  private @Nullable String group;
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, List<String>> lists = new LinkedHashMap<>();
  private List<String> list = List.of();
  private boolean inBrackets;

  private ShippedGroups() {}

  /** The groups of each section. */
  public static Map<String, List<Group>> read(String text) {
    ShippedGroups reader = new ShippedGroups();
    for (int from = 0; from < text.length(); ) {
      int end = text.indexOf('\n', from);
      int next = end < 0 ? text.length() : end;
      reader.line(text.substring(from, next));
      from = next + 1;
    }
    reader.endGroup();
    return Collections.unmodifiableMap(reader.sections);
  }

  private void line(String whole) {
    int comment = whole.indexOf('#');
    String line = comment < 0 ? whole : whole.substring(0, comment);
    String text = line.strip();
    if (text.isEmpty()) {
      return;
    }
    if (inBrackets) {
      items(text);
    } else if (text.startsWith("- ")) {
      list.add(unquoted(text.substring(2)));
    } else {
      key(line.indexOf(text), text);
    }
  }

  private void key(int indentation, String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalStateException("no key in the line of safeguards: " + text);
    }
    String key = text.substring(0, colon);
    String value = text.substring(colon + 1).strip();
    if (indentation < OF_KEYS) {
      endGroup();
    }
    if (indentation < OF_GROUPS) {
      section = new ArrayList<>();
      sections.put(key, section);
    } else if (indentation < OF_KEYS) {
      group = key;
    } else if (value.isEmpty() || value.startsWith("[")) {
      list = new ArrayList<>();
      lists.put(key, list);
      inBrackets = value.startsWith("[");
      items(inBrackets ? value.substring(1) : value);
    } else {
      texts.put(key, unquoted(value));
    }
  }

  /** A part of a list in brackets, which may end in it. */
  private void items(String text) {
    int from = 0;
    while (from < text.length()) {
      int comma = text.indexOf(',', from);
      int end = comma < 0 ? text.length() : comma;
      String item = text.substring(from, end).strip();
      if (item.endsWith("]")) {
        inBrackets = false;
        item = item.substring(0, item.length() - 1).strip();
      }
      if (!item.isEmpty()) {
        list.add(unquoted(item));
      }
      from = end + 1;
    }
  }

  private static String unquoted(String text) {
    String item = text.strip();
    return item.startsWith("\"") ? item.substring(1, item.length() - 1) : item;
  }

  private void endGroup() {
    if (group == null) {
      return;
    }
    String because = texts.get("because");
    if (because == null) {
      throw new IllegalStateException("a group of safeguards lacks `because`: " + group);
    }
    section.add(
        new Group(
            texts.getOrDefault("exposure", group),
            because,
            either("paths", "names"),
            either("show", "harmless"),
            "yes".equals(texts.get("own"))));
    group = null;
    texts.clear();
    lists.clear();
  }

  private List<String> either(String one, String other) {
    return List.copyOf(lists.getOrDefault(one, lists.getOrDefault(other, List.of())));
  }
}
