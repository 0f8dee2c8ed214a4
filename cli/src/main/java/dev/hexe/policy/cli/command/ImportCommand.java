package dev.hexe.policy.cli.command;

import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.importing.OutputFiles;
import dev.hexe.policy.cli.importing.ShellQuotes;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.ExitStatus;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.cli.text.Spelling;
import dev.hexe.policy.importers.ImportException;
import dev.hexe.policy.importers.Imported;
import dev.hexe.policy.importers.Kind;
import dev.hexe.policy.importers.Source;
import dev.hexe.policy.importers.TextFiles;
import dev.hexe.policy.importers.draft.DraftYaml;
import dev.hexe.policy.importers.registry.Importers;
import dev.hexe.policy.importers.report.Header;
import dev.hexe.policy.importers.report.ReportJson;
import dev.hexe.policy.importers.report.ReportText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Turns policies of other programs into profiles, and reports what could not be carried over. */
public final class ImportCommand {
  private static final String FROM = "--from";
  private static final String OUTPUT = "-o";
  private static final String JSON = "--json";
  private static final String FORCE = "--force";
  private static final String STANDARD_INPUT = "-";

  private final Invocation invocation;
  private final Output output;

  public ImportCommand(Invocation invocation, Output output) {
    this.invocation = invocation;
    this.output = output.forReading(invocation.environment());
  }

  public int run(List<String> arguments) {
    List<String> ours = Arguments.beforeDashes(arguments);
    List<String> words =
        ours.size() == arguments.size()
            ? List.of()
            : arguments.subList(ours.size() + 1, arguments.size());
    return Arguments.act(spec(), ours, output, parsed -> run(parsed, words));
  }

  private int run(ParseResult parsed, List<String> words) {
    try {
      return convert(parsed, source(parsed, words));
    } catch (ImportException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e.help());
    }
  }

  private int convert(ParseResult parsed, Source source) {
    Importers importers = importers();
    Kind kind =
        Options.text(parsed, FROM).map(ImportCommand::kind).orElseGet(() -> importers.kind(source));
    Imported imported = importers.read(source, Optional.of(kind));
    Optional<Path> target =
        Options.text(parsed, OUTPUT).map(invocation.profileContext().cwd()::resolve);
    Map<String, String> texts = texts(source, kind, imported, target);
    target.ifPresent(file -> write(file, texts, Options.has(parsed, FORCE)));
    if (Options.has(parsed, JSON)) {
      output.print(ReportJson.of(kind.word(), texts, imported.command(), imported.report()));
    } else {
      if (target.isEmpty()) {
        print(texts);
      }
      output.complain(ReportText.of(imported.report()));
    }
    return ExitStatus.DONE;
  }

  private void print(Map<String, String> texts) {
    texts.forEach(
        (name, text) ->
            output.print((name.isEmpty() ? "" : "--- # " + name + "\n") + text.stripTrailing()));
  }

  private static void write(Path target, Map<String, String> texts, boolean replacing) {
    OutputFiles files = new OutputFiles(replacing);
    String only = texts.get("");
    if (only != null && texts.size() == 1) {
      files.write(target, only);
    } else {
      files.writeAll(target, texts);
    }
  }

  private Map<String, String> texts(
      Source source, Kind kind, Imported imported, Optional<Path> target) {
    Map<String, String> texts = new LinkedHashMap<>();
    String name = target.map(Path::toString).orElse("FILE.yaml");
    String run =
        imported.command().isEmpty() || imported.files().size() > 1
            ? ""
            : "hexe-policy apply " + name + " -- " + ShellQuotes.of(imported.command());
    String header = Header.of(source.name(), kind.word(), run, imported.report());
    imported
        .files()
        .forEach(
            (file, draft) ->
                texts.put(file, (texts.isEmpty() ? header : "") + DraftYaml.of(draft)));
    return texts;
  }

  private Importers importers() {
    Path home = invocation.profileContext().home();
    String runtime = invocation.environment().getOrDefault("XDG_RUNTIME_DIR", "");
    String usual = "/run/user/" + invocation.caller().uid();
    return new Importers(home, runtime.startsWith("/") ? runtime : usual);
  }

  private static Kind kind(String word) {
    return Kind.named(word)
        .orElseThrow(
            () ->
                new CommandException(
                    "unknown kind " + Printable.quote(word),
                    Spelling.nearest(word, Kind.words())
                        .map(near -> "did you mean " + Printable.quote(near) + "?")
                        .orElse("there are " + String.join(", ", Kind.words()))));
  }

  private Source source(ParseResult parsed, List<String> words) {
    Optional<String> file = Options.word(parsed);
    if (!words.isEmpty()) {
      if (file.isPresent()) {
        throw new CommandException("a file and a command line are given", "import one of them");
      }
      return new Source("command line", Optional.empty(), "", words);
    }
    String name =
        file.orElseThrow(
            () ->
                new CommandException(
                    "no file given", "as in `hexe-policy import sandbox.sh -o sandbox.yaml`"));
    return name.equals(STANDARD_INPUT) ? standardInput() : file(name);
  }

  private static Source standardInput() {
    try {
      return Source.of("standard input", TextFiles.text(System.in, "standard input"));
    } catch (IOException e) {
      throw new CommandException("standard input cannot be read", "");
    }
  }

  private Source file(String name) {
    Path file = invocation.profileContext().cwd().resolve(name);
    return new Source(
        Printable.text(name),
        Optional.of(file),
        TextFiles.read(file, Printable.text(name)),
        List.of());
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "import",
            "import FILE [OPTION]… | import [OPTION]… -- bwrap [ARGUMENT]…",
            "Writes a profile that says what a policy of another program says, and reports what could not be carried over. Nothing of the file is run.");
    spec.usageMessage()
        .footer(
            "examples:",
            "  hexe-policy import sandbox.sh -o sandbox.yaml",
            "  hexe-policy import /etc/firejail/firefox.profile -o firefox.yaml",
            "  hexe-policy import -- bwrap --ro-bind / / --unshare-net make",
            "  hexe-policy import ~/.config/hexe/init.lua -o ~/.config/hexe-policy");
    return spec.addPositional(
            Options.optionalWord("FILE", "what is imported; `-` is standard input"))
        .addOption(Options.value(FROM, "KIND", "what it is: " + String.join(", ", Kind.words())))
        .addOption(
            Options.named(
                "FILE",
                "write there instead of standard output; a directory where it becomes several files",
                OUTPUT,
                "--output"))
        .addOption(Options.flag("replace files that are there", FORCE))
        .addOption(Options.flag("print the report as JSON, with the files in it", JSON))
        .addOption(Options.help());
  }
}
