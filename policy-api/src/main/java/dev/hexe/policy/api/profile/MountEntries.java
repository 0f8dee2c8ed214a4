package dev.hexe.policy.api.profile;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The layout of a profile by itself, beside what it lets the command see of the host's tree.
 *
 * @param root the directory that becomes the root, or null for an empty one
 * @param all what is put at paths; of two with one path the later one counts
 * @param readOnly paths inside that become read-only, with everything below
 * @param noExecute paths inside at or below which nothing can be executed
 */
public record MountEntries(
    @Nullable Root root, List<MountEntry> all, List<PathRule> readOnly, List<PathRule> noExecute) {
  /** Nothing is laid out. */
  public static final MountEntries NONE = new MountEntries(null, List.of(), List.of(), List.of());

  /**
   * A directory of the host that becomes the root.
   *
   * @param source where it is on the host
   * @param writable whether it can be written
   */
  public record Root(String source, boolean writable) {}

  /** Copies the lists. */
  public MountEntries {
    all = List.copyOf(all);
    readOnly = List.copyOf(readOnly);
    noExecute = List.copyOf(noExecute);
  }

  /** Whether anything has to be mounted or made. */
  public boolean layOut() {
    return root != null || !all.isEmpty() || !readOnly.isEmpty();
  }

  /** Whether {@code path} is at or below one at which nothing can be executed. */
  public boolean forbidsExecution(String path) {
    return covers(noExecute, path);
  }

  /** Whether the whole tree becomes read-only. */
  public boolean forbidWritingAnywhere() {
    return readOnly.stream().anyMatch(rule -> rule.path().equals("/"));
  }

  /** Whether nothing in the whole tree can be executed. */
  public boolean forbidExecutingAnything() {
    return noExecute.stream().anyMatch(rule -> rule.path().equals("/"));
  }

  private static boolean covers(List<PathRule> rules, String path) {
    return rules.stream().map(PathRule::path).anyMatch(tree -> PathRule.isIn(path, tree));
  }

  /** The paths of the host that the command writes through these. */
  public Stream<String> writtenSources() {
    return Stream.of(
            root != null && root.writable() ? Stream.of(root.source()) : Stream.<String>empty(),
            all.stream().flatMap(MountEntries::written))
        .flatMap(paths -> paths);
  }

  private static Stream<String> written(MountEntry fixture) {
    if (fixture instanceof MountEntry.Bind bind && bind.writable()) {
      return Stream.of(bind.source());
    }
    if (fixture instanceof MountEntry.Overlay overlay
        && overlay.changes() instanceof MountEntry.Changes.Kept kept) {
      return Stream.of(kept.upper());
    }
    return Stream.empty();
  }

  /** The paths of the host that these need, written or not. */
  public Stream<String> sources() {
    return Stream.of(
            Stream.ofNullable(root).map(Root::source), all.stream().flatMap(MountEntries::needed))
        .flatMap(paths -> paths);
  }

  private static Stream<String> needed(MountEntry fixture) {
    if (fixture instanceof MountEntry.Bind bind) {
      return Stream.of(bind.source());
    }
    if (!(fixture instanceof MountEntry.Overlay overlay)) {
      return Stream.empty();
    }
    Stream<String> kept =
        overlay.changes() instanceof MountEntry.Changes.Kept changes
            ? Stream.of(changes.upper(), changes.work())
            : Stream.empty();
    return Stream.concat(overlay.lower().stream(), kept);
  }

  /** Where changes of the host's files are kept, if they are. */
  public Optional<MountEntry.ChangeStore> changeStore() {
    return all.stream()
        .filter(MountEntry.ChangeStore.class::isInstance)
        .map(MountEntry.ChangeStore.class::cast)
        .findFirst();
  }

  /** The same with one more. */
  public MountEntries with(MountEntry fixture) {
    return new MountEntries(
        root, Stream.concat(all.stream(), Stream.of(fixture)).toList(), readOnly, noExecute);
  }

  /** The overlays among them. */
  public Stream<MountEntry.Overlay> overlays() {
    return all.stream()
        .filter(MountEntry.Overlay.class::isInstance)
        .map(MountEntry.Overlay.class::cast);
  }
}
