package dev.hexe.policy.cli.option;

import dev.hexe.policy.cli.text.Wrap;
import dev.hexe.policy.profiles.setting.LimitSettings;
import dev.hexe.policy.profiles.setting.SettingOption;
import dev.hexe.policy.profiles.setting.StartSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of a command on one screen, by what one wants to do; the manual explains each. */
public final class ShortHelp {
  private static final int WIDTH = 80;
  private static final String OTHERS = "others";

  private static final Map<String, List<String>> GROUPS = new LinkedHashMap<>();

  static {
    group("profile", "isolation isolated no-project strict best-effort backend");
    group("files", "read write list read-if-present write-if-present read-only no-execute protect");
    group("files", "hide git-config fresh-caches tmp shm");
    group(
        "layout", "bind ro-bind bind-if-present ro-bind-if-present overlay tmpfs dir symlink file");
    group("layout", "mqueue root");
    group("network", "network allow deny publish on-deny");
    group("limits", "rlimit");
    group("rights", "identity cap-add cap-drop nesting seccomp no-pty pass-fd");
    group("start", "setenv unsetenv keepenv clearenv");
    StartSettings.OPTIONS.forEach(option -> ofNoGroup("start", option));
    LimitSettings.OPTIONS.forEach(option -> ofNoGroup("limits", option));
    group("report", "why usage status-fd status-file info-fd block-fd sync-fd");
  }

  private ShortHelp() {}

  private static void group(String name, String options) {
    List<String> all = GROUPS.computeIfAbsent(name, unused -> new ArrayList<>());
    Arrays.stream(options.split(" ")).map(option -> "--" + option).forEach(all::add);
  }

  private static void ofNoGroup(String name, SettingOption option) {
    if (GROUPS.values().stream().noneMatch(all -> all.contains(option.name()))) {
      group(name, option.name().substring("--".length()));
    }
  }

  public static String of(CommandSpec spec, String name) {
    List<String> lines = new ArrayList<>();
    lines.add("usage: " + String.join("\n", spec.usageMessage().customSynopsis()));
    lines.add("");
    groups(spec).forEach((group, options) -> lines.addAll(lines(group, options)));
    lines.add("");
    Arrays.stream(spec.usageMessage().footer())
        .filter(line -> line.startsWith("  "))
        .forEach(lines::add);
    lines.add("");
    lines.add(
        "Each option: `man hexe-policy-" + name + "`, or `hexe-policy " + name + " --help=all`.");
    return String.join("\n", lines);
  }

  /** The options of a command; those of no group come last. */
  private static Map<String, List<String>> groups(CommandSpec spec) {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    GROUPS.keySet().forEach(name -> groups.put(name, new ArrayList<>()));
    for (OptionSpec option : spec.options()) {
      if (!option.usageHelp() && !option.hidden()) {
        groups.computeIfAbsent(groupOf(option), unused -> new ArrayList<>()).add(word(option));
      }
    }
    groups.values().removeIf(List::isEmpty);
    return groups;
  }

  static String groupOf(OptionSpec option) {
    return GROUPS.entrySet().stream()
        .filter(group -> group.getValue().contains(option.longestName()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(OTHERS);
  }

  private static String word(OptionSpec option) {
    return option.longestName();
  }

  private static List<String> lines(String group, List<String> options) {
    return Wrap.hanging("%-9s".formatted(group), String.join(" ", options), WIDTH);
  }
}
