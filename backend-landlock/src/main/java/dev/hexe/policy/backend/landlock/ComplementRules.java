package dev.hexe.policy.backend.landlock;

import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.decision.PathGrant.Access;
import dev.hexe.policy.api.host.GuardedPath;
import dev.hexe.policy.api.host.HostTree;
import dev.hexe.policy.api.host.ResolvedPath;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Guards;
import dev.hexe.policy.api.plan.PlanNotes;
import dev.hexe.policy.api.plan.RestrictionActions;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.ProtectedPath;
import dev.hexe.policy.api.spi.Compilation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The paths that the rules of a ruleset leave out. Which entries lie beside it the launcher finds
 * out at each run.
 */
final class ComplementRules {
  private static final String GIT_CONFIG =
      "`git.config: writable` has no effect here: git makes a lock beside its configuration, and nothing new can be made where Landlock alone protects something";

  private static final String CLOSING =
      "nothing new can be made beside `%s`, or in a directory above it that can be written: it decides the next run, and Landlock cannot keep it otherwise";

  private static final String TRIED =
      "nothing new can be made in `/var/tmp`: `%s` has changes that `try` keeps, and Landlock cannot keep it otherwise; `hexe-policy changes` lists them, and `changes commit` or `changes discard` ends that";

  private static final String CHANGES = "/var/tmp/hexe-policy-";

  private static final String MISSING =
      "`%s` is not there, and the command can make it, which decides later runs; once it is there it is protected, but nothing new can be made beside it, nor right in your home";

  private final Compilation compilation;
  private final Set<String> links = new LinkedHashSet<>();
  private final Set<String> unwritten = new LinkedHashSet<>();
  private final Set<String> unwrittenUnseen = new LinkedHashSet<>();
  private final Set<String> withheld = new LinkedHashSet<>();
  private final Set<String> withheldUnseen = new LinkedHashSet<>();

  ComplementRules(Compilation compilation) {
    this.compilation = compilation;
  }

  /** The guards, and the rules for what is shown of them. */
  List<Action> actions() {
    Profile profile = compilation.profile();
    if (serves(Guarantee.PROTECTED)) {
      profile.protectedPaths().forEach(guard -> add(guard, unwritten, unwrittenUnseen));
    }
    if (serves(Guarantee.HIDDEN)) {
      profile.hiddenPaths().forEach(guard -> add(guard, withheld, withheldUnseen));
    }
    if (serves(Guarantee.NEXT_RUN)) {
      there(profile.nextRun().protectedPaths()).forEach(guard -> add(guard, unwritten, Set.of()));
      there(profile.nextRun().hiddenPaths()).forEach(guard -> add(guard, withheld, Set.of()));
    }
    List<Action> actions = new ArrayList<>(closedDirectories());
    if (serves(Guarantee.PROTECTED) && profile.safeguards().gitConfig()) {
      actions.add(PlanNotes.warn(GIT_CONFIG));
    }
    guard(links, Guards::withholdWritingOfLinks, actions);
    guard(unwritten, Guards::withholdWriting, actions);
    guard(unwrittenUnseen, Guards::withholdWritingUnseen, actions);
    guard(withheld, Guards::withhold, actions);
    guard(withheldUnseen, Guards::withholdUnseen, actions);
    profile.safeguards().show().stream()
        .map(path -> GuardedPath.of(path, compilation.tree()).path())
        .filter(path -> isBelowAny(path, withheld) && isReadable(path))
        .forEach(path -> actions.add(shown(path)));
    return actions;
  }

  /** Whoever cannot make a file where it always went is to know why. */
  private List<Action> closedDirectories() {
    if (!serves(Guarantee.NEXT_RUN)) {
      return List.of();
    }
    List<ProtectedPath> guards = compilation.profile().nextRun().protectedPaths();
    List<String> closing = written(there(guards));
    List<String> missing =
        written(guards.stream().filter(guard -> isOwn(guard) && !isThere(guard))).stream()
            .filter(path -> closing.stream().noneMatch(closed -> isBelow(closed, above(path))))
            .toList();
    List<String> tried = closing.stream().filter(path -> path.startsWith(CHANGES)).toList();
    List<String> others = closing.stream().filter(path -> !path.startsWith(CHANGES)).toList();
    return Stream.of(
            about(others, CLOSING, PlanNotes::remark),
            about(tried, TRIED, PlanNotes::remark),
            about(missing, MISSING, PlanNotes::warn))
        .flatMap(actions -> actions)
        .toList();
  }

  private List<String> written(Stream<ProtectedPath> guards) {
    return guards
        .map(guard -> GuardedPath.of(guard.path(), compilation.tree()).path())
        .filter(this::isBelowWritten)
        .toList();
  }

  /** The nearest directory that is there: in it something could be made. */
  private String above(String path) {
    String parent = path.substring(0, Math.max(1, path.lastIndexOf('/')));
    boolean there =
        ResolvedPath.of(parent, compilation.tree()).kind() != HostTree.Kind.ABSENT
            || parent.equals("/");
    return there ? parent : above(parent);
  }

  private static Stream<Action> about(
      List<String> paths, String text, Function<String, Action> note) {
    return paths.isEmpty()
        ? Stream.empty()
        : Stream.of(note.apply(text.formatted(String.join("`, `", paths))));
  }

  /** A directory that is looked into at each start, whatever profile is named. */
  private static boolean isOwn(ProtectedPath guard) {
    return guard.path().endsWith("/hexe-policy");
  }

  private boolean isBelowWritten(String path) {
    return compilation.grants().stream()
        .filter(grant -> grant.access().compareTo(Access.WRITE_DATA) >= 0)
        .map(PathGrant::path)
        .filter(listed -> listed.startsWith("/"))
        .map(listed -> GuardedPath.of(listed, compilation.tree()).path())
        .anyMatch(tree -> isBelow(path, tree));
  }

  /**
   * What is missing closes the directories above it for nothing: a profile that is made there later
   * decides nothing but a run that names it.
   */
  private Stream<ProtectedPath> there(List<ProtectedPath> guards) {
    return guards.stream().filter(this::isThere);
  }

  private boolean isThere(ProtectedPath guard) {
    return ResolvedPath.of(guard.path(), compilation.tree()).kind() != HostTree.Kind.ABSENT;
  }

  private boolean serves(Guarantee guarantee) {
    return compilation.decisions().uses(guarantee, LandlockMechanisms.SIBLINGS);
  }

  /** A symlink on the way could be made to lead to something else. */
  private void add(ProtectedPath guard, Set<String> seen, Set<String> unseen) {
    if (guard.inWorkingDirectory() || guard.aboveWorkingDirectory()) {
      unseen.add(guard.path());
    } else {
      GuardedPath path =
          guard.usual()
              ? GuardedPath.orBroken(guard.path(), compilation.tree())
              : GuardedPath.of(guard.path(), compilation.tree());
      links.addAll(path.links());
      if (!path.broken()) {
        seen.add(path.path());
      }
    }
  }

  private static void guard(
      Set<String> paths, Function<List<String>, Action> withhold, List<Action> actions) {
    if (!paths.isEmpty()) {
      actions.add(withhold.apply(List.copyOf(paths)));
    }
  }

  private Action shown(String path) {
    long abi = compilation.facts().value(LandlockAbi.ABI);
    return RestrictionActions.landlockPath(
        path,
        FileRight.bits(Rights.of(Access.READ_DATA, abi)),
        Rights.meaning(Access.READ_DATA),
        true);
  }

  private boolean isReadable(String path) {
    return compilation.grants().stream()
        .filter(grant -> grant.access() != Access.LIST)
        .map(PathGrant::path)
        .filter(listed -> listed.startsWith("/"))
        .map(listed -> GuardedPath.of(listed, compilation.tree()).path())
        .anyMatch(tree -> isBelow(path, tree));
  }

  private static boolean isBelowAny(String path, Set<String> trees) {
    return trees.stream().anyMatch(tree -> isBelow(path, tree));
  }

  private static boolean isBelow(String path, String tree) {
    return path.startsWith(tree.equals("/") ? tree : tree + "/");
  }
}
