package dev.hexe.policy.backend.landlock;

import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.decision.PathGrant.Access;
import dev.hexe.policy.api.host.GuardedPath;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Confinement;
import dev.hexe.policy.api.plan.Guards;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Safeguard;
import dev.hexe.policy.api.spi.Compilation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What the rules of a ruleset leave out. Which entries lie beside it the launcher finds out at each
 * run.
 */
final class SiblingRules {
  private final Compilation compilation;
  private final Set<String> links = new LinkedHashSet<>();
  private final Set<String> unwritten = new LinkedHashSet<>();
  private final Set<String> unwrittenUnseen = new LinkedHashSet<>();
  private final Set<String> withheld = new LinkedHashSet<>();
  private final Set<String> withheldUnseen = new LinkedHashSet<>();

  SiblingRules(Compilation compilation) {
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
    List<Action> actions = new ArrayList<>();
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

  private boolean serves(Guarantee guarantee) {
    return compilation.decisions().uses(guarantee, LandlockMechanisms.SIBLINGS);
  }

  /** A symlink on the way could be made to lead to something else. */
  private void add(Safeguard guard, Set<String> seen, Set<String> unseen) {
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
    return Confinement.landlockPath(
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
