package dev.hexe.policy.cli.explain;

import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The entries of profiles on paths: of each the nearest one that is listed, it or one above,
 * counts.
 */
final class ListedPath {
  private static final String CWD = "${CWD}";

  private ListedPath() {}

  private record Rule(String path, String access, boolean optional) {}

  /** All paths that one of the two lists, as people write them. */
  static List<String> of(ComparedProfile left, ComparedProfile right) {
    return Stream.of(left, right)
        .flatMap(side -> rules(side.explanation().profile()))
        .map(Rule::path)
        .distinct()
        .sorted()
        .toList();
  }

  /** What may be done with a path; empty where nothing. */
  static String access(ComparedProfile side, String path) {
    Profile profile = side.explanation().profile();
    // Of two lists with one path the later one here grants more.
    Optional<Rule> nearest =
        rules(profile)
            .filter(rule -> PathRule.isIn(path, rule.path()))
            .reduce((one, other) -> other.path().length() >= one.path().length() ? other : one);
    if (nearest.isEmpty()) {
      return profile.files().unlisted() == Unlisted.ALLOWED ? "as on the host" : "";
    }
    Rule rule = nearest.get();
    boolean optional = rule.optional() && rule.path().equals(path);
    return rule.access() + (optional ? " if present" : "");
  }

  private static Rule rule(MountEntry fixture, String home) {
    boolean optional = fixture instanceof MountEntry.Bind bind && bind.optional();
    return new Rule(shown(fixture.path(), home), MountEntryText.of(fixture), optional);
  }

  private static Stream<Rule> rules(Profile profile) {
    FileAccess files = profile.files();
    return Stream.of(
            rules(files.list(), "list", profile.home()),
            rules(files.read(), "read", profile.home()),
            rules(files.write(), "write", profile.home()),
            files.fixtures().all().stream().map(fixture -> rule(fixture, profile.home())))
        .flatMap(rules -> rules);
  }

  // One that has to be there counts over the same one that may be missing.
  private static Stream<Rule> rules(List<PathRule> listed, String access, String home) {
    return listed.stream()
        .sorted(Comparator.comparing(PathRule::optional).reversed())
        .map(rule -> new Rule(shown(rule.path(), home), access, rule.optional()));
  }

  private static String shown(String path, String home) {
    if (path.equals(PathRule.CWD)) {
      return CWD;
    }
    return PathRule.withTilde(path, home);
  }
}
