package dev.hexe.policy.cli.changes;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All runs whose changes are kept.
 *
 * @param stores the directories that may hold some
 */
public record KeptRuns(List<Path> stores) {
  /** Copies the list. */
  public KeptRuns {
    stores = List.copyOf(stores);
  }

  /** The oldest first. */
  public List<KeptRun> all() {
    List<KeptRun> all = new ArrayList<>();
    stores.forEach(store -> all.addAll(in(store)));
    all.sort(Comparator.comparing(KeptRun::started).thenComparing(KeptRun::id));
    return all;
  }

  private static List<KeptRun> in(Path store) {
    List<KeptRun> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(store)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          found.add(KeptRun.read(entry));
        }
      }
      return found;
    } catch (IOException e) {
      // There is none, and so nothing in it.
      return List.of();
    }
  }

  /**
   * The one that is meant by its id, or by how that begins.
   *
   * @throws ChangesException where there is none, or more than one
   */
  public KeptRun named(String id) {
    List<KeptRun> found = all().stream().filter(run -> run.id().startsWith(id)).toList();
    if (found.size() != 1 || id.isEmpty()) {
      String what = found.isEmpty() ? "no changes are kept as `" : "more than one begins with `";
      throw new ChangesException(what + id + "`", "`hexe-policy changes` lists them");
    }
    return found.get(0);
  }
}
