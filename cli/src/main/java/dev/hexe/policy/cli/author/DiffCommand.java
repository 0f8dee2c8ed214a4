package dev.hexe.policy.cli.author;

import com.google.gson.JsonObject;
import dev.hexe.policy.cli.explain.ComparedProfile;
import dev.hexe.policy.cli.explain.Comparison;
import dev.hexe.policy.cli.explain.ComparisonJson;
import dev.hexe.policy.cli.explain.Explainer;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.selection.BackendSelection;
import dev.hexe.policy.cli.selection.Selection;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.ExitStatus;
import dev.hexe.policy.cli.text.Json;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Says how two profiles differ, in sentences. */
public final class DiffCommand {
  private static final String JSON = "--json";
  private static final String BACKEND = "--backend";
  private static final String HOST = "--host";

  private final Invocation invocation;
  private final Output output;

  /** Compares profiles as {@code invocation} finds them. */
  public DiffCommand(Invocation invocation, Output output) {
    this.invocation = invocation;
    this.output = output.forReading(invocation.environment());
  }

  /** Runs it; the result is the exit status. */
  public int run(List<String> arguments) {
    return Arguments.act(spec(), arguments, output, this::run);
  }

  private int run(ParseResult parsed) {
    if (!parsed.hasMatchedPositional(1)) {
      throw new CommandException(
          "two profiles are compared", "as in `hexe-policy diff balanced sandbox`");
    }
    String left = parsed.matchedPositionalValue(0, "");
    String right = parsed.matchedPositionalValue(1, "");
    Optional<BackendSelection> design = Options.text(parsed, BACKEND).map(BackendSelection::named);
    Explainer explainer = new Explainer(invocation, Options.text(parsed, HOST));
    Selection selection = Selection.asWritten(design);
    Comparison comparison =
        Comparison.of(
            new ComparedProfile(left, explainer.explain(selection.named(left))),
            new ComparedProfile(right, explainer.explain(selection.named(right))));
    List<String> sentences = new Sentences(comparison).all();
    output.print(Options.has(parsed, JSON) ? json(comparison, sentences) : text(sentences));
    return comparison.isEqual() ? ExitStatus.DONE : ExitStatus.DIFFERENT;
  }

  private static String text(List<String> sentences) {
    return Printable.text(String.join("\n", sentences));
  }

  /** The document of {@code explain --diff --json} with {@code sentences}. */
  private static String json(Comparison comparison, List<String> sentences) {
    JsonObject document = ComparisonJson.document(comparison);
    document.add("sentences", Json.strings(sentences));
    return Json.text(document);
  }

  /** What it takes. */
  public static CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "diff",
            "diff PROFILE PROFILE [OPTION]…",
            "Says in sentences what one profile allows on this host and another one does not.");
    spec.usageMessage()
        .footer(
            "examples:",
            "  hexe-policy diff balanced sandbox",
            "  git show HEAD:ci/tests.yaml | hexe-policy diff - ci/tests.yaml",
            "",
            "The exit status is 0 where they are equal, 1 where they differ, 125 where one cannot be used. `explain --diff` shows the same as a table.");
    return spec.addPositional(
            Options.optionalWord(
                0, "PROFILE", "a name that `hexe-policy profiles` lists, a file, or -"))
        .addPositional(Options.optionalWord(1, "PROFILE", "another one"))
        .addOption(Options.value(BACKEND, "DESIGN", "use one design: `landlock` or `namespaces`"))
        .addOption(
            Options.value(HOST, "FILE", "decide for the host that `doctor --json` described"))
        .addOption(Options.flag("print JSON", JSON))
        .addOption(Options.help());
  }
}
