package dev.hexe.policy.cli.changes;

import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.cli.text.Words;
import dev.hexe.policy.profiles.value.LimitFormats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The changes of a run as people read them. */
public final class ChangesReport {
  private static final int LONGEST_COMMAND = 60;
  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry("changed", "was changed outside meanwhile"),
          Map.entry("gone", "was removed outside meanwhile"),
          Map.entry("there", "was made outside meanwhile"),
          Map.entry("mounted", "something is mounted there now"),
          Map.entry("moved", "its directory is not there any more, or is another one"),
          Map.entry("fifo", "a pipe, which is not carried over"),
          Map.entry("socket", "a socket, which is not carried over"),
          Map.entry("device", "a device, which is not carried over"),
          Map.entry("deep", "nested too deep, not carried over"),
          Map.entry("redirect", "marked by another kernel, not carried over"),
          Map.entry("unreadable", "cannot be listed, and is not carried over"));

  private final Output output;
  private final String searchPath;
  private final ExecutedLater marks = new ExecutedLater();

  public ChangesReport(Output output, String searchPath) {
    this.output = output;
    this.searchPath = searchPath;
  }

  public List<Item> items(List<Change> changes) {
    return Item.of(changes, marks);
  }

  /** A line for each item, with a head. */
  public String of(KeptRun run, List<Item> items) {
    List<String> lines = new ArrayList<>();
    lines.add(
        output.style().bold("changed by `" + command(run) + "`")
            + " ("
            + run.id()
            + ", under `"
            + Printable.text(run.profile())
            + "`):");
    items.forEach(item -> lines.add("  " + line(run, item)));
    if (items.stream().anyMatch(item -> !item.isClean())) {
      lines.add("what is marked with ! is not committed");
    }
    if (items.stream().flatMap(item -> item.members().stream()).anyMatch(this::isMarked)) {
      lines.add(
          "what is marked with ‣ is executed or obeyed later, outside of the sandbox: look at it"
              + " first");
    }
    return String.join("\n", lines);
  }

  public static String command(KeptRun run) {
    String command = Printable.text(run.commandLine()).replace('\n', ' ');
    return command.length() > LONGEST_COMMAND
        ? command.substring(0, LONGEST_COMMAND) + "…"
        : command;
  }

  private boolean isMarked(Change change) {
    return marks.reason(change).isPresent();
  }

  /** One item; a path below where the command was started is taken from there. */
  String line(KeptRun run, Item item) {
    Change first = item.members().get(0);
    List<String> notes = new ArrayList<>();
    if (item.members().size() > 1) {
      notes.add(
          Words.count(item.files(), "file")
              + (item.bytes() > 0 ? ", " + LimitFormats.text(item.bytes()) : ""));
      long marked = item.members().stream().filter(this::isMarked).count();
      if (marked > 0) {
        notes.add("‣ " + marked + " of them executed later");
      }
    } else {
      notes.addAll(first.remarks());
      marks.reason(first).ifPresent(reason -> notes.add("‣ " + reason));
      if (!item.isClean()) {
        notes.add(REASONS.getOrDefault(first.reason(), first.reason()));
      }
    }
    String letter = item.isClean() ? item.kind().letter() : "!";
    String from = Printable.text(run.workingDirectory()) + "/";
    String title = item.title();
    String text =
        letter
            + " "
            + (title.startsWith(from) && title.length() > from.length()
                ? title.substring(from.length())
                : title);
    return painted(item, text) + (notes.isEmpty() ? "" : "  (" + String.join("; ", notes) + ")");
  }

  private String painted(Item item, String text) {
    if (!item.isClean()) {
      return output.style().bad(text);
    }
    return switch (item.kind()) {
      case ADD -> output.style().good(text);
      case REMOVE -> output.style().bad(text);
      default -> output.style().fair(text);
    };
  }

  /** The lines of its unified diff, painted. */
  public List<String> diff(KeptRun run, Change change) {
    return new TextDiff(run, searchPath)
        .lines(change).stream().map(line -> painted(Printable.text(line))).toList();
  }

  private String painted(String line) {
    if (line.startsWith("+++") || line.startsWith("---")) {
      return output.style().bold(line);
    }
    if (line.startsWith("+")) {
      return output.style().good(line);
    }
    return line.startsWith("-") ? output.style().bad(line) : line;
  }
}
