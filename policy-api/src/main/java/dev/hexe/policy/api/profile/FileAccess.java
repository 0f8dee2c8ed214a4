package dev.hexe.policy.api.profile;

import java.util.List;
import java.util.stream.Stream;

/**
 * The files that the command reaches.
 *
 * @param unlisted what holds for every path that no list covers
 * @param read readable and executable, never writable, with everything below
 * @param write readable, executable and writable, with everything below
 * @param list directories whose entries may be listed, and nothing else
 * @param tmp what /tmp is
 * @param minimalDevices whether /dev holds the harmless devices alone
 * @param fixtures what the profile puts at paths of its choice
 */
public record FileAccess(
    Unlisted unlisted,
    List<PathRule> read,
    List<PathRule> write,
    List<PathRule> list,
    Tmp tmp,
    boolean minimalDevices,
    MountEntries fixtures) {
  /** The rule for a path that is not listed. */
  public enum Unlisted {
    /** It is as it is on the host. */
    ALLOWED,
    /** It cannot be opened, executed, created, removed or renamed; its existence may be seen. */
    DENIED,
    /** It does not exist. */
    ABSENT
  }

  /** Every path as on the host. */
  public static final FileAccess HOST =
      new FileAccess(Unlisted.ALLOWED, List.of(), List.of(), List.of(), Tmp.HOST, false);

  /** One that lays out nothing by itself. */
  public FileAccess(
      Unlisted unlisted,
      List<PathRule> read,
      List<PathRule> write,
      List<PathRule> list,
      Tmp tmp,
      boolean minimalDevices) {
    this(unlisted, read, write, list, tmp, minimalDevices, MountEntries.NONE);
  }

  /** Copies the lists. */
  public FileAccess {
    read = List.copyOf(read);
    write = List.copyOf(write);
    list = List.copyOf(list);
  }

  /**
   * Whether a path lies in a tree that becomes read-only, and nothing in between is listed or put
   * there for writing: of those above a path the nearest counts. Devices work all the same, as they
   * do on a read-only mount, unless they are named.
   */
  public boolean forbidsWriting(String path) {
    int tree = depth(fixtures.readOnly().stream().map(PathRule::path), path);
    boolean device = PathRule.isIn(path, "/dev") && !path.equals("/dev/shm");
    return tree > 0 && tree >= depth(written(), path) && !(device && tree < "/dev".length());
  }

  /** The paths below read-only trees that stay as they are. */
  public List<String> sparedFromReadOnly() {
    return written()
        .filter(path -> depth(fixtures.readOnly().stream().map(PathRule::path), path) > 0)
        .filter(path -> !forbidsWriting(path))
        .distinct()
        .toList();
  }

  private Stream<String> written() {
    return Stream.of(
            write.stream().map(PathRule::path),
            fixtures.all().stream().map(MountEntry::path),
            tmp.isPrivate() ? Stream.of("/tmp") : Stream.<String>empty())
        .flatMap(paths -> paths);
  }

  /** The length of the longest of these trees that a path is in; 0 where it is in none. */
  private static int depth(Stream<String> trees, String path) {
    return trees.filter(tree -> PathRule.isIn(path, tree)).mapToInt(String::length).max().orElse(0);
  }

  /** The paths of the host that the command is given to read or to write, at whatever path. */
  public Stream<String> given() {
    return Stream.of(
            Stream.of(read, write).flatMap(List::stream).map(PathRule::path), fixtures.sources())
        .flatMap(paths -> paths);
  }

  /** The same with something else laid out. */
  public FileAccess withFixtures(MountEntries other) {
    return new FileAccess(unlisted, read, write, list, tmp, minimalDevices, other);
  }

  /** The same with more to read. */
  public FileAccess withRead(List<PathRule> more) {
    List<PathRule> all = Stream.concat(read.stream(), more.stream()).distinct().toList();
    return new FileAccess(unlisted, all, write, list, tmp, minimalDevices, fixtures);
  }
}
