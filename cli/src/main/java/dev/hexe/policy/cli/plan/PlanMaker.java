package dev.hexe.policy.cli.plan;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.plan.PlanNotes;
import dev.hexe.policy.cli.host.BackgroundProbe;
import dev.hexe.policy.cli.host.Host;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.nextrun.NextRunFiles;
import dev.hexe.policy.cli.nextrun.StateDirectories;
import dev.hexe.policy.cli.option.StatusFile;
import dev.hexe.policy.cli.plugin.Plugins;
import dev.hexe.policy.cli.selection.Selection;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.engine.CompileRequest;
import dev.hexe.policy.engine.CompiledPolicy;
import dev.hexe.policy.engine.PolicyCompiler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Compiles what was selected for this host, and adds to the plan what it was compiled from. */
public final class PlanMaker {
  /** Where the system keeps the user's name. */
  private static final Path USERS = Path.of("/etc/passwd");

  /** The launcher keeps such a plan for one command; see `cache.c`. */
  private static final String FOR_COMMAND = "for-command";

  /** No other command enters the sandbox; see `join_serve.c`. */
  private static final String RULES_OF_COMMAND = "rules-of-command";

  /** Nobody else runs such a plan; see `main.c`. */
  private static final String RULES_OF_CALLER = "rules-of-caller";

  /** The launcher keeps no such plan, and gives the command another standard input. */
  private static final String FROM_INPUT = "from-standard-input";

  /** The launcher reads these notes in order; see `apply.c`. */
  private static final String COMMAND = "command";

  private final Invocation invocation;

  public PlanMaker(Invocation invocation) {
    this.invocation = invocation;
  }

  /**
   * The plan for a run that follows, or for later ones with the same inputs. What is told once, and
   * not at each run, goes to {@code warnings}.
   *
   * @throws CommandException where a decision refuses
   */
  public Plan toRun(Selection selection, BackgroundProbe inquiry, Consumer<String> warnings) {
    Selection.Loaded loaded = selection.load(invocation);
    MissingPaths.lines(loaded.profile(), loaded.provenance(), invocation.profileContext().cwd())
        .forEach(warnings);
    HookManagers.lines(loaded.profile(), invocation.profileContext().cwd()).forEach(warnings);
    StateDirectories state = StateDirectories.of(invocation, loaded.profile(), program(loaded));
    if (selection.changes().isEmpty()) { // else the host stays as it is
      state.make();
    }
    CompiledPolicy policy = policy(selection, loaded, inquiry);
    SiteRefusal.ofUnknownCommand(policy.site());
    Plan plan = Sources.addTo(plan(policy, selection, loaded), state.consulted());
    plan.actions().stream()
        .flatMap(it -> PlanNotes.remarkOf(it).stream())
        .map(text -> "hexe-policy: " + text)
        .forEach(warnings);
    boolean here =
        loaded.usedWorkingDirectory()
            || policy.site().usedDirectory()
            || StatusFile.isRelative(selection.reports());
    Plan placed = here ? with(workingDirectory(), plan) : plan;
    placed = withCommand(loaded.command(), placed);
    boolean forCommand =
        loaded.usedCommand() || policy.site().usedCommand() || state.dependOnCommand();
    Plan noted = forCommand ? with(forCommand(FOR_COMMAND, loaded), placed) : placed;
    noted = policy.site().usedCommand() ? with(forCommand(RULES_OF_COMMAND, loaded), noted) : noted;
    Plan named = OwnProfile.addTo(noted, loaded, invocation);
    return loaded.choice().isStandardInput() ? with(PlanNotes.note(FROM_INPUT, ""), named) : named;
  }

  /** The plan with the words of its own command, which the launcher runs where none is given. */
  public static Plan withCommand(List<String> words, Plan plan) {
    return Plan.inPhases(
        Stream.concat(
            words.stream().map(word -> PlanNotes.note(COMMAND, word)), plan.actions().stream()));
  }

  /**
   * The plan for a file: relative paths in it have been resolved for good. Whoever runs it runs
   * what is in the file, so the command must not write it. Landlock alone would close the directory
   * that it is in, which is often the project.
   */
  public Plan toKeep(Selection selection, BackgroundProbe inquiry, Path file) {
    Selection.Loaded loaded = selection.load(invocation);
    CompiledPolicy policy = policy(selection, loaded, inquiry);
    SiteRefusal.ofAnyCommand(policy.site());
    boolean mounted = NextRunFiles.areMountedOver(policy) && !isOfTheSystem(file);
    CompiledPolicy kept =
        mounted
            ? compiled(selection, loaded.decidedBy(file.toAbsolutePath().normalize()), inquiry)
            : policy;
    Plan plan = plan(kept, selection, loaded);
    Plan placed = policy.site().usedDirectory() ? with(workingDirectory(), plan) : plan;
    return policy.site().usedCaller()
        ? with(PlanNotes.note(RULES_OF_CALLER, invocation.callerText()), placed)
        : placed;
  }

  /** As {@code /dev/stdout}, which is no file to run. */
  private static boolean isOfTheSystem(Path file) {
    return file.startsWith("/dev") || file.startsWith("/proc");
  }

  private CompiledPolicy policy(
      Selection selection, Selection.Loaded loaded, BackgroundProbe inquiry) {
    NextRunFiles.makeMissing(invocation, loaded.profile());
    return compiled(selection, loaded, inquiry);
  }

  private static CompiledPolicy compiled(
      Selection selection, Selection.Loaded loaded, BackgroundProbe inquiry) {
    PolicyCompiler compiler = new PolicyCompiler(selection.among(inquiry.backends()));
    Host host = inquiry.host();
    return compiler.compile(
        new CompileRequest(
            loaded.profile(),
            host.caller(),
            host.facts(),
            selection.reports(),
            loaded.provenance(),
            loaded.site()));
  }

  private Plan plan(CompiledPolicy policy, Selection selection, Selection.Loaded loaded) {
    SiteRefusal.of(policy.site());
    AskingRefusal.of(policy, loaded.site());
    return policy
        .plan()
        .map(plan -> withWarning(plan, selection, policy))
        .map(PlanMaker::withUnusedPlugins)
        .map(plan -> Sources.addTo(plan, files(loaded), ruled(loaded)))
        .orElseThrow(
            () ->
                Refusal.exception(
                    policy.profile(), policy.decisions(), policy.site(), selection.design()));
  }

  private List<Path> files(Selection.Loaded loaded) {
    List<Path> files = new ArrayList<>(loaded.consulted());
    files.addAll(NextRunFiles.directories(invocation).all());
    files.addAll(loaded.examined());
    files.add(USERS);
    return files;
  }

  /** The paths whose targets a rule of the site may have asked for. */
  private static List<Path> ruled(Selection.Loaded loaded) {
    if (loaded.site().rules().isEmpty()) {
      return List.of();
    }
    return loaded.profile().files().given().map(Path::of).toList();
  }

  private Plan withWarning(Plan plan, Selection selection, CompiledPolicy policy) {
    return StatusFile.warning(selection.reports(), policy, invocation.profileContext().cwd())
        .map(warning -> with(warning, plan))
        .orElse(plan);
  }

  private static Plan withUnusedPlugins(Plan plan) {
    return Plugins.current()
        .warning()
        .map(text -> with(PlanNotes.warn("warning: " + text), plan))
        .orElse(plan);
  }

  private Action forCommand(String note, Selection.Loaded loaded) {
    return PlanNotes.note(note, program(loaded).orElse(""));
  }

  /** The program that runs, as the caller has typed it, or else as a float names it. */
  private Optional<String> program(Selection.Loaded loaded) {
    return invocation.command().or(() -> loaded.command().stream().findFirst());
  }

  private Action workingDirectory() {
    return PlanNotes.workingDirectory(invocation.profileContext().cwd().toString());
  }

  static Plan with(Action action, Plan plan) {
    return Plan.inPhases(Stream.concat(Stream.of(action), plan.actions().stream()));
  }
}
