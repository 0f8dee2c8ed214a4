package dev.hexe.policy.cli.author;

import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The first text of a profile, with comments that say what else can be said.
 *
 * @param base the profile that it starts from
 * @param replacesHome whether that one lets the whole home be written
 * @param write paths that can be written, as they are written in a profile
 * @param network a word, or destinations separated by commas; empty for what the base says
 * @param memory a limit; empty for none
 * @param pids a limit; empty for none
 * @param schema the file that editors check it with
 */
record Draft(
    String base,
    boolean replacesHome,
    List<String> write,
    String network,
    String memory,
    String pids,
    Optional<String> schema) {
  Draft {
    write = List.copyOf(write);
  }

  String text() {
    List<String> lines = new ArrayList<>();
    schema.ifPresent(file -> lines.add("# yaml-language-server: $schema=" + file));
    lines.add(
        "# Every key: `man hexe-policy`, or docs/profiles.md. What holds in the end, and from which line:");
    lines.add("# `hexe-policy explain`. What is hardly meant: `hexe-policy lint`.");
    lines.add("");
    lines.add("summary: what this is for");
    lines.add("extends: " + YamlText.scalar(base) + "  # `hexe-policy profiles show` prints it");
    lines.add("");
    lines.addAll(files());
    lines.add("");
    lines.add("# More that must not be opened, or must not be changed:");
    lines.add("# hide: [~/notes]");
    lines.add("# protect: [~/bin]");
    lines.add("");
    lines.addAll(networkLines());
    lines.add("");
    lines.addAll(limits());
    return String.join("\n", lines) + "\n";
  }

  private List<String> files() {
    List<String> lines = new ArrayList<>();
    if (write.isEmpty()) {
      lines.add("# files:");
      lines.add("#   read: [/opt/toolchain]  # besides what it extends");
      lines.add("#   write: [~/out]");
      return lines;
    }
    String list = write.stream().map(YamlText::scalar).collect(Collectors.joining(", ", "[", "]"));
    lines.add("files:");
    lines.add("  # read: [/opt/toolchain]  # besides what it extends");
    if (replacesHome) {
      lines.add("  # In the place of the whole home, which `" + base + "` lets it write:");
    }
    lines.add("  write: " + (replacesHome ? "{only: " + list + "}" : list));
    return lines;
  }

  private List<String> networkLines() {
    String others = "# `none`, `host`, or what can be reached: {allow: [api.example:443]}";
    if (network.isEmpty()) {
      return List.of(others, "# network: none");
    }
    boolean word = network.matches("[a-z]+");
    String list =
        List.of(network.split("[, ]+")).stream()
            .map(YamlText::scalar)
            .collect(Collectors.joining(", ", "{allow: [", "]}"));
    return List.of(others, "network: " + (word ? network : list));
  }

  private List<String> limits() {
    List<String> lines = new ArrayList<>();
    boolean any = !memory.isEmpty() || !pids.isEmpty();
    String mark = any ? "" : "# ";
    lines.add(mark + "limits:");
    lines.add(memory.isEmpty() ? "#   memory: 2G" : "  memory: " + YamlText.scalar(memory));
    lines.add(pids.isEmpty() ? "#   pids: 500" : "  pids: " + YamlText.scalar(pids));
    lines.add("#   time: 30m");
    return any ? lines.stream().map(line -> line.replaceFirst("^#   ", "  # ")).toList() : lines;
  }
}
