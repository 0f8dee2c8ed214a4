package dev.hexe.policy.importers.bwrap;

import dev.hexe.policy.importers.ImportException;
import dev.hexe.policy.importers.Imported;
import dev.hexe.policy.importers.Importer;
import dev.hexe.policy.importers.Kind;
import dev.hexe.policy.importers.Source;
import dev.hexe.policy.importers.report.Place;
import dev.hexe.policy.importers.shell.Command;
import dev.hexe.policy.importers.shell.Command.Redirection;
import dev.hexe.policy.importers.shell.ShellScript;
import dev.hexe.policy.importers.shell.ShellScript.Replaced;
import dev.hexe.policy.importers.shell.Word;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a call of {@code bwrap}: in a script, in a file for {@code --args}, or as words. */
public final class BwrapImporter implements Importer {
  private static final Pattern NAMED = Pattern.compile("(^|[\\s/\"'(])bwrap([\\s\"'\\\\)]|$)");
  private static final Set<String> BEFORE =
      Set.of("exec", "env", "sudo", "doas", "nohup", "nice", "setsid", "command", "eval", "strace");

  @Override
  public Kind kind() {
    return Kind.BWRAP;
  }

  @Override
  public boolean recognises(Source source) {
    return isArguments(source)
        || NAMED.matcher(source.text()).find()
        || (!source.words().isEmpty() && isBwrap(source.words().get(0)));
  }

  private static boolean isArguments(Source source) {
    return source.text().startsWith("--") && source.text().indexOf('\0') > 0;
  }

  @Override
  public Imported read(Source source) {
    Imported imported = new Imported();
    Command call = call(source, imported);
    new BwrapArguments(source.name(), imported, imported.file("")).read(call.words());
    call.inputs().forEach(input -> noteInput(source.name(), input, imported));
    return imported;
  }

  private static Command call(Source source, Imported imported) {
    if (!source.words().isEmpty()) {
      return new Command(
          afterName(source.words().stream().map(it -> Word.of(it, 0)).toList()), List.of());
    }
    if (isArguments(source)) {
      return new Command(
          Arrays.stream(source.text().replaceFirst("\0$", "").split("\0", -1))
              .map(it -> Word.of(it, 0))
              .toList(),
          List.of());
    }
    if (source.text().stripLeading().startsWith("--")) {
      return new Command(ShellScript.words(source.text()), List.of());
    }
    return inScript(source, imported);
  }

  /** The call with the most options counts; of the others it is reported that they do not. */
  private static Command inScript(Source source, Imported imported) {
    ShellScript.Content script = ShellScript.content(source.text());
    script.replaced().forEach(it -> noteReplaced(source.name(), it, imported));
    List<Command> calls =
        script.commands().stream()
            .filter(command -> nameAt(command.words()) >= 0)
            .map(command -> new Command(afterName(command.words()), command.inputs()))
            .filter(command -> !command.words().isEmpty())
            .toList();
    Command most =
        calls.stream()
            .max(Comparator.comparingInt(command -> command.words().size()))
            .orElseThrow(
                () ->
                    new ImportException(
                        source.name() + ": no call of `bwrap` with options is in it",
                        "`hexe-policy import -- bwrap …` takes a command line as it is"));
    calls.stream()
        .filter(command -> !command.words().equals(most.words()))
        .map(command -> command.words().get(0).line())
        .distinct()
        .forEach(
            line ->
                imported
                    .report()
                    .lost(
                        new Place(source.name(), line),
                        "bwrap …",
                        "another call of it; a profile is one: import that by itself with `hexe-policy import -- bwrap …`"));
    return most;
  }

  private static void noteReplaced(String file, Replaced replaced, Imported imported) {
    imported
        .report()
        .lost(
            new Place(file, replaced.words().get(0).line()),
            replaced.variable()
                + "="
                + replaced.words().stream().map(Word::text).collect(Collectors.joining(" ")),
            "under a condition the script puts something else into the variable, and the last counts");
  }

  private static List<Word> afterName(List<Word> words) {
    return words.subList(nameAt(words) + 1, words.size());
  }

  private static int nameAt(List<Word> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i).text();
      if (isBwrap(word)) {
        return i;
      }
      boolean setting = word.startsWith("-") || word.matches("[A-Za-z_][A-Za-z0-9_]*=.*|[0-9]+");
      if (!BEFORE.contains(word) && !(i > 0 && setting)) {
        return -1;
      }
    }
    return -1;
  }

  private static boolean isBwrap(String word) {
    return Stream.of("bwrap", "bubblewrap")
        .anyMatch(it -> word.equals(it) || word.endsWith("/" + it));
  }

  private static void noteInput(String file, Redirection input, Imported imported) {
    imported
        .report()
        .approximated(
            new Place(file, input.line()),
            input.descriptor() + "<" + input.from(),
            "the caller opens it, here as well: `hexe-policy apply … -- … "
                + input.descriptor()
                + "<…`");
  }
}
