package dev.hexe.policy.backend.namespaces.protect;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Guards;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.ProtectedPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The watch over git's configurations, each by whether the profile lets it be changed. */
final class GitPlan {
  /**
   * A profile that protects something of git's cares for what git obeys, which can lie anywhere in
   * a project.
   */
  private static final Set<String> OF_GIT =
      Set.of(PathRule.CWD + "/.git/", PathRule.ABOVE + "/.git/");

  private static final String CONFIG = "/.git/config";
  private static final String ALLOW_HERE = "--git-config";

  private final Profile profile;
  private final List<ProtectedPath> protectedPaths;
  private final ReachedTrees trees;

  GitPlan(Profile profile, List<ProtectedPath> protectedPaths, ReachedTrees trees) {
    this.profile = profile;
    this.protectedPaths = protectedPaths;
    this.trees = trees;
  }

  /** Whether the profile protects anything of git's. */
  boolean isCaredFor() {
    return protectedPaths.stream()
        .anyMatch(guard -> OF_GIT.stream().anyMatch(guard.path()::startsWith));
  }

  /** What a file {@code .git} leads to is protected, but for these. */
  List<String> lifted() {
    Stream<String> linked =
        profile.safeguards().gitConfig() ? Stream.of(Guards.LINKED_CONFIG) : Stream.empty();
    return Stream.concat(linked, written()).distinct().toList();
  }

  private Stream<String> written() {
    return profile.files().write().stream().map(PathRule::path);
  }

  List<Action> watches() {
    List<Action> watches = new ArrayList<>();
    watches.add(watch(Guards.GIT_HERE, isChangeableHere(), ALLOW_HERE));
    String user = profile.home() + "/.gitconfig";
    if (!trees.writtenAs(user).isEmpty()) {
      boolean kept = protectedPaths.stream().anyMatch(guard -> guard.path().equals(user));
      watches.add(watch(user, !kept, "--write " + user));
    }
    return watches;
  }

  private boolean isChangeableHere() {
    return profile.safeguards().gitConfig()
        || written().anyMatch(path -> path.endsWith(CONFIG))
        || protectedPaths.stream().noneMatch(guard -> guard.path().endsWith(CONFIG));
  }

  private static Action watch(String file, boolean changeable, String hint) {
    return Guards.gitConfig(
        List.of(file), changeable, hint, GitEntries.HARMLESS, GitEntries.PROGRAMS);
  }
}
