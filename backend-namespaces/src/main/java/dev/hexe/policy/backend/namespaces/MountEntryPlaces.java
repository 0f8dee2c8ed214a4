package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.host.HostTree;
import dev.hexe.policy.api.host.HostTree.Kind;
import dev.hexe.policy.api.host.ResolvedPath;
import dev.hexe.policy.api.plan.Layouts;
import dev.hexe.policy.api.plan.MountAttribute;
import dev.hexe.policy.api.plan.Mounts;
import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.problem.MissingPath;
import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.MountEntries;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.MountEntry.Changes;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.backend.namespaces.Place.Bind;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts what a profile lays out into a layout, on top of what is there. */
final class MountEntryPlaces {
  private static final Set<MountAttribute> DATA =
      Set.of(MountAttribute.NOSUID, MountAttribute.NODEV);
  private static final Set<MountAttribute> QUEUES =
      Set.of(MountAttribute.NOSUID, MountAttribute.NODEV, MountAttribute.NOEXEC);

  private final HostTree tree;
  private final Layout layout;
  private final Destinations destinations;

  MountEntryPlaces(HostTree tree, Layout layout, boolean newRoot) {
    this.tree = tree;
    this.layout = layout;
    this.destinations = new Destinations(new InsideTree(tree, layout, newRoot), layout);
  }

  /** The root, which everything else is put into. */
  void putRoot(MountEntries.Root root) {
    ResolvedPath source = source(root.source());
    if (source.kind() != Kind.DIRECTORY) {
      throw new CannotCompileException(
          "`" + root.source() + "` is not a directory, and cannot be the root", "");
    }
    layout.replace(
        "/",
        new Bind(
            source.path(), attributes("", root.writable()), false, false, Bind.Purpose.CHOSEN));
  }

  /** Everything else, parents first. */
  void putAll(FileAccess files) {
    new OverlayLayers(tree, files).check();
    Set<String> taken = new HashSet<>();
    Set<Integer> descriptors = new HashSet<>();
    files.fixtures().all().stream()
        .filter(fixture -> !(fixture instanceof MountEntry.Cache))
        .filter(fixture -> !(fixture instanceof MountEntry.ChangeStore))
        .sorted(Comparator.comparing(MountEntry::path))
        .forEach(
            fixture -> {
              refuseTwice(taken.add(fixture.path()), "two things are put at `%s`", fixture.path());
              if (fixture instanceof MountEntry.Copy copy) {
                refuseTwice(
                    descriptors.add(copy.descriptor()),
                    "two files are made of descriptor %s",
                    Integer.toString(copy.descriptor()));
              }
              place(fixture).ifPresent(place -> put(fixture, place));
            });
  }

  /**
   * Caches come last: somebody may have put something else there.
   *
   * @return those that are put
   */
  List<MountEntry.Cache> putCaches(FileAccess files) {
    return files.fixtures().all().stream()
        .filter(MountEntry.Cache.class::isInstance)
        .map(MountEntry.Cache.class::cast)
        .sorted(Comparator.comparing(MountEntry::path))
        .filter(this::putCache)
        .toList();
  }

  private boolean putCache(MountEntry.Cache cache) {
    ResolvedPath there = ResolvedPath.of(cache.path(), tree);
    boolean onHost = there.kind() == Kind.DIRECTORY;
    boolean placed = onHost || hasPlace(cache);
    if (layout.places().containsKey(cache.path()) || !(placed || canBeAdded(cache))) {
      return false;
    }
    if (!placed) {
      layout.add(cache.path());
    }
    String lower = cache.shared() && onHost ? there.path() : "";
    layout.replace(
        cache.path(),
        new Place.Special(
            DATA,
            (path, attributes, create) ->
                Layouts.cache(path, lower, cache.name(), attributes, create)));
    return true;
  }

  /** In the host's, only where the way to it is missing or a directory: no symlink is covered. */
  private boolean canBeAdded(MountEntry.Cache cache) {
    if (cache.contents() == MountEntry.Cache.Contents.SHARED_IF_PRESENT
        || !layout.canAdd(cache.path())) {
      return false;
    }
    return PathRule.wayTo(cache.path())
        .map(at -> tree.look(at).kind())
        .allMatch(kind -> kind == Kind.ABSENT || kind == Kind.DIRECTORY);
  }

  /** In another cache it needs none of its own, and in the host's nothing is made for it. */
  private boolean hasPlace(MountEntry.Cache cache) {
    return cache.contents() != MountEntry.Cache.Contents.SHARED_IF_PRESENT
        && layout.isInOurs(cache.path());
  }

  /** What every sandbox has, and what is listed, has to have its place in a root of the host's. */
  void requireMountPoints() {
    layout.places().keySet().stream()
        .filter(path -> path.startsWith("/") && isInRoot(path))
        .forEach(destinations::require);
  }

  private boolean isInRoot(String path) {
    return layout.above(path).filter(above -> above.getKey().equals("/")).isPresent()
        && !layout.isInOurs(path)
        && !(layout.places().get(path) instanceof Place.Symlink)
        && !(layout.places().get(path) instanceof Place.Directory);
  }

  private static void refuseTwice(boolean first, String message, String what) {
    if (!first) {
      throw new CannotCompileException(message.formatted(what), "leave one of them out");
    }
  }

  private void put(MountEntry fixture, Place place) {
    boolean exists = destinations.check(fixture, place);
    if (exists && place instanceof Place.Directory) {
      return;
    }
    layout.replace(fixture.path(), place);
  }

  /** Empty where there is nothing to be put. */
  private Optional<Place> place(MountEntry fixture) {
    if (fixture instanceof MountEntry.Bind bind) {
      return bind(bind);
    }
    if (fixture instanceof MountEntry.Overlay overlay) {
      return Optional.of(stack(overlay));
    }
    if (fixture instanceof MountEntry.Tmpfs tmpfs) {
      return Optional.of(new Place.Tmpfs(tmpfs.size(), tmpfs.mode(), DATA, true));
    }
    if (fixture instanceof MountEntry.Directory directory) {
      return Optional.of(new Place.Directory(directory.mode()));
    }
    if (fixture instanceof MountEntry.Symlink symlink) {
      return Optional.of(new Place.Symlink(symlink.target()));
    }
    return Optional.of(file(fixture));
  }

  private static Place file(MountEntry fixture) {
    if (fixture instanceof MountEntry.Text text) {
      byte[] content = text.text().getBytes(StandardCharsets.UTF_8);
      return new Place.Made(
          (path, mode, attributes, create) ->
              create
                  ? Mounts.file(path, mode, content)
                  : Layouts.fileOver(path, mode, content, attributes),
          text.mode(),
          DATA);
    }
    if (fixture instanceof MountEntry.Copy copy) {
      return new Place.Made(
          (path, mode, attributes, create) ->
              Layouts.fileFrom(path, mode, copy.descriptor(), attributes, !create),
          copy.mode(),
          DATA);
    }
    return new Place.Special(
        QUEUES,
        (path, attributes, create) -> Layouts.plain(Mounts.mqueue(path, attributes, create)));
  }

  private Optional<Place> bind(MountEntry.Bind bind) {
    if (bind.source().equals(PathRule.CWD)) {
      return Optional.of(bind(PathRule.CWD, bind, false));
    }
    ResolvedPath source = ResolvedPath.of(bind.source(), tree);
    if (source.kind() == Kind.ABSENT && bind.optional()) {
      return Optional.empty();
    }
    return Optional.of(bind(source(bind.source()).path(), bind, source.kind() == Kind.FILE));
  }

  private static Place bind(String source, MountEntry.Bind bind, boolean isFile) {
    return new Bind(
        source, attributes(source, bind.writable()), isFile, bind.optional(), Bind.Purpose.CHOSEN);
  }

  private Place stack(MountEntry.Overlay overlay) {
    EnumSet<MountAttribute> attributes = EnumSet.copyOf(DATA);
    if (overlay.changes() instanceof Changes.Refused) {
      attributes.add(MountAttribute.RDONLY);
    }
    Changes changes =
        overlay.changes() instanceof Changes.Kept kept
            ? new Changes.Kept(directory(kept.upper()), directory(kept.work()))
            : overlay.changes();
    return new Place.Stack(
        overlay.lower().stream().map(this::directory).toList(), changes, attributes);
  }

  private String directory(String path) {
    if (path.equals(PathRule.CWD)) {
      return path;
    }
    ResolvedPath source = source(path);
    if (source.kind() != Kind.DIRECTORY) {
      throw new CannotCompileException(
          "`" + path + "` is not a directory, and cannot be a layer of an overlay", "");
    }
    return source.path();
  }

  private ResolvedPath source(String path) {
    ResolvedPath source = ResolvedPath.of(path, tree);
    if (source.kind() == Kind.ABSENT) {
      throw new CannotCompileException(MissingPath.message(path), "create it");
    }
    return source;
  }

  /** Devices work below /dev only, and there because the profile names them. */
  private static Set<MountAttribute> attributes(String source, boolean writable) {
    EnumSet<MountAttribute> attributes = EnumSet.of(MountAttribute.NOSUID);
    if (!source.equals("/dev") && !source.startsWith("/dev/")) {
      attributes.add(MountAttribute.NODEV);
    }
    if (!writable) {
      attributes.add(MountAttribute.RDONLY);
    }
    return attributes;
  }
}
