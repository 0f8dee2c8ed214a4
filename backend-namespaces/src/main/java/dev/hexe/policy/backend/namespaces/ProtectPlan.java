package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.host.GuardedPath;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Guards;
import dev.hexe.policy.api.plan.Guards.Kept;
import dev.hexe.policy.api.plan.PlanNotes;
import dev.hexe.policy.api.plan.ProtectFlag;
import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.NextRun;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.ProtectedPath;
import dev.hexe.policy.api.spi.Compilation;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The mounts that keep files from the command, and the watch on paths where nothing is yet. */
final class ProtectPlan {
  private static final ProtectFlag UNSEEN = ProtectFlag.UNSEEN;

  /**
   * Who protects something of git's cares for what git obeys, which can lie anywhere in a project.
   */
  private static final Set<String> OF_GIT =
      Set.of(PathRule.CWD + "/.git/", PathRule.ABOVE + "/.git/");

  private static final String HOOKS = "/.git/hooks";

  private static final String GIT_OBEYS =
      "git obeys it, and runs what it names: look at it before git is called there";

  /** Some 10 milliseconds, where there are as many. */
  private static final long MOST_DIRECTORIES = 2_000;

  private final Profile profile;
  private final ReachedTrees trees;
  private final List<ProtectedPath> hidden;
  private final List<ProtectedPath> protectedPaths;
  private final NextRun nextRun;

  ProtectPlan(Compilation compilation) {
    profile = compilation.profile();
    trees = new ReachedTrees(profile.files(), compilation.tree());
    Decisions decisions = compilation.decisions();
    hidden =
        decisions.uses(Guarantee.HIDDEN, NamespaceMechanisms.GUARD)
            ? outermost(profile.hiddenPaths())
            : List.of();
    protectedPaths =
        decisions.uses(Guarantee.PROTECTED, NamespaceMechanisms.GUARD)
            ? outermost(profile.protectedPaths())
            : List.of();
    nextRun =
        decisions.uses(Guarantee.NEXT_RUN, NamespaceMechanisms.GUARD)
            ? profile.nextRun()
            : NextRun.NONE;
  }

  /** What lies below another one is kept with it, unless it is in a part that is left to write. */
  private List<ProtectedPath> outermost(List<ProtectedPath> guards) {
    Map<String, ProtectedPath> byPath = new HashMap<>();
    guards.forEach(guard -> byPath.put(guard.path(), guard));
    List<ProtectedPath> outermost = new ArrayList<>();
    for (ProtectedPath guard : guards) {
      if (!isKeptByOther(guard, byPath)) {
        outermost.add(guard);
      }
    }
    return outermost;
  }

  /** Looks among the directories above, which are few beside the guards. */
  private boolean isKeptByOther(ProtectedPath guard, Map<String, ProtectedPath> byPath) {
    for (String above = Above.of(guard.path()); !above.isEmpty(); above = Above.of(above)) {
      ProtectedPath other = byPath.get(above);
      if (other != null && keeps(other, guard)) {
        return true;
      }
    }
    return false;
  }

  private boolean keeps(ProtectedPath outer, ProtectedPath inner) {
    return isBelow(inner.path(), outer.path())
        && Stream.concat(listed(profile.files().write()), listed(profile.files().read()))
            .noneMatch(path -> isBelow(path, outer.path()) && isBelow(inner.path(), path));
  }

  List<Action> mounts() {
    ProtectActions actions = new ProtectActions();
    Set<String> hiddenTrees = new HashSet<>();
    hidden.forEach(guard -> hiddenTrees.add(guard.path()));
    for (ProtectedPath guard : protectedPaths) {
      if (!Above.holds(guard.path(), hiddenTrees)) {
        protect(guard, actions);
      }
    }
    hidden.forEach(guard -> hide(guard, actions));
    // No list of the profile takes a part out of these.
    nextRun.protectedPaths().forEach(guard -> protectWithParts(guard, actions));
    nextRun.hiddenPaths().forEach(guard -> hideWithParts(guard, actions));
    List<Action> all = new ArrayList<>();
    if (caresForGit()) {
      all.add(Guards.gitLinks(PathRule.CWD, gitPlan().lifted()));
    }
    all.addAll(actions.all());
    return all;
  }

  private void protectWithParts(ProtectedPath guard, ProtectActions actions) {
    protect(guard, List.of(), actions);
    String path = trees.find(guard).path();
    trees.writtenBelow(path).forEach(part -> protectAt(part, guard, List.of(), actions));
    if (!trees.isWritable(path) && handsOverWorkingDirectory(true)) {
      actions.protect(path, List.of(), flags(guard, UNSEEN));
    }
  }

  private void hideWithParts(ProtectedPath guard, ProtectActions actions) {
    hide(guard, List.of(), actions);
    String path = trees.find(guard).path();
    trees.putElsewhereFrom(path).forEach(part -> hideAt(part, guard, List.of(), actions));
    if (!trees.isReadable(path) && handsOverWorkingDirectory(false)) {
      actions.hide(path, List.of(), flags(guard, UNSEEN));
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
    if (isUnseen(guard)) {
      unseen(guard, true).forEach(path -> actions.protect(path, kept, flags(guard, UNSEEN)));
      return;
    }
    GuardedPath path = trees.find(guard);
    path.links().stream()
        .filter(trees::isWritable)
        .forEach(link -> actions.protect(link, List.of(), flags(guard, ProtectFlag.LINK)));
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
  private static boolean mayLeadElsewhere(String path) {
    return !path.equals("/") && Files.isDirectory(Path.of(path), LinkOption.NOFOLLOW_LINKS);
  }

  private void protectAt(
      String inside, ProtectedPath guard, List<Kept> kept, ProtectActions actions) {
    if (isRoot(inside)) {
      refuseAsRoot(guard, "must not be changed");
    } else {
      actions.protect(inside, kept, flags(guard, null));
    }
  }

  private void hideAt(String inside, ProtectedPath guard, List<Kept> kept, ProtectActions actions) {
    if (isRoot(inside)) {
      refuseAsRoot(guard, "must not be opened");
    } else {
      actions.hide(inside, kept, flags(guard, null));
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
    if (isUnseen(guard)) {
      unseen(guard, false).forEach(path -> actions.hide(path, kept, flags(guard, UNSEEN)));
      return;
    }
    GuardedPath path = trees.find(guard);
    if (!path.broken()) {
      trees.readAs(path.path()).forEach(inside -> hideAt(inside, guard, kept, actions));
    }
  }

  private static boolean isUnseen(ProtectedPath guard) {
    return guard.inWorkingDirectory() || guard.aboveWorkingDirectory();
  }

  /** Where something is that only the launcher can look at. */
  private List<String> unseen(ProtectedPath guard, boolean writable) {
    List<String> paths = new ArrayList<>(List.of(guard.path()));
    if (guard.inWorkingDirectory()) {
      trees.workingDirectoryAt(writable).forEach(path -> paths.add(path + inside(guard)));
    }
    return paths;
  }

  private Set<ProtectFlag> flags(ProtectedPath guard, @Nullable ProtectFlag other) {
    Set<ProtectFlag> flags = EnumSet.noneOf(ProtectFlag.class);
    Optional.ofNullable(other).ifPresent(flags::add);
    if (guard.usual()) {
      flags.add(ProtectFlag.USUAL);
    }
    if (guard.own()) {
      flags.add(ProtectFlag.OWN);
    }
    // Large trees, each part of which is listed by itself; and no list gives any of it.
    if (nextRun.protectedPaths().contains(guard) || nextRun.hiddenPaths().contains(guard)) {
      flags.add(ProtectFlag.ALONE);
    }
    return flags;
  }

  /** The part of its path in the working directory. */
  private static String inside(ProtectedPath guard) {
    return guard.path().substring(PathRule.CWD.length());
  }

  /**
   * What is warned of by name: each of the usual paths that leads nowhere by way of too many links.
   */
  List<Action> warnings() {
    return Stream.concat(protectedPaths.stream(), hidden.stream())
        .filter(guard -> !isUnseen(guard) && trees.find(guard).broken())
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
  List<Action> watches() {
    Map<Reason, List<String>> byReason = new LinkedHashMap<>();
    for (ProtectedPath guard : protectedPaths) {
      Reason reason = new Reason(guard.because(), flags(guard, null));
      watched(guard)
          .ifPresent(path -> byReason.computeIfAbsent(reason, it -> new ArrayList<>()).add(path));
    }
    List<Action> watches = new ArrayList<>();
    byReason.forEach(
        (reason, paths) ->
            watches.add(Guards.watch(paths, text(reason.because()), reason.flags())));
    if (caresForGit()) {
      placeholders().ifPresent(watches::add);
      watches.addAll(gitPlan().watches());
      watches.add(Guards.gitData(topOfProject().orElse(PathRule.CWD), MOST_DIRECTORIES, GIT_OBEYS));
    }
    return watches;
  }

  /** None where changes are kept apart: the host's repository is not reached there. */
  private Optional<Action> placeholders() {
    List<String> writable = trees.writable(profile.files());
    return writable.isEmpty() || profile.files().fixtures().changeStore().isPresent()
        ? Optional.empty()
        : Optional.of(Guards.gitPlaceholders(PathRule.CWD, gitPlan().lifted(), writable));
  }

  private GitPlan gitPlan() {
    return new GitPlan(profile, protectedPaths, trees);
  }

  /** Where the working directory is only a part of what can be written. */
  private Optional<String> topOfProject() {
    return protectedPaths.stream()
        .map(ProtectedPath::path)
        .filter(path -> path.startsWith("/") && path.endsWith(HOOKS))
        .map(path -> path.substring(0, path.length() - HOOKS.length()))
        .filter(path -> trees.isWritable(path))
        .findFirst();
  }

  private boolean caresForGit() {
    return protectedPaths.stream()
        .anyMatch(guard -> OF_GIT.stream().anyMatch(guard.path()::startsWith));
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

  private Optional<String> watched(ProtectedPath guard) {
    return isUnseen(guard)
        ? Optional.of(guard.path())
        : Optional.of(trees.find(guard))
            .filter(path -> !path.broken())
            .map(GuardedPath::path)
            .filter(path -> !trees.writtenAs(path).isEmpty());
  }

  private static String text(String because) {
    return "warning: `@path` was made meanwhile; " + because + ": look at it before that";
  }

  private static List<Kept> kept(ProtectedPath guard, Stream<String> paths, boolean writable) {
    return paths
        .filter(path -> isBelow(path, guard.path()))
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

  private static boolean isBelow(String path, String tree) {
    int end = tree.length();
    return path.length() > end && path.charAt(end) == '/' && path.startsWith(tree);
  }
}
