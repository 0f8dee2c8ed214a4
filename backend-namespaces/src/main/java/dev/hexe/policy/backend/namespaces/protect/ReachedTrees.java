package dev.hexe.policy.backend.namespaces.protect;

import dev.hexe.policy.api.host.GuardedPath;
import dev.hexe.policy.api.host.GuardedPaths;
import dev.hexe.policy.api.host.HostTree;
import dev.hexe.policy.api.host.ResolvedPath;
import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.MountEntries;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.ProtectedPath;
import java.util.List;
import java.util.stream.Stream;

/** The host's files that a profile lists, as they lie without symlinks. */
final class ReachedTrees {
  private static final String ROOT = "/";

  private final HostTree tree;
  private final boolean everything;
  private final List<String> read;
  private final List<String> write;
  private final List<Elsewhere> elsewhere;
  private final GuardedPaths found;

  ReachedTrees(FileAccess files, HostTree tree) {
    this.tree = tree;
    found = new GuardedPaths(tree);
    everything = files.unlisted() == Unlisted.ALLOWED;
    read = resolved(files.read()).toList();
    write = resolved(files.write()).toList();
    MountEntries entries = files.fixtures();
    elsewhere =
        Stream.concat(
                Stream.ofNullable(entries.root())
                    .map(root -> new Elsewhere(root.source(), ROOT, root.writable())),
                entries.all().stream().flatMap(ReachedTrees::shown))
            .toList();
  }

  /**
   * A tree of the host at another place.
   *
   * @param source where it is on the host
   * @param path where it is inside
   * @param writable whether the host's is written there
   */
  private record Elsewhere(String source, String path, boolean writable) {}

  private static Stream<Elsewhere> shown(MountEntry fixture) {
    if (fixture instanceof MountEntry.Bind bind) {
      return Stream.of(new Elsewhere(bind.source(), bind.path(), bind.writable()));
    }
    if (fixture instanceof MountEntry.Cache cache) {
      return cache.shared()
          ? Stream.of(new Elsewhere(cache.path(), cache.path(), false))
          : Stream.empty();
    }
    return fixture instanceof MountEntry.Overlay overlay
        ? overlay.lower().stream().map(lower -> new Elsewhere(lower, overlay.path(), false))
        : Stream.empty();
  }

  /** Where else the working directory is seen inside, and can be written or only be read. */
  List<String> workingDirectoryAt(boolean writable) {
    return elsewhere.stream()
        .filter(tree -> tree.source().equals(PathRule.CWD) && !tree.path().equals(PathRule.CWD))
        .filter(tree -> tree.writable() || !writable)
        .map(Elsewhere::path)
        .toList();
  }

  /**
   * Tells that the working directory is put somewhere, and can be written there or only be read.
   */
  boolean putsWorkingDirectory(boolean writable) {
    return elsewhere.stream()
        .filter(tree -> tree.source().equals(PathRule.CWD))
        .anyMatch(tree -> tree.writable() || !writable);
  }

  /** Trees of the host that the command can write, {@code @cwd} for the working directory. */
  List<String> writable(FileAccess files) {
    if (everything) {
      return List.of("/");
    }
    Stream<String> here =
        files.write().stream().map(PathRule::path).filter(path -> path.equals(PathRule.CWD));
    Stream<String> laidOut =
        Stream.concat(files.fixtures().writtenSources(), stores(files.fixtures()))
            .map(path -> path.startsWith("/") ? find(path).path() : path);
    return Stream.of(here, write.stream(), laidOut).flatMap(it -> it).distinct().toList();
  }

  /** Directories of the host in which changes of caches are kept. */
  private static Stream<String> stores(MountEntries fixtures) {
    return fixtures.all().stream()
        .filter(MountEntry.Cache.class::isInstance)
        .map(MountEntry.Cache.class::cast)
        .map(MountEntry.Cache::store);
  }

  /**
   * Tells that nothing is there. It is not remembered: what was made for this very start, such as
   * directories of the cache, changed just now.
   */
  boolean isMissing(String path) {
    return tree.glance(path).kind() == HostTree.Kind.ABSENT;
  }

  boolean isDirectory(String path) {
    return tree.glance(path).kind() == HostTree.Kind.DIRECTORY;
  }

  private Stream<String> resolved(List<PathRule> rules) {
    return rules.stream()
        .map(PathRule::path)
        .filter(path -> !path.equals(PathRule.CWD))
        .map(path -> ResolvedPath.of(path, tree.glancing()).path());
  }

  /** Where a path leads. */
  GuardedPath find(String path) {
    return found.of(path);
  }

  /** Where a path of the host is seen inside, and can be written. */
  List<String> writtenAs(String path) {
    return Stream.concat(
            Stream.of(path).filter(this::isWritable),
            seenAs(path, elsewhere.stream().filter(Elsewhere::writable)))
        .toList();
  }

  /** Places inside of parts that can be written, of what is itself not written. */
  List<String> writtenBelow(String path) {
    Stream<String> listed = isWritable(path) ? Stream.empty() : write.stream();
    return Stream.concat(
            listed.filter(part -> isAtOrBelow(part, path)),
            partsOf(path, elsewhere.stream().filter(Elsewhere::writable)))
        .toList();
  }

  /** Places inside of parts of it that are put elsewhere, and can be read. */
  List<String> putElsewhereFrom(String path) {
    return partsOf(path, elsewhere.stream()).toList();
  }

  private Stream<String> partsOf(String path, Stream<Elsewhere> among) {
    return among
        .filter(tree -> tree.source().startsWith("/") && tree.path().startsWith("/"))
        .filter(
            tree -> {
              String source = find(tree.source()).path();
              return !source.equals(path) && isAtOrBelow(source, path);
            })
        .map(Elsewhere::path);
  }

  /** Where a path of the host is seen inside, and can be read. */
  List<String> readAs(String path) {
    return Stream.concat(Stream.of(path).filter(this::isReadable), seenAs(path, elsewhere.stream()))
        .toList();
  }

  /** Where a guard is; one that is broken is an error only where somebody listed it. */
  GuardedPath find(ProtectedPath guard) {
    return guard.usual() ? found.orBroken(guard.path()) : found.of(guard.path());
  }

  /** Where the working directory is, and so what is in it, the launcher knows and looks. */
  private Stream<String> seenAs(String path, Stream<Elsewhere> among) {
    return among
        .filter(tree -> tree.source().startsWith("/") && tree.path().startsWith("/"))
        .flatMap(
            tree -> {
              String source = find(tree.source()).path();
              return isAtOrBelow(path, source)
                  ? Stream.of(
                      at(tree.path(), path.substring(source.equals(ROOT) ? 0 : source.length())))
                  : Stream.empty();
            });
  }

  private static String at(String tree, String rest) {
    String path = tree.equals(ROOT) ? rest : tree + rest;
    return path.isEmpty() ? ROOT : path;
  }

  /** Whether a list would let it be written. */
  boolean isWritable(String path) {
    return everything || write.stream().anyMatch(root -> isAtOrBelow(path, root));
  }

  /** Whether a list would let it, or a part of it, be read: {@code /bin} is one of {@code /usr}. */
  boolean isReadable(String path) {
    return isWritable(path)
        || read.stream().anyMatch(root -> isAtOrBelow(path, root))
        || Stream.concat(read.stream(), write.stream()).anyMatch(root -> isAtOrBelow(root, path));
  }

  private static boolean isAtOrBelow(String path, String root) {
    return path.equals(root) || path.startsWith(root.equals("/") ? root : root + "/");
  }
}
