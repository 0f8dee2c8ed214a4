package dev.hexe.policy.backend.namespaces.protect;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.plan.ProtectFlag;
import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.NextRun;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.ProtectedPath;
import dev.hexe.policy.api.spi.Compilation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Protected and hidden paths that mounts keep, without those that another guard keeps anyway. */
final class GuardedPathLists {
  private final List<ProtectedPath> protectedPaths;
  private final List<ProtectedPath> hidden;
  private final NextRun nextRun;

  /** Those of a profile, each where the mechanism was chosen for its guarantee. */
  GuardedPathLists(Compilation compilation, String mechanism) {
    Profile profile = compilation.profile();
    Decisions decisions = compilation.decisions();
    protectedPaths =
        decisions.uses(Guarantee.PROTECTED, mechanism)
            ? outermost(profile.protectedPaths(), profile.files())
            : List.of();
    hidden =
        decisions.uses(Guarantee.HIDDEN, mechanism)
            ? outermost(profile.hiddenPaths(), profile.files())
            : List.of();
    nextRun = decisions.uses(Guarantee.NEXT_RUN, mechanism) ? profile.nextRun() : NextRun.NONE;
  }

  List<ProtectedPath> protectedPaths() {
    return protectedPaths;
  }

  List<ProtectedPath> hidden() {
    return hidden;
  }

  NextRun nextRun() {
    return nextRun;
  }

  /** What lies below another one is kept with it, unless it is in a part that is left to write. */
  private static List<ProtectedPath> outermost(List<ProtectedPath> guards, FileAccess files) {
    Map<String, ProtectedPath> byPath = new HashMap<>();
    guards.forEach(guard -> byPath.put(guard.path(), guard));
    List<ProtectedPath> outermost = new ArrayList<>();
    for (ProtectedPath guard : guards) {
      if (!isKeptByOther(guard, byPath, files)) {
        outermost.add(guard);
      }
    }
    return outermost;
  }

  /** Looks among the directories above, which are few beside the guards. */
  private static boolean isKeptByOther(
      ProtectedPath guard, Map<String, ProtectedPath> byPath, FileAccess files) {
    for (String above = Above.of(guard.path()); !above.isEmpty(); above = Above.of(above)) {
      ProtectedPath other = byPath.get(above);
      if (other != null && keeps(other, guard, files)) {
        return true;
      }
    }
    return false;
  }

  private static boolean keeps(ProtectedPath outer, ProtectedPath inner, FileAccess files) {
    return Above.isBelow(inner.path(), outer.path())
        && Stream.concat(files.write().stream(), files.read().stream())
            .map(PathRule::path)
            .noneMatch(
                path -> Above.isBelow(path, outer.path()) && Above.isBelow(inner.path(), path));
  }

  /** Whether only the launcher can look at it, which knows the working directory. */
  static boolean isUnseen(ProtectedPath guard) {
    return guard.inWorkingDirectory() || guard.aboveWorkingDirectory();
  }

  /** The flags of a guard, and one more. */
  Set<ProtectFlag> flags(ProtectedPath guard, ProtectFlag other) {
    Set<ProtectFlag> flags = flags(guard);
    flags.add(other);
    return flags;
  }

  /** What the launcher has to know of a guard. */
  Set<ProtectFlag> flags(ProtectedPath guard) {
    Set<ProtectFlag> flags = EnumSet.noneOf(ProtectFlag.class);
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
}
