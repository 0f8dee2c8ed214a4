package dev.hexe.policy.engine.system;

import dev.hexe.policy.api.host.HostTree;
import dev.hexe.policy.api.host.HostTree.Kind;
import dev.hexe.policy.api.host.ResolvedPath;
import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Follows the symlinks of {@link SystemFiles} out of the trees that a profile lists. What they lead
 * to becomes readable and nothing else; what cannot be granted is a warning.
 */
public final class SystemLinks {
  private final Profile profile;
  private final HostTree tree;
  private final GrantedTrees granted;
  private final List<PathRule> rules = new ArrayList<>();
  private final List<FollowedLink> links = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private SystemLinks(Profile profile, HostTree tree) {
    this.profile = profile;
    this.tree = tree;
    this.granted = new GrantedTrees(profile, tree);
  }

  /**
   * A profile that lists what its system files lead to as well.
   *
   * @param profile with a rule for each link
   * @param targets what that is
   */
  public record Followed(Profile profile, SystemTargets targets) {}

  public static Followed follow(Profile profile, HostTree tree) {
    if (profile.files().unlisted() == Unlisted.ALLOWED) {
      return new Followed(profile, SystemTargets.NONE);
    }
    SystemLinks system = new SystemLinks(profile, tree);
    for (SystemFiles group : SystemFiles.ALL) {
      group.paths().forEach(path -> system.follow(path, group.reason()));
    }
    system.followChoices();
    return system.result();
  }

  private Followed result() {
    Profile all = rules.isEmpty() ? profile : profile.withFiles(profile.files().withRead(rules));
    return new Followed(all, new SystemTargets(links, warnings));
  }

  private void follow(String path, String reason) {
    if (!granted.listsForReading(path)) {
      return;
    }
    Optional<ResolvedPath> found = resolve(path).filter(it -> it.kind() != Kind.ABSENT);
    if (found.isEmpty() || granted.isCovered(path)) {
      return;
    }
    ResolvedPath resolved = found.get();
    if (resolved.links().isEmpty()) {
      tree.rememberEntry(path);
    } else if (!granted.reaches(resolved)) {
      Optional<String> obstacle = new LinkTarget(resolved, granted, tree).obstacle();
      obstacle.ifPresentOrElse(
          why -> warnings.add(warning(path, resolved.path(), why)),
          () -> grant(path, resolved.path(), reason));
    }
  }

  /** One that leads into a package in /opt or the like would be a program without its libraries. */
  private void followChoices() {
    Optional<ResolvedPath> directory = resolve(SystemFiles.CHOICES);
    if (directory.filter(it -> it.kind() == Kind.DIRECTORY).isEmpty()
        || !granted.listsForReading(SystemFiles.CHOICES)) {
      return;
    }
    Map<String, String> choices = tree.linksIn(directory.get().path());
    choices.forEach(
        (name, target) -> {
          if (target.startsWith("/var/") || target.startsWith("/run/")) {
            followChoice(SystemFiles.CHOICES + "/" + name);
          }
        });
  }

  /** What is no file is left alone without a word: it is a service's socket. */
  private void followChoice(String path) {
    resolve(path)
        .filter(it -> it.kind() != Kind.ABSENT && !granted.reaches(it))
        .filter(it -> new LinkTarget(it, granted, tree).obstacle().isEmpty())
        .ifPresent(it -> grant(path, it.path(), SystemFiles.reasonForChoices()));
  }

  private void grant(String path, String target, String reason) {
    if (granted.isHidden(path) || granted.isHidden(target)) {
      return;
    }
    rules.add(PathRule.ifPresent(path));
    links.add(new FollowedLink(path, target, reason));
  }

  /** Too many symlinks, or one that each process sees differently, lead nowhere here. */
  private Optional<ResolvedPath> resolve(String path) {
    try {
      return Optional.of(ResolvedPath.of(path, tree));
    } catch (CannotCompileException e) {
      return Optional.empty();
    }
  }

  private static String warning(String path, String target, String why) {
    return "warning: `%s` leads to `%s`, which is not there inside: it %s; list it with `--read %s` if it shall be"
        .formatted(path, target, why, target);
  }
}
