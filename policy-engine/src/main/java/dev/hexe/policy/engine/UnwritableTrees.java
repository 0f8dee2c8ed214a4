package dev.hexe.policy.engine;

import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.NextRun;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import java.util.List;
import java.util.stream.Stream;

/**
 * Trees that a profile lists to be written and of which nothing can be written, because they decide
 * the next run: the checkout that this program is started from, for one. All that a command would
 * see is a read-only file system.
 */
public final class UnwritableTrees {
  private UnwritableTrees() {}

  /** A line about each, with the way out. */
  public static List<String> warnings(Profile profile) {
    return profile.asksFor(Guarantee.NEXT_RUN)
        ? profile.files().write().stream()
            .map(PathRule::path)
            .distinct()
            .flatMap(path -> warning(path, profile.nextRun()))
            .toList()
        : List.of();
  }

  private static Stream<String> warning(String path, NextRun nextRun) {
    return nextRun.fixed().stream()
        .filter(tree -> PathRule.isIn(path, tree))
        .limit(1)
        .map(
            tree ->
                nextRun.programs().contains(tree)
                    ? program(path, tree)
                    : "warning: nothing can be written in `%s`, though it is listed: `%s` decides what the next run of hexe-policy does"
                        .formatted(path, tree));
  }

  private static String program(String path, String tree) {
    return "warning: nothing can be written in `%s`, though it is listed: hexe-policy is started from `%s`, which decides its next run; to work there, start one that is installed elsewhere, as with `make install PREFIX=$HOME/.local`"
        .formatted(path, tree);
  }
}
