package dev.hexe.policy.profiles.value;

import dev.hexe.policy.profiles.yaml.Nearest;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The names of system calls that there are, and of groups of them. Read where a profile asks. */
public final class SystemCallNames {
  private static final String RESOURCE = "system-calls.txt";
  private static final String ALL = "@known";
  private static final String GROUP = "@";

  private final Map<String, List<String>> groups;

  private SystemCallNames(Map<String, List<String>> groups) {
    this.groups = groups;
  }

  /** Those of this program's Linux. */
  public static SystemCallNames read() {
    return Holder.NAMES;
  }

  /**
   * The calls behind a name.
   *
   * @throws ProfileException where there is no such call or group
   */
  public List<String> behind(String name) {
    if (name.startsWith(GROUP)) {
      Set<String> calls = new LinkedHashSet<>();
      collect(name, calls);
      return List.copyOf(calls);
    }
    if (!of(ALL).contains(name)) {
      throw unknown("system call", name, of(ALL), "see `syscalls(2)` for the names");
    }
    return List.of(name);
  }

  private void collect(String name, Set<String> calls) {
    if (!groups.containsKey(name)) {
      throw unknown(
          "group of system calls",
          name,
          List.copyOf(groups.keySet()),
          "there are " + String.join(", ", groups.keySet()));
    }
    for (String each : of(name)) {
      if (each.startsWith(GROUP)) {
        collect(each, calls);
      } else {
        calls.add(each);
      }
    }
  }

  private List<String> of(String group) {
    return groups.getOrDefault(group, List.of());
  }

  private static ProfileException unknown(
      String what, String name, List<String> known, String otherwise) {
    String help =
        Nearest.to(name, known)
            .map(near -> "did you mean " + Quotes.quote(near) + "?")
            .orElse(otherwise);
    return new ProfileException("unknown " + what + " " + Quotes.quote(name), help);
  }

  private static SystemCallNames load() {
    try (InputStream stream =
        SystemCallNames.class.getResourceAsStream("/dev/hexe/policy/profiles/" + RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException("this installation lacks its names of system calls");
      }
      return parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line that begins with a space goes on with the group above. */
  private static SystemCallNames parse(String text) {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    List<String> group = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      List<String> words = Arrays.asList(line.strip().split(" ", -1));
      if (line.startsWith(GROUP)) {
        group = groups.computeIfAbsent(words.get(0), any -> new ArrayList<>());
        words = words.subList(1, words.size());
      }
      if (!line.startsWith("#") && !line.isBlank()) {
        group.addAll(words);
      }
    }
    return new SystemCallNames(groups);
  }

  private static final class Holder {
    static final SystemCallNames NAMES = load();
  }
}
