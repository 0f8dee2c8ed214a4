package dev.hexe.policy.cli.author;

import dev.hexe.policy.cli.explain.Explainer;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.selection.BackendSelection;
import dev.hexe.policy.cli.selection.Selection;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.ExitStatus;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Words;
import dev.hexe.policy.profiles.Profiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Looks for what the author of a profile hardly means. */
public final class LintCommand {
  private static final String JSON = "--json";
  private static final String STRICT = "--strict";
  private static final String BACKEND = "--backend";
  private static final String HOST = "--host";

  private final Invocation invocation;
  private final Output output;

  /** Looks at profiles as {@code invocation} finds them. */
  public LintCommand(Invocation invocation, Output output) {
    this.invocation = invocation;
    this.output = output.forReading(invocation.environment());
  }

  /** Runs it; the result is the exit status. */
  public int run(List<String> arguments) {
    return Arguments.act(spec(), arguments, output, this::run);
  }

  private int run(ParseResult parsed) {
    List<String> named = parsed.matchedPositionalValue(0, List.of());
    Optional<BackendSelection> design = Options.text(parsed, BACKEND).map(BackendSelection::named);
    Optional<String> elsewhere = Options.text(parsed, HOST);
    Lint lint =
        new Lint(
            invocation.profileContext(),
            new Explainer(invocation, elsewhere),
            Selection.asWritten(design));
    ConfigLint configurations = new ConfigLint(invocation);
    List<List<Finding>> found =
        named.isEmpty()
            ? own(lint, configurations)
            : named.stream().distinct().map(name -> of(name, lint, configurations)).toList();
    List<Finding> findings = found.stream().flatMap(List::stream).distinct().toList();
    output.print(
        Options.has(parsed, JSON)
            ? LintReport.json(findings, elsewhere.isEmpty())
            : LintReport.text(findings, subjects(named, found.size()), elsewhere, output.style()));
    return status(findings, Options.has(parsed, STRICT));
  }

  private static String subjects(List<String> named, int count) {
    boolean profiles = !named.isEmpty() && named.stream().noneMatch(ConfigLint::isMeant);
    return Words.count(count, profiles ? "profile" : "file");
  }

  private List<Finding> of(String name, Lint lint, ConfigLint configurations) {
    return ConfigLint.isMeant(name)
        ? configurations.of(List.of(invocation.profileContext().cwd().resolve(name)))
        : lint.of(name);
  }

  /** Of the files of the user and of the site. */
  private List<List<Finding>> own(Lint lint, ConfigLint configurations) {
    List<List<Finding>> found = new ArrayList<>();
    List<Path> files = configurations.own();
    if (!files.isEmpty()) {
      found.add(configurations.of(files));
    }
    new Profiles(invocation.profileContext())
        .list().stream()
            .filter(it -> !Profiles.builtInNames().contains(it.name()))
            .map(lint::of)
            .forEach(found::add);
    if (found.isEmpty()) {
      throw new CommandException(
          "no profile named, and there are none of your own",
          "as in `hexe-policy lint ./build.yaml`; `hexe-policy init` writes one");
    }
    return found;
  }

  private static int status(List<Finding> findings, boolean strict) {
    boolean errors = LintReport.count(findings, Finding.Severity.ERROR) > 0;
    boolean warnings = LintReport.count(findings, Finding.Severity.WARNING) > 0;
    return errors || (strict && warnings) ? ExitStatus.DIFFERENT : ExitStatus.DONE;
  }

  /** What it takes. */
  public static CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "lint",
            "lint [PROFILE]… [OPTION]…",
            "Looks for what the author of a profile hardly means: contradictions, entries that change nothing, what this host cannot enforce, secrets that can be read, files that can be written and are executed later.");
    spec.usageMessage()
        .footer(
            "examples:",
            "  hexe-policy lint                       all profiles and config.yaml of yours and of the site",
            "  hexe-policy lint ./build.yaml --strict",
            "  hexe-policy lint web --backend=landlock   as if there were no namespaces",
            "",
            "The exit status is 0, 1 where there is an error, with --strict also where there is a warning, 125 where nothing was looked at.");
    return spec.addPositional(
            PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel("PROFILE")
                .description("a name that `hexe-policy profiles` lists, a file, or a config.yaml")
                .build())
        .addOption(Options.flag("status 1 for a warning, too", STRICT))
        .addOption(Options.value(BACKEND, "DESIGN", "use one design: `landlock` or `namespaces`"))
        .addOption(
            Options.value(HOST, "FILE", "decide for the host that `doctor --json` described"))
        .addOption(Options.flag("print JSON", JSON))
        .addOption(Options.help());
  }
}
