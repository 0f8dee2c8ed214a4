package dev.hexe.policy.cli.explain;

import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.api.profile.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The values of keys whose values are compared as they were written. */
public final class Stated {
  private static final List<String> KEYS =
      List.of(
          "files.home",
          "files.caches",
          "files.own-caches",
          "protect",
          "hide",
          "environment.clear",
          "environment.keep",
          "environment.unset",
          "environment.set",
          "terminal",
          "network",
          "syscalls.allow",
          "syscalls.deny",
          "syscalls.otherwise",
          "syscalls.filters",
          "syscalls.filter-fds",
          "limits.memory-high",
          "limits.cpu-weight",
          "limits.cpus",
          "limits.io-weight",
          "limits.io",
          "limits.rlimits",
          "limits.time",
          "limits.grace");

  /** What holds where nothing is said. */
  private static final Map<String, String> UNSAID =
      Map.of("network", "host", "terminal", "host", "environment.clear", "false");

  private static final String SET = "environment.set";
  private static final String IF_PRESENT = "-if-present";

  private Stated() {}

  public static List<String> keys() {
    return KEYS;
  }

  /** All that is said of a key, one behind the other; empty where nothing is. */
  public static String of(ComparedProfile side, String key) {
    return side.explanation().provenance().effective().stream()
        .filter(said -> isOf(said, key))
        .map(said -> value(said, key))
        .distinct()
        .sorted()
        .collect(
            Collectors.collectingAndThen(
                Collectors.joining(", "),
                text -> text.isEmpty() ? UNSAID.getOrDefault(key, "") : text));
  }

  private static boolean isOf(Statement said, String key) {
    return said.key().equals(key)
        || said.key().equals(key + IF_PRESENT)
        || said.key().startsWith(key + ".");
  }

  /** Of variables the names alone: what they are set to may be a secret. */
  private static String value(Statement said, String key) {
    if (said.origin() instanceof Origin.DefaultList) {
      return "the usual ones";
    }
    String name = said.key().startsWith(key + ".") ? said.key().substring(key.length() + 1) : "";
    if (key.equals(SET)) {
      return name;
    }
    return name.isEmpty() ? said.value() : name + " " + said.value();
  }
}
