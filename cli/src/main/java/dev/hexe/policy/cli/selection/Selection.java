package dev.hexe.policy.cli.selection;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Provenance;
import dev.hexe.policy.cli.changes.ChangesKept;
import dev.hexe.policy.cli.host.Installation;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.nextrun.NextRunFiles;
import dev.hexe.policy.cli.plugin.Plugins;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.engine.Backends;
import dev.hexe.policy.engine.site.SitePolicy;
import dev.hexe.policy.profiles.Profiles;
import dev.hexe.policy.profiles.ResolvedProfile;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.library.ProfileSelection.Choice;
import dev.hexe.policy.profiles.override.Overrides;
import dev.hexe.policy.profiles.site.NamedFloat;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The sandbox that the command line asks for.
 *
 * @param choices each way in which a profile was named
 * @param overrides what is added to it
 * @param insistence whether to refuse or to degrade, against what the profile says
 * @param design the design to be used alone
 * @param reports what is to be told when the command has ended
 * @param withProject whether the policy of the project narrows it, in which the working directory
 *     is
 * @param changes how changes are kept apart, if they are
 */
public record Selection(
    List<Choice> choices,
    Overrides overrides,
    Strictness insistence,
    Optional<BackendSelection> design,
    List<Action> reports,
    boolean withProject,
    Optional<ChangesKept> changes) {

  /** A selection under which the host's files are changed. */
  public Selection(
      List<Choice> choices,
      Overrides overrides,
      Strictness insistence,
      Optional<BackendSelection> design,
      List<Action> reports,
      boolean withProject) {
    this(choices, overrides, insistence, design, reports, withProject, Optional.empty());
  }

  /** A selection without reports. */
  public Selection(
      List<Choice> choices,
      Overrides overrides,
      Strictness insistence,
      Optional<BackendSelection> design) {
    this(choices, overrides, insistence, design, List.of(), true, Optional.empty());
  }

  /** A selection that adds nothing to a profile, to look at what it says. */
  public static Selection asWritten(Optional<BackendSelection> design) {
    return new Selection(
        List.of(), Overrides.NONE, Strictness.AS_WRITTEN, design, List.of(), false);
  }

  /**
   * A profile that was read.
   *
   * @param profile what it says
   * @param provenance where each part of it was said
   * @param consulted the files it may depend on
   * @param examined what was looked at to find the project, if it speaks of one
   * @param usedWorkingDirectory whether it may be another one in another working directory
   * @param usedCommand whether it may be another one for another command
   * @param choice why it is this one
   * @param site the rules that it is subject to
   * @param command what runs where no command is given; empty where nothing says
   */
  public record Loaded(
      Profile profile,
      Provenance provenance,
      List<Path> consulted,
      List<Path> examined,
      boolean usedWorkingDirectory,
      boolean usedCommand,
      Choice choice,
      SitePolicy site,
      List<String> command) {
    /** The same where another file decides what the next run does. */
    public Loaded decidedBy(Path file) {
      return new Loaded(
          profile.withNextRun(profile.nextRun().and(file.toString())),
          provenance,
          consulted,
          examined,
          usedWorkingDirectory,
          usedCommand,
          choice,
          site,
          command);
    }
  }

  /**
   * Reads the profile that is meant, and finds what decides the next run.
   *
   * @throws CommandException where somebody else could have written a file of it
   */
  public Loaded load(Invocation invocation) {
    ProfileContext context = invocation.profileContext();
    Profiles profiles = new Profiles(context);
    List<String> command = command(profiles, invocation);
    Invocation known = command.isEmpty() ? invocation : invocation.forCommand(command.get(0));
    Choice chosen = profiles.choose(choices, known.command());
    Choice choice = changes.map(kept -> kept.choice(chosen)).orElse(chosen);
    ResolvedProfile resolved = profiles.resolve(choice, overrides, withProject);
    Optional<Path> project = profiles.projectFile();
    SiteFiles site = SiteFiles.read(context);
    List<Path> consulted =
        Stream.of(profiles.consulted(), site.consulted(), Plugins.current().consulted())
            .flatMap(List::stream)
            .toList();
    new ProfileOwners(invocation.caller().uid())
        .requireTrusted(
            consulted.stream()
                .filter(file -> !Installation.has(file) && project.filter(file::equals).isEmpty())
                .toList());
    Profile asked = insistence.on(resolved.profile());
    return new Loaded(
        changes
            .map(kept -> kept.on(asked))
            .orElse(asked)
            .withNextRun(NextRunFiles.of(invocation, deciding(consulted, resolved.profile()))),
        resolved.provenance(),
        consulted,
        Stream.concat(profiles.examined().stream(), site.examined().stream()).toList(),
        profiles.usedWorkingDirectory(),
        profiles.usedCommand(),
        choice,
        site.policy(known, resolved.known()),
        command);
  }

  private List<String> command(Profiles profiles, Invocation invocation) {
    return invocation.command().isPresent()
        ? List.of()
        : profiles.chosenFloat(choices).map(NamedFloat::command).orElse(List.of());
  }

  /** All that was read for the profile, and what the launcher reads of it at each start. */
  private static List<Path> deciding(List<Path> consulted, Profile profile) {
    return Stream.concat(
            consulted.stream(),
            profile.privileges().systemCalls().filters().stream()
                .map(filter -> Path.of(filter.path())))
        .toList();
  }

  /** The same with another profile. */
  public Selection named(String profile) {
    return new Selection(
        List.of(new Choice("--diff", profile)),
        overrides,
        insistence,
        design,
        reports,
        withProject,
        changes);
  }

  /** The same with changes kept apart. */
  public Selection keeping(ChangesKept kept) {
    return new Selection(
        choices, overrides, insistence, design, reports, withProject, Optional.of(kept));
  }

  /** The backends that may take part. */
  public Backends among(Backends backends) {
    return design.map(only -> only.of(backends)).orElse(backends);
  }
}
