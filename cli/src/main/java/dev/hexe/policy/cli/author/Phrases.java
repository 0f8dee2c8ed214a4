package dev.hexe.policy.cli.author;

import dev.hexe.policy.cli.text.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The phrases for what profiles do, for one key each. */
final class Phrases {
  /** Behind the name of a profile; {@code %s} is the value as settings are compared. */
  private static final Map<String, String> VALUES = new LinkedHashMap<>();

  /** For keys that have lists: what is done with each item. */
  private static final Map<String, String> LISTS =
      Map.of(
          "protect", "protects",
          "hide", "hides",
          "files.read-only", "makes read-only",
          "files.no-execute", "lets nothing be executed in",
          "environment.keep", "keeps the variables",
          "environment.unset", "removes the variables",
          "environment.set", "sets the variables",
          "privileges.deny-system-calls", "denies the system calls",
          "syscalls.allow", "allows the system calls",
          "syscalls.deny", "denies the system calls");

  /** Words that stand for a list. */
  private static final Map<String, String> ITEMS =
      Map.of("environment.unset default", "whose names speak of secrets");

  static {
    VALUES.put("network none", "reaches no network");
    VALUES.put("network host", "uses the host's network");
    VALUES.put("network", "reaches over the network only what it lists: %s");
    VALUES.put("files.unlisted absent", "has no paths but those it lists");
    VALUES.put("files.unlisted denied", "cannot open paths that it does not list");
    VALUES.put("files.unlisted allowed", "has every path of the host");
    VALUES.put("files.tmp host", "shares the host's /tmp");
    VALUES.put("files.tmp", "has a /tmp of its own (%s)");
    VALUES.put("files.shm host", "shares the host's /dev/shm");
    VALUES.put("files.shm", "has a /dev/shm of its own (%s)");
    VALUES.put("files.home host", "has no home of its own");
    VALUES.put("files.home", "has an empty home of its own (%s)");
    VALUES.put("hostname host", "has the host's name");
    VALUES.put("hostname", "is called `%s`");
    VALUES.put("identity host", "runs with the caller's ids");
    VALUES.put("identity", "runs as %s");
    VALUES.put("terminal safe", "has a terminal of its own");
    VALUES.put("terminal host", "shares the caller's terminal");
    VALUES.put("git.config writable", "may change git's configuration");
    VALUES.put("privileges.nesting allowed", "can start sandboxes inside");
    VALUES.put("privileges.nesting denied", "cannot start sandboxes inside");
    VALUES.put("privileges.capabilities none", "has no capabilities");
    VALUES.put("privileges.capabilities keep", "keeps the caller's capabilities");
    VALUES.put("privileges.capabilities", "has the capabilities: %s");
    VALUES.put("limits.memory max", "may use all memory");
    VALUES.put("limits.memory", "may use %s of memory");
    VALUES.put("limits.pids max", "may make processes without end");
    VALUES.put("limits.pids", "may have %s processes and threads");
    VALUES.put("limits.cpu max", "may use all processors");
    VALUES.put("limits.cpu", "may use %s of a processor");
    VALUES.put("limits.time", "is ended after %s");
    VALUES.put("environment.clear false", "hands on the caller's variables");
    VALUES.put("environment.clear true", "removes all variables but those it keeps");
  }

  private Phrases() {}

  /** How a key differs between two profiles that have these names. */
  static List<String> of(String key, String left, String first, String right, String second) {
    if (LISTS.containsKey(key)) {
      List<String> sentences = new ArrayList<>();
      more(key, left, first, right, second, sentences);
      more(key, right, second, left, first, sentences);
      return sentences;
    }
    return List.of(first + " " + phrase(key, left) + "; " + second + " " + phrase(key, right));
  }

  private static void more(
      String key,
      String value,
      String name,
      String other,
      String otherName,
      List<String> sentences) {
    List<String> items = new ArrayList<>(items(value));
    items.removeAll(items(other));
    if (!items.isEmpty()) {
      items.replaceAll(item -> ITEMS.getOrDefault(key + " " + item, item));
      sentences.add(
          "%s %s %s; %s does not".formatted(name, LISTS.get(key), Words.and(items), otherName));
    }
  }

  private static List<String> items(String list) {
    return Arrays.stream(list.split(", ")).filter(item -> !item.isEmpty()).toList();
  }

  private static String phrase(String key, String value) {
    String exact = VALUES.get(key + " " + value);
    if (exact != null) {
      return exact;
    }
    if (value.isEmpty()) {
      return "says nothing of `" + key + "`";
    }
    String phrase = VALUES.getOrDefault(key, "says `" + key + ": %s`");
    return phrase.replace("%s", value);
  }
}
