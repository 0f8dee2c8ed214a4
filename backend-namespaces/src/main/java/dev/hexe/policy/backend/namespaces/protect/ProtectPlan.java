package dev.hexe.policy.backend.namespaces.protect;

import dev.hexe.policy.api.host.GuardedPath;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Guards;
import dev.hexe.policy.api.plan.Guards.Kept;
import dev.hexe.policy.api.plan.ProtectFlag;
import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.NextRun;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.ProtectedPath;
import dev.hexe.policy.api.spi.Compilation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The mounts that keep files from the command, and the watch on paths where nothing is yet. */
public final class ProtectPlan {
  private static final ProtectFlag UNSEEN = ProtectFlag.UNSEEN;

  private final Profile profile;
  private final ReachedTrees trees;
  private final GuardedPathLists guards;
  private final NextRun nextRun;
  private final GitPlan git;
  private final WatchPlan watches;

  /** The guards of a profile for which a mechanism was chosen, which compiles to these mounts. */
  public ProtectPlan(Compilation compilation, String mechanism) {
    profile = compilation.profile();
    trees = new ReachedTrees(profile.files(), compilation.tree());
    guards = new GuardedPathLists(compilation, mechanism);
    nextRun = guards.nextRun();
    git = new GitPlan(profile, guards.protectedPaths(), trees);
    watches = new WatchPlan(profile.files(), guards, trees, git);
  }

  /** What is looked at before and behind the run, and what of it cannot be kept. */
  public List<Action> watches() {
    return watches.actions();
  }

  /** The mounts, behind everything that could cover them. */
  public List<Action> mounts() {
    ProtectActions actions = new ProtectActions();
    Set<String> hiddenTrees = new HashSet<>();
    guards.hidden().forEach(guard -> hiddenTrees.add(guard.path()));
    for (ProtectedPath guard : guards.protectedPaths()) {
      if (!Above.holds(guard.path(), hiddenTrees)) {
        protect(guard, actions);
      }
    }
    guards.hidden().forEach(guard -> hide(guard, actions));
    // No list of the profile takes a part out of these.
    nextRun.protectedPaths().forEach(guard -> protectWithParts(guard, actions));
    nextRun.hiddenPaths().forEach(guard -> hideWithParts(guard, actions));
    List<Action> all = new ArrayList<>();
    if (git.isCaredFor()) {
      all.add(Guards.gitLinks(PathRule.CWD, git.lifted()));
    }
    all.addAll(actions.all());
    return all;
  }

  private void protectWithParts(ProtectedPath guard, ProtectActions actions) {
    protect(guard, List.of(), actions);
    String path = trees.find(guard).path();
    trees.writtenBelow(path).forEach(part -> protectAt(part, guard, List.of(), actions));
    if (!trees.isWritable(path) && handsOverWorkingDirectory(true)) {
      actions.protect(path, List.of(), guards.flags(guard, UNSEEN));
    }
  }

  private void hideWithParts(ProtectedPath guard, ProtectActions actions) {
    hide(guard, List.of(), actions);
    String path = trees.find(guard).path();
    trees.putElsewhereFrom(path).forEach(part -> hideAt(part, guard, List.of(), actions));
    if (!trees.isReadable(path) && handsOverWorkingDirectory(false)) {
      actions.hide(path, List.of(), guards.flags(guard, UNSEEN));
    }
  }

  /** The launcher looks whether a path is in there, and refuses it where it is put elsewhere. */
  private boolean handsOverWorkingDirectory(boolean writable) {
    FileAccess files = profile.files();
    Stream<PathRule> lists =
        writable
            ? files.write().stream()
            : Stream.concat(files.write().stream(), files.read().stream());
    return listed(lists).anyMatch(PathRule.CWD::equals) || trees.putsWorkingDirectory(writable);
  }

  private void protect(ProtectedPath guard, ProtectActions actions) {
    protect(guard, kept(guard, listed(profile.files().write()), true), actions);
  }

  private void protect(ProtectedPath guard, List<Kept> kept, ProtectActions actions) {
    if (GuardedPathLists.isUnseen(guard)) {
      unseen(guard, true).forEach(path -> actions.protect(path, kept, guards.flags(guard, UNSEEN)));
      return;
    }
    GuardedPath path = trees.find(guard);
    path.links().stream()
        .filter(trees::isWritable)
        .forEach(link -> actions.protect(link, List.of(), guards.flags(guard, ProtectFlag.LINK)));
    if (path.broken()) {
      return;
    }
    List<String> written = trees.writtenAs(path.path());
    written.forEach(inside -> protectAt(inside, guard, kept, actions));
    if (written.isEmpty() && trees.isReadable(path.path()) && mayLeadElsewhere(path.path())) {
      protectAt(path.path(), guard, kept, actions);
    }
  }

  /** Symlinks in a directory that nobody can write may lead to what can be written. */
  private boolean mayLeadElsewhere(String path) {
    return !path.equals("/") && trees.isDirectory(path);
  }

  private void protectAt(
      String inside, ProtectedPath guard, List<Kept> kept, ProtectActions actions) {
    if (isRoot(inside)) {
      refuseAsRoot(guard, "must not be changed");
    } else {
      actions.protect(inside, kept, guards.flags(guard));
    }
  }

  private void hideAt(String inside, ProtectedPath guard, List<Kept> kept, ProtectActions actions) {
    if (isRoot(inside)) {
      refuseAsRoot(guard, "must not be opened");
    } else {
      actions.hide(inside, kept, guards.flags(guard));
    }
  }

  private static boolean isRoot(String inside) {
    return inside.equals("/");
  }

  /** The root cannot be mounted over. Who makes it of a usual path lists it, which counts more. */
  private static void refuseAsRoot(ProtectedPath guard, String what) {
    if (!guard.usual()) {
      throw new CannotCompileException(
          "`%s` cannot be the root, nor can a part of it: it %s, because %s"
              .formatted(guard.path(), what, guard.because()),
          "choose another directory for `files.root`");
    }
  }

  private void hide(ProtectedPath guard, ProtectActions actions) {
    List<Kept> kept = new ArrayList<>();
    kept.addAll(kept(guard, profile.safeguards().show().stream(), false));
    kept.addAll(kept(guard, listed(profile.files().read()), false));
    kept.addAll(kept(guard, listed(profile.files().write()), true));
    hide(guard, kept, actions);
  }

  private void hide(ProtectedPath guard, List<Kept> kept, ProtectActions actions) {
    if (GuardedPathLists.isUnseen(guard)) {
      unseen(guard, false).forEach(path -> actions.hide(path, kept, guards.flags(guard, UNSEEN)));
      return;
    }
    GuardedPath path = trees.find(guard);
    if (!path.broken()) {
      trees.readAs(path.path()).forEach(inside -> hideAt(inside, guard, kept, actions));
    }
  }

  /** Where something is that only the launcher can look at. */
  private List<String> unseen(ProtectedPath guard, boolean writable) {
    List<String> paths = new ArrayList<>(List.of(guard.path()));
    if (guard.inWorkingDirectory()) {
      trees.workingDirectoryAt(writable).forEach(path -> paths.add(path + inside(guard)));
    }
    return paths;
  }

  /** The part of its path in the working directory. */
  private static String inside(ProtectedPath guard) {
    return guard.path().substring(PathRule.CWD.length());
  }

  private static List<Kept> kept(ProtectedPath guard, Stream<String> paths, boolean writable) {
    return paths
        .filter(path -> Above.isBelow(path, guard.path()))
        .map(path -> new Kept(path.substring(guard.path().length() + 1), writable))
        .distinct()
        .toList();
  }

  private static Stream<String> listed(List<PathRule> rules) {
    return listed(rules.stream());
  }

  private static Stream<String> listed(Stream<PathRule> rules) {
    return rules.map(PathRule::path);
  }
}
