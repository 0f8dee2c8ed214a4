package dev.hexe.policy.engine;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Processes;
import dev.hexe.policy.api.plan.RestrictionActions;
import dev.hexe.policy.api.plan.StartActions;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Startup;
import java.util.ArrayList;
import java.util.List;

/** The actions that start the command, the same with every mechanism. */
final class StartupActions {
  private static final String HINT =
      "the path is one inside the sandbox; add it with `--read=%1$s` or `--write=%1$s`, or start somewhere else";

  private StartupActions() {}

  static List<Action> of(Profile profile) {
    Startup startup = profile.startup();
    List<Action> actions = new ArrayList<>();
    if (profile.restrictsFiles()) {
      actions.add(StartActions.refuseDirectories());
    }
    if (startup.endsWithCaller()) {
      actions.add(StartActions.dieWithCaller());
    }
    startup.passedDescriptors().forEach(number -> actions.add(StartActions.passDescriptor(number)));
    startup.locks().forEach(path -> actions.add(Processes.lockFile(path)));
    String directory = startup.directory();
    if (directory != null) {
      actions.add(StartActions.enterDirectory(directory, HINT.formatted(directory)));
    }
    String argv0 = startup.argv0();
    if (argv0 != null) {
      actions.add(StartActions.argv0(argv0));
    }
    startup.umask().ifPresent(mask -> actions.add(StartActions.umask(mask)));
    startup.nice().ifPresent(value -> actions.add(StartActions.nice(value)));
    return actions;
  }

  /** What could be in the way of what sets the sandbox up. */
  static List<Action> last(Startup startup) {
    return startup.resources().entrySet().stream()
        .map(
            limit ->
                RestrictionActions.commandLimit(
                    limit.getKey().number(), limit.getKey().label(), limit.getValue()))
        .toList();
  }
}
