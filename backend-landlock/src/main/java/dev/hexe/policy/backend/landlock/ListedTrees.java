package dev.hexe.policy.backend.landlock;

import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.PathRule;
import java.util.List;
import java.util.stream.Stream;

/**
 * The relations of listed paths to each other. A rule of Landlock holds for a whole tree and only
 * adds rights: nothing below can be taken out of it again.
 */
final class ListedTrees {
  private ListedTrees() {}

  /** Whether a path to read lies below one to write, which would make it writable. */
  static boolean readBelowWrite(FileAccess files) {
    return files.read().stream()
        .anyMatch(
            read ->
                files.write().stream()
                    .anyMatch(
                        write ->
                            PathRule.isIn(read.path(), write.path())
                                && !write.path().equals(read.path())));
  }

  /** Whether a path without execution lies below one that is listed with it. */
  static boolean dataBelowPrograms(FileAccess files) {
    return files.fixtures().noExecute().stream()
        .map(PathRule::path)
        .anyMatch(
            data ->
                Stream.concat(files.read().stream(), files.write().stream())
                    .map(PathRule::path)
                    .anyMatch(listed -> PathRule.isIn(data, listed) && !listed.equals(data)));
  }

  /** Whether anything at {@code path} can be opened because it, or a tree it is in, is listed. */
  static boolean opens(FileAccess files, String path) {
    return anyCovers(Stream.of(files.read(), files.write()), path);
  }

  /** Whether the entries of {@code path} can be seen because it, or a tree it is in, is listed. */
  static boolean shows(FileAccess files, String path) {
    return anyCovers(Stream.of(files.read(), files.write(), files.list()), path);
  }

  private static boolean anyCovers(Stream<List<PathRule>> lists, String path) {
    return lists.flatMap(List::stream).anyMatch(rule -> PathRule.isIn(path, rule.path()));
  }
}
