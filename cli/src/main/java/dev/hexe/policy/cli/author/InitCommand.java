package dev.hexe.policy.cli.author;

import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.ExitStatus;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.profiles.Reviews;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.review.ProfileReview;
import dev.hexe.policy.profiles.schema.FileShapes;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Writes the first text of a profile. */
public final class InitCommand {
  private static final String OUTPUT = "--output";
  private static final String EXTENDS = "--extends";
  private static final String WRITE = "--write";
  private static final String NETWORK = "--network";
  private static final String MEMORY = "--memory";
  private static final String PIDS = "--pids";
  private static final String YES = "--yes";
  private static final String USUAL = "sandbox";
  private static final String HERE = "${CWD}";

  private final Invocation invocation;
  private final ProfileContext context;
  private final Output output;

  /** Writes for the user of {@code invocation}. */
  public InitCommand(Invocation invocation, Output output) {
    this.invocation = invocation;
    this.context = invocation.profileContext();
    this.output = output;
  }

  /** Runs it; the result is the exit status. */
  public int run(List<String> arguments) {
    return Arguments.act(spec(), arguments, output, this::run);
  }

  private int run(ParseResult parsed) {
    NewProfile file = file(parsed);
    file.requireMissing();
    Draft draft = draft(new Questions(parsed, !Options.has(parsed, YES)));
    // Whatever was answered, nothing is written that cannot be used.
    new Reviews(context).of(draft.text(), file.path());
    file.write(draft.text());
    output.print(
        "wrote %s; `hexe-policy explain %s` says what holds under it"
            .formatted(Printable.text(file.path().toString()), Printable.text(file.called())));
    return ExitStatus.DONE;
  }

  private NewProfile file(ParseResult parsed) {
    Optional<String> named = Options.word(parsed);
    Optional<String> path = Options.text(parsed, OUTPUT);
    if (named.isPresent() == path.isPresent()) {
      throw new CommandException(
          named.isPresent() ? "a name and `-o` exclude each other" : "no name for the profile",
          "as in `hexe-policy init web`, or `hexe-policy init -o ci/tests.yaml`");
    }
    return named
        .map(name -> NewProfile.named(name, context))
        .orElseGet(() -> NewProfile.at(path.orElseThrow(), context));
  }

  private Draft draft(Questions questions) {
    String base =
        questions.answer(
            EXTENDS, "which profile to start from", USUAL, name -> problem(only(name)));
    boolean home = writesHome(base);
    List<String> write =
        paths(
            questions.answer(
                WRITE,
                "what may be written, separated by spaces",
                home ? HERE : "",
                text -> problem(new Draft(base, home, paths(text), "", "", "", Optional.empty()))));
    UnaryOperator<String> network =
        text -> problem(new Draft(base, home, write, text, "", "", Optional.empty()));
    String reach =
        questions.answer(
            NETWORK, "the network: none, host, or destinations; else as it extends", "", network);
    String memory =
        questions.answer(
            MEMORY,
            "a limit on memory, as in 2G; else none",
            "",
            text -> problem(new Draft(base, home, write, reach, text, "", Optional.empty())));
    String pids =
        questions.answer(
            PIDS,
            "a limit on processes, as in 500; else none",
            "",
            text -> problem(new Draft(base, home, write, reach, memory, text, Optional.empty())));
    return new Draft(base, home, write, reach, memory, pids, schema());
  }

  private static Draft only(String base) {
    return new Draft(base, false, List.of(), "", "", "", Optional.empty());
  }

  private Optional<String> schema() {
    return Schemas.installed(FileShapes.PROFILE, Path.of(invocation.launcher()))
        .map(Path::toString);
  }

  /** What is wrong with a draft. */
  private String problem(Draft draft) {
    try {
      new Reviews(context).of(draft.text(), context.cwd().resolve("profile.yaml"));
      return "";
    } catch (ProfileException e) {
      return e.getMessage() + (e.help().isEmpty() ? "" : "\n  help: " + e.help());
    }
  }

  private boolean writesHome(String base) {
    ProfileReview review = new Reviews(context).of(base);
    return java.util.stream.Stream.concat(review.own().stream(), review.inherited().stream())
        .anyMatch(
            said ->
                said.key().equals("files.write")
                    && YamlText.text(said.value()).equals(context.home().toString()));
  }

  private List<String> paths(String text) {
    return Arrays.stream(text.split("\\s+"))
        .filter(path -> !path.isEmpty())
        .map(this::fromAnywhere)
        .toList();
  }

  /** Where the file lies is not where the author is: what was relative is written out. */
  private String fromAnywhere(String path) {
    if (path.startsWith("/") || path.startsWith("~") || path.startsWith("$")) {
      return path;
    }
    Path whole = context.cwd().resolve(path).normalize();
    Path home = context.home();
    return whole.startsWith(home) && !whole.equals(home)
        ? "~/" + home.relativize(whole)
        : whole.toString();
  }

  /** What it takes. */
  public static CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "init",
            "init NAME | -o FILE [OPTION]…",
            "Writes a first profile, with comments. On a terminal it asks for values that no option gives. It never replaces a file.");
    spec.usageMessage()
        .footer(
            "examples:",
            "  hexe-policy init web       writes ~/.config/hexe-policy/profiles/web.yaml",
            "  hexe-policy init -o ci/tests.yaml --extends=full --write=build --memory=2G");
    return spec.addPositional(Options.optionalWord("NAME", "the name of the profile"))
        .addOption(Options.named("FILE", "write this file instead", "-o", OUTPUT))
        .addOption(Options.value(EXTENDS, "PROFILE", "start from this profile; else `sandbox`"))
        .addOption(
            Options.value(
                WRITE, "PATHS", "paths to write, separated by spaces; else the working directory"))
        .addOption(Options.value(NETWORK, "NETWORK", "`none`, `host`, or allowed destinations"))
        .addOption(Options.value(MEMORY, "SIZE", "limit memory, as in 512M"))
        .addOption(Options.value(PIDS, "NUMBER", "limit the number of processes and threads"))
        .addOption(Options.flag("ask nothing", "-y", YES))
        .addOption(Options.help());
  }
}
