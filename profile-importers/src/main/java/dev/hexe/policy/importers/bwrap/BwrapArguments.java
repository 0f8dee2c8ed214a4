package dev.hexe.policy.importers.bwrap;

import dev.hexe.policy.importers.Imported;
import dev.hexe.policy.importers.draft.Draft;
import dev.hexe.policy.importers.report.Place;
import dev.hexe.policy.importers.report.Report;
import dev.hexe.policy.importers.shell.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Goes through the words of a call, option by option. */
final class BwrapArguments {
  private static final String TWO =
      "bind bind-try ro-bind ro-bind-try dev-bind dev-bind-try bind-fd ro-bind-fd setenv symlink file"
          + " bind-data ro-bind-data chmod";
  private static final String ONE =
      "args argv0 level-prefix userns userns2 pidns uid gid hostname chdir unsetenv lock-file sync-fd"
          + " remount-ro exec-label file-label proc dev tmpfs mqueue dir overlay-src tmp-overlay"
          + " ro-overlay seccomp add-seccomp-fd block-fd userns-block-fd info-fd json-status-fd"
          + " cap-add cap-drop perms size";
  private static final Map<String, Integer> VALUES = values();

  /** Mostly the condition is that the path exists. */
  private static final Set<String> TRIED = Set.of("bind", "ro-bind", "dev-bind");

  private final String file;
  private final Imported imported;
  private final Report report;
  private final BwrapMounts mounts;
  private final BwrapSettings settings;
  private final Map<String, String> pending = new HashMap<>();
  private final List<String> layers = new ArrayList<>();

  BwrapArguments(String file, Imported imported, Draft draft) {
    this.file = file;
    this.imported = imported;
    this.report = imported.report();
    this.mounts = new BwrapMounts(draft, report, file);
    this.settings = new BwrapSettings(draft, report, file);
  }

  private static Map<String, Integer> values() {
    Map<String, Integer> values = new HashMap<>();
    for (String name : TWO.split(" ", -1)) {
      values.put(name, 2);
    }
    for (String name : ONE.split(" ", -1)) {
      values.put(name, 1);
    }
    values.put("overlay", 3);
    return values;
  }

  /** Reads all; what follows the options is the command. */
  void read(List<Word> words) {
    int position = 0;
    while (position < words.size()) {
      Word word = words.get(position);
      if (word.unknown().isPresent()) {
        unknown(word);
        position++;
      } else if (word.text().equals("--") || !word.text().startsWith("--")) {
        position += word.text().equals("--") ? 1 : 0;
        break;
      } else {
        int count = VALUES.getOrDefault(word.text().substring(2), 0);
        int end = Math.min(words.size(), position + 1 + count);
        option(word, words.subList(position + 1, end), count);
        position = end;
      }
    }
    imported.runs(
        words.subList(Math.min(position, words.size()), words.size()).stream()
            .map(Word::text)
            .toList());
    mounts.write();
    settings.write();
  }

  private void unknown(Word word) {
    report.lost(
        place(word),
        word.unknown().orElseThrow(),
        "what it stands for is only known when the script runs");
  }

  private Place place(Word word) {
    return new Place(file, word.line());
  }

  private void option(Word word, List<Word> values, int count) {
    String name = word.text().substring(2);
    StringBuilder said = new StringBuilder(word.text());
    values.forEach(value -> said.append(' ').append(value.text()));
    if (values.size() < count) {
      report.lost(place(word), said.toString(), "a value is missing");
      return;
    }
    if (name.equals("bind") && isNewDirectory(values.get(0)) && values.get(1).unknown().isEmpty()) {
      report.approximated(
          place(word), said.toString(), "files.tmpfs: empty at each start, in memory");
      take("tmpfs", place(word), said.toString(), List.of(values.get(1).text()));
      return;
    }
    if (name.equals("setenv") && isItself(values.get(1), values.get(0).text())) {
      take(
          name,
          place(word),
          said.toString(),
          List.of(values.get(0).text(), "${" + values.get(0).text() + "}"));
      return;
    }
    for (Word value : values) {
      if (value.unknown().isPresent()) {
        report.lost(
            place(word),
            said.toString(),
            "`" + value.unknown().get() + "` is only known when the script runs");
        return;
      }
    }
    if (word.conditional() && name.equals("share-net")) {
      report.lost(
          place(word),
          said.toString(),
          "the script has it under a condition, and it takes a restriction back: `apply --network=host` does so for one run");
      return;
    }
    boolean conditional = word.conditional() || values.stream().anyMatch(Word::conditional);
    boolean trying = conditional && TRIED.contains(name);
    if (conditional) {
      report.approximated(
          place(word),
          said.toString(),
          "the script has it under a condition; here it "
              + (trying ? "holds where the path exists" : "always holds"));
    }
    take(
        trying ? name + "-try" : name,
        new Place(file, word.line()),
        said.toString(),
        values.stream().map(Word::text).toList());
  }

  /** The variable's own value, and nothing beside it. */
  private static boolean isItself(Word value, String variable) {
    String itself = "$" + variable;
    return value.text().equals(itself) && value.unknown().equals(Optional.of(itself));
  }

  /** A directory that the script makes for one run, as a whole. */
  private static boolean isNewDirectory(Word word) {
    return word.unknown()
        .filter(it -> it.equals(word.text()) && it.startsWith("$(mktemp -d"))
        .isPresent();
  }

  private void take(String name, Place place, String said, List<String> values) {
    switch (name) {
      case "size" -> pending.put("size", values.get(0));
      case "perms" -> pending.put("mode", values.get(0));
      case "overlay-src" -> layers.add(values.get(0));
      default -> {
        if (BwrapMounts.OPTIONS.contains(name)) {
          mounts.add(mount(name, place, said, values));
          pending.clear();
          layers.clear();
        } else {
          settings.take(name, place, said, values);
        }
      }
    }
  }

  private Mount mount(String name, Place place, String said, List<String> values) {
    Map<String, String> details = new HashMap<>(pending);
    if (name.equals("overlay")) {
      details.put("upper", values.get(0));
      details.put("work", values.get(1));
    }
    String at = values.get(values.size() - 1);
    String source = values.size() == 2 ? values.get(0) : "";
    return new Mount(place, name, said, source, absolute(at), details, layers);
  }

  /** A destination is taken from the new root. */
  private static String absolute(String at) {
    String path = at.startsWith("/") || at.startsWith("${") ? at : "/" + at;
    String plain = path.replaceAll("/\\.(?=/|$)", "").replaceAll("/+", "/");
    return plain.length() > 1 && plain.endsWith("/")
        ? plain.substring(0, plain.length() - 1)
        : plain.isEmpty() ? "/" : plain;
  }
}
