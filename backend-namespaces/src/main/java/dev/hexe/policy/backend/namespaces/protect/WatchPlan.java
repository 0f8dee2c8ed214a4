package dev.hexe.policy.backend.namespaces.protect;

import dev.hexe.policy.api.host.GuardedPath;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Guards;
import dev.hexe.policy.api.plan.PlanNotes;
import dev.hexe.policy.api.plan.ProtectFlag;
import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.ProtectedPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The watch on protected paths where nothing is yet, and on what git obeys. */
final class WatchPlan {
  private static final String HOOKS = "/.git/hooks";

  private static final String GIT_OBEYS =
      "git obeys it, and runs what it names: look at it before git is called there";

  /** Some 10 milliseconds, where there are as many; behind a command that takes long, more. */
  private static final long MOST_DIRECTORIES = 2_000;

  private final FileAccess files;
  private final GuardedPathLists guards;
  private final ReachedTrees trees;
  private final GitPlan git;

  WatchPlan(FileAccess files, GuardedPathLists guards, ReachedTrees trees, GitPlan git) {
    this.files = files;
    this.guards = guards;
    this.trees = trees;
    this.git = git;
  }

  List<Action> actions() {
    List<Action> actions = new ArrayList<>(warnings());
    actions.addAll(watches());
    if (git.isCaredFor()) {
      placeholders().ifPresent(actions::add);
      actions.addAll(git.watches());
      actions.add(Guards.gitData(topOfProject().orElse(PathRule.CWD), MOST_DIRECTORIES, GIT_OBEYS));
    }
    return actions;
  }

  /**
   * What is warned of by name: each of the usual paths that leads nowhere by way of too many links.
   */
  private List<Action> warnings() {
    return Stream.concat(guards.protectedPaths().stream(), guards.hidden().stream())
        .filter(guard -> !GuardedPathLists.isUnseen(guard) && trees.find(guard).broken())
        .map(ProtectedPath::path)
        .distinct()
        .map(
            path ->
                PlanNotes.warn(
                    "warning: `"
                        + path
                        + "` leads nowhere: too many symlinks; it is kept as it is"))
        .toList();
  }

  /** A record for each reason. */
  private List<Action> watches() {
    Map<Reason, List<String>> byReason = new LinkedHashMap<>();
    for (ProtectedPath guard : guarded().toList()) {
      Reason reason = new Reason(guard.because(), guards.flags(guard));
      watched(guard)
          .ifPresent(path -> byReason.computeIfAbsent(reason, it -> new ArrayList<>()).add(path));
    }
    List<Action> watches = new ArrayList<>();
    byReason.forEach(
        (reason, paths) ->
            watches.add(Guards.watch(paths, text(reason.because()), reason.flags())));
    return watches;
  }

  /** All that is protected; of the many files that decide the next run, those that are missing. */
  private Stream<ProtectedPath> guarded() {
    return Stream.concat(
        guards.protectedPaths().stream(),
        guards.nextRun().protectedPaths().stream().filter(guard -> trees.isMissing(guard.path())));
  }

  private Optional<String> watched(ProtectedPath guard) {
    return GuardedPathLists.isUnseen(guard)
        ? Optional.of(guard.path())
        : Optional.of(trees.find(guard))
            .filter(path -> !path.broken())
            .map(GuardedPath::path)
            .filter(path -> !trees.writtenAs(path).isEmpty());
  }

  private static String text(String because) {
    return "warning: `@path` was made meanwhile; " + because + ": look at it before that";
  }

  /** None where changes are kept apart: the host's repository is not reached there. */
  private Optional<Action> placeholders() {
    List<String> writable = trees.writable(files);
    return writable.isEmpty() || files.fixtures().changeStore().isPresent()
        ? Optional.empty()
        : Optional.of(Guards.gitPlaceholders(PathRule.CWD, git.lifted(), writable));
  }

  /** Where the working directory is only a part of what can be written. */
  private Optional<String> topOfProject() {
    return guards.protectedPaths().stream()
        .map(ProtectedPath::path)
        .filter(path -> path.startsWith("/") && path.endsWith(HOOKS))
        .map(path -> path.substring(0, path.length() - HOOKS.length()))
        .filter(path -> trees.isWritable(path))
        .findFirst();
  }

  private record Reason(String because, Set<ProtectFlag> flags) {
    // Made by hand: the JDK makes these of method handles at the first use, which takes
    // milliseconds.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Reason that
          && because.equals(that.because)
          && flags.equals(that.flags);
    }

    @Override
    public int hashCode() {
      return 31 * because.hashCode() + flags.hashCode();
    }
  }
}
