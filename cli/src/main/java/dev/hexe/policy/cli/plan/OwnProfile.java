package dev.hexe.policy.cli.plan;

import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.plan.PlanNotes;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.selection.Selection;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.library.Library;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The file that an answer for good is written into: the profile in use, where it is the user's. */
final class OwnProfile {
  /** The launcher reads this note; see `ask.c`. */
  private static final String NOTE = "own-profile";

  private OwnProfile() {}

  /** Adds it to a plan with which somebody can be asked. */
  static Plan addTo(Plan plan, Selection.Loaded loaded, Invocation invocation) {
    if (!loaded.profile().separation().network().asks()) {
      return plan;
    }
    return file(loaded, invocation.profileContext())
        .map(file -> PlanMaker.with(PlanNotes.note(NOTE, file.toString()), plan))
        .orElse(plan);
  }

  private static Optional<Path> file(Selection.Loaded loaded, ProfileContext context) {
    String named = loaded.choice().profile();
    List<Path> directories = context.searchPath();
    Optional<Path> file =
        Library.isPath(named)
            ? Optional.of(context.cwd().resolve(named).normalize())
            : directories.stream().findFirst().map(own -> own.resolve(named + ".yaml"));
    boolean ofSite =
        file.filter(it -> directories.stream().skip(1).anyMatch(it::startsWith)).isPresent();
    return file.filter(it -> !ofSite && loaded.consulted().contains(it) && Files.isWritable(it));
  }
}
