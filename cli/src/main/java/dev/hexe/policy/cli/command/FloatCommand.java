package dev.hexe.policy.cli.command;

import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.cli.floating.Tmux;
import dev.hexe.policy.cli.host.BackgroundProbe;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.importing.ShellQuotes;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.option.SelectionOptions;
import dev.hexe.policy.cli.plan.PlanMaker;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.ExitStatus;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.profiles.Profiles;
import dev.hexe.policy.profiles.library.Library;
import dev.hexe.policy.profiles.library.ProfileSelection.Choice;
import dev.hexe.policy.profiles.site.FloatSize;
import dev.hexe.policy.profiles.site.NamedFloat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Runs a command under a profile in a window of its own: a popup inside tmux, elsewhere in place.
 * The profile stands in a variable, so that what is started further down finds it, too.
 */
public final class FloatCommand {
  private static final String COMMAND = "--command";
  private static final String TITLE = "--title";
  private static final String SIZE = "--size";
  private static final String ISOLATION = "--isolation";
  private static final String ISOLATED = "--isolated";
  private static final String SETENV = "--setenv";
  private static final String PROFILE = "HEXE_VOIDBOX_PROFILE";
  private static final String ISOLATE = "HEXE_POD_ISOLATE";
  private static final List<String> OURS = List.of(COMMAND, TITLE, SIZE, ISOLATION);

  private final Invocation invocation;
  private final Output output;

  public FloatCommand(Invocation invocation, Output output) {
    this.invocation = invocation;
    this.output = output;
  }

  public int run(List<String> arguments) {
    Optional<Path> destination = invocation.plan();
    return Arguments.act(
        spec(),
        arguments,
        output.forReading(invocation.environment()),
        parsed -> {
          ApplyCommand.write(
              plan(parsed, arguments),
              destination.orElseThrow(() -> new CommandException("nothing waits for a plan", "")));
          return ExitStatus.DONE;
        });
  }

  /** The window that is to be opened. */
  private record Window(
      List<String> command,
      Optional<String> title,
      FloatSize size,
      Map<String, String> variables,
      List<String> options) {}

  private Plan plan(ParseResult parsed, List<String> arguments) {
    Window window = window(parsed, arguments);
    Optional<Tmux> tmux = Tmux.around(invocation.environment());
    return tmux.map(it -> popup(it, window)).orElseGet(() -> inPlace(window));
  }

  private Window window(ParseResult parsed, List<String> arguments) {
    Optional<NamedFloat> named = named(parsed);
    Optional<String> command = Options.text(parsed, COMMAND);
    if (named.isEmpty() && Options.word(parsed).isPresent()) {
      throw new CommandException(
          "unexpected argument " + Printable.quote(Options.word(parsed).get()),
          "`--isolation` names the profile, `@NAME` a float of `config.yaml`");
    }
    return new Window(
        command
            .map(NamedFloat::words)
            .or(() -> named.map(NamedFloat::command))
            .orElseGet(() -> NamedFloat.words("")),
        Options.text(parsed, TITLE).or(() -> named.flatMap(NamedFloat::title)),
        size(parsed).or(() -> named.flatMap(NamedFloat::size)).orElse(FloatSize.USUAL),
        variables(parsed, named),
        others(arguments));
  }

  private Optional<NamedFloat> named(ParseResult parsed) {
    return new Profiles(invocation.profileContext())
        .chosenFloat(Options.word(parsed).stream().map(it -> new Choice("profile", it)).toList());
  }

  private static Optional<FloatSize> size(ParseResult parsed) {
    Optional<String> text = Options.text(parsed, SIZE);
    Optional<FloatSize> size = text.flatMap(FloatSize::parse);
    if (text.isPresent() && size.isEmpty()) {
      throw new CommandException(
          Printable.quote(text.get()) + " is not a size", "accepted: " + FloatSize.HELP);
    }
    return size;
  }

  /** What the environment has, and what was said over it. */
  private Map<String, String> variables(ParseResult parsed, Optional<NamedFloat> named) {
    Map<String, String> variables = new TreeMap<>();
    invocation
        .environment()
        .forEach(
            (name, value) -> {
              if (name.startsWith("HEXE_")) {
                variables.put(name, value);
              }
            });
    Optional<String> profile = Options.text(parsed, ISOLATION).map(this::absolute);
    boolean isolated = Options.has(parsed, ISOLATED);
    if (isolated && profile.isPresent()) {
      throw new CommandException("`--isolation` and `--isolated` are given", "choose one");
    }
    profile
        .or(() -> named.map(NamedFloat::profile))
        .ifPresent(
            it -> {
              variables.remove(ISOLATE);
              variables.put(PROFILE, it);
            });
    if (isolated) {
      variables.remove(PROFILE);
      variables.put(ISOLATE, "1");
    }
    return variables;
  }

  /** It shall mean the same wherever it is looked up. */
  private String absolute(String profile) {
    return Library.isPath(profile)
        ? invocation.profileContext().cwd().resolve(profile).normalize().toString()
        : profile;
  }

  /** The options that say what holds in the sandbox; they are `apply`'s. */
  private static List<String> others(List<String> arguments) {
    List<String> others = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      String name = argument.replaceFirst("=.*", "");
      if (OURS.contains(name)) {
        i += argument.equals(name) ? 1 : 0;
      } else if (!name.equals(ISOLATED) && !argument.startsWith(NamedFloat.SIGN)) {
        others.add(argument);
      }
    }
    return others;
  }

  private Plan popup(Tmux tmux, Window window) {
    List<String> words = new ArrayList<>(List.of("env", "-u", PROFILE, "-u", ISOLATE));
    window.variables().forEach((name, value) -> words.add(name + "=" + value));
    words.addAll(List.of(invocation.launcher(), "apply"));
    words.addAll(window.options());
    words.add("--");
    words.addAll(window.command());
    List<String> popup =
        tmux.popup(
            window.size(),
            window.title(),
            invocation.profileContext().cwd().toString(),
            ShellQuotes.of(words));
    return PlanMaker.withCommand(popup, new Plan(List.of()));
  }

  private Plan inPlace(Window window) {
    Invocation inside =
        invocation.within(window.variables()).forCommandOf(List.of("--", window.command().get(0)));
    List<String> options = new ArrayList<>(window.options());
    window.variables().forEach((name, value) -> options.add(SETENV + "=" + name + "=" + value));
    ParseResult parsed = Arguments.parse(ApplyCommand.spec(), options);
    try (BackgroundProbe inquiry = BackgroundProbe.start(inside)) {
      Plan plan =
          new PlanMaker(inside).toRun(SelectionOptions.read(parsed), inquiry, output::complain);
      return PlanMaker.withCommand(window.command(), plan);
    }
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "float",
            "float [@NAME] [OPTION]…",
            "Runs a command under a profile in a window of its own: a popup inside tmux, elsewhere in place. What runs in it finds the profile in HEXE_VOIDBOX_PROFILE.");
    spec.usageMessage()
        .footer(
            "examples:",
            "  hexe-policy float --command zsh --isolation=sandbox --title 'Isolated Shell' --size 80,60,0,0",
            "  hexe-policy float --command htop --isolated",
            "  hexe-policy float @lazygit                 as `floats` of `config.yaml` has it");
    return SelectionOptions.addTo(spec)
        .addOption(Options.value(COMMAND, "COMMAND", "what runs; else your shell"))
        .addOption(Options.value(TITLE, "TEXT", "what stands above the window"))
        .addOption(
            Options.value(
                SIZE,
                "WIDTH,HEIGHT,X,Y",
                "in per cent of the terminal; X and Y are 0 at the left and the top, 50 in the middle"));
  }
}
