package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.host.HostTree;
import dev.hexe.policy.api.host.ResolvedPath;
import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Fixture;
import dev.hexe.policy.api.profile.PathRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What of the host's files a profile lists, as they lie without symlinks. */
final class ReachedTrees {
  private final HostTree tree;
  private final boolean everything;
  private final List<String> read;
  private final List<String> write;
  private final List<Fixture.Bind> binds;
  private final Map<String, GuardedPath> found = new HashMap<>();

  ReachedTrees(FileAccess files, HostTree tree) {
    this.tree = tree;
    everything = files.unlisted() == Unlisted.ALLOWED;
    read = resolved(files.read()).toList();
    write = resolved(files.write()).toList();
    binds =
        files.fixtures().all().stream()
            .filter(Fixture.Bind.class::isInstance)
            .map(Fixture.Bind.class::cast)
            .toList();
  }

  private Stream<String> resolved(List<PathRule> rules) {
    return rules.stream()
        .map(PathRule::path)
        .filter(path -> !path.equals(PathRule.CWD))
        .map(path -> ResolvedPath.of(path, tree.glancing()).path());
  }

  /** Where a path leads. */
  GuardedPath find(String path) {
    return found.computeIfAbsent(path, it -> GuardedPath.of(it, tree));
  }

  /** Where a path of the host is seen inside, and can be written. */
  List<String> writtenAs(String path) {
    return Stream.concat(
            Stream.of(path).filter(this::isWritable),
            seenAs(path, binds.stream().filter(Fixture.Bind::writable)))
        .toList();
  }

  /** Where a path of the host is seen inside, and can be read. */
  List<String> readAs(String path) {
    return Stream.concat(Stream.of(path).filter(this::isReadable), seenAs(path, binds.stream()))
        .toList();
  }

  private Stream<String> seenAs(String path, Stream<Fixture.Bind> among) {
    return among.flatMap(
        bind -> {
          String source = find(bind.source()).path();
          return isAtOrBelow(path, source)
              ? Stream.of(bind.path() + path.substring(source.equals("/") ? 0 : source.length()))
              : Stream.empty();
        });
  }

  /** Whether a list would let it be written. */
  boolean isWritable(String path) {
    return everything || write.stream().anyMatch(root -> isAtOrBelow(path, root));
  }

  /** Whether a list would let it be read. */
  boolean isReadable(String path) {
    return isWritable(path) || read.stream().anyMatch(root -> isAtOrBelow(path, root));
  }

  private static boolean isAtOrBelow(String path, String root) {
    return path.equals(root) || path.startsWith(root.equals("/") ? root : root + "/");
  }
}
