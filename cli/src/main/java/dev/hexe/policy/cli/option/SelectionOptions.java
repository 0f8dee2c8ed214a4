package dev.hexe.policy.cli.option;

import dev.hexe.policy.cli.selection.BackendSelection;
import dev.hexe.policy.cli.selection.Selection;
import dev.hexe.policy.cli.selection.Strictness;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.profiles.library.ProfileSelection.Choice;
import dev.hexe.policy.profiles.override.EnvironmentOptions;
import dev.hexe.policy.profiles.override.ListedPathOptions;
import dev.hexe.policy.profiles.override.MountEntryOptions;
import dev.hexe.policy.profiles.override.Overrides;
import dev.hexe.policy.profiles.override.ProtectedPathOptions;
import dev.hexe.policy.profiles.setting.LimitSettings;
import dev.hexe.policy.profiles.setting.StartSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options of every command that needs a profile. */
public final class SelectionOptions {
  private static final String ISOLATION = "--isolation";
  private static final String ISOLATED = "--isolated";
  private static final String STRICT = "--strict";
  private static final String BEST_EFFORT = "--best-effort";
  private static final String BACKEND = "--backend";
  private static final String NO_PROJECT = "--no-project";

  private SelectionOptions() {}

  /** Adds them to a command. */
  public static CommandSpec addTo(CommandSpec spec) {
    return addBehind(0, spec);
  }

  /** Adds them to a command that takes {@code words} other words first. */
  public static CommandSpec addBehind(int words, CommandSpec spec) {
    spec.addPositional(
        Options.optionalWord(
            words,
            "PROFILE",
            "a name that `hexe-policy profiles` lists, a file, or - for standard input; else `default`"));
    SettingOptions.add(ProtectedPathOptions.ALL, spec);
    SettingOptions.add(EnvironmentOptions.ALL, spec)
        .addOption(
            Options.value(ISOLATION, "PROFILE", "the profile, in place of the first argument"))
        .addOption(Options.flag("the profile `isolated`", ISOLATED));
    SettingOptions.add(ListedPathOptions.ALL, spec);
    SettingOptions.add(MountEntryOptions.ALL, spec);
    SettingOptions.add(StartSettings.OPTIONS, NetworkOptions.addTo(spec));
    return SettingOptions.add(LimitSettings.OPTIONS, spec)
        .addOption(Options.flag("require every guarantee in full", STRICT))
        .addOption(
            Options.flag(
                "prefer every guarantee: warn, and run with what this host offers", BEST_EFFORT))
        .addOption(Options.value(BACKEND, "DESIGN", "use one design: `landlock` or `namespaces`"))
        .addOption(Options.flag("ignore the project's own policy, `.hexe-policy.yaml`", NO_PROJECT))
        .addOption(Options.help());
  }

  /** As the parser for all arguments understood it. */
  public static Selection read(ParseResult parsed) {
    return read(ParsedArguments.of(parsed));
  }

  /**
   * What was given.
   *
   * @throws CommandException where two options exclude each other
   */
  public static Selection read(ParsedArguments given) {
    return new Selection(
        choices(given),
        new Overrides(SettingOptions.read(given), NetworkOptions.read(given)),
        insistence(given),
        given.text(BACKEND).map(BackendSelection::named),
        ReportOptions.read(given),
        !given.has(NO_PROJECT),
        Optional.empty());
  }

  private static List<Choice> choices(ParsedArguments given) {
    List<Choice> choices = new ArrayList<>();
    given.word().ifPresent(name -> choices.add(new Choice("profile", name)));
    given.text(ISOLATION).ifPresent(name -> choices.add(new Choice(ISOLATION, name)));
    if (given.has(ISOLATED)) {
      choices.add(new Choice(ISOLATED, "isolated"));
    }
    return choices;
  }

  private static Strictness insistence(ParsedArguments given) {
    boolean strict = given.has(STRICT);
    boolean bestEffort = given.has(BEST_EFFORT);
    if (strict && bestEffort) {
      throw new CommandException("`--strict` and `--best-effort` exclude each other", "choose one");
    }
    if (bestEffort) {
      return Strictness.BEST_EFFORT;
    }
    return strict ? Strictness.STRICT : Strictness.AS_WRITTEN;
  }
}
