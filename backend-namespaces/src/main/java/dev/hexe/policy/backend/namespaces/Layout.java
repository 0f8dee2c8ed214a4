package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Layouts;
import dev.hexe.policy.api.plan.MountAttribute;
import dev.hexe.policy.api.plan.Mounts;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.backend.namespaces.Place.Bind;
import dev.hexe.policy.backend.namespaces.Place.Directory;
import dev.hexe.policy.backend.namespaces.Place.Symlink;
import dev.hexe.policy.backend.namespaces.Place.Tmpfs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The entries of a tree by path, in any order of writing; actions come out parents first. A path
 * that is put twice keeps what gives more: a writable tree over a read-only one, anything over an
 * empty directory.
 */
final class Layout {
  private static final String ROOT = "/";

  /** For names, mount points and symlinks of a directory alone. */
  private static final long ENTRIES_SIZE = 16L << 20;

  private static final Set<MountAttribute> ENTRIES =
      Set.of(MountAttribute.NOSUID, MountAttribute.NODEV);

  private final TreeMap<String, Place> places = new TreeMap<>();
  private final Set<String> sealed = new TreeSet<>();
  private final boolean newRoot;
  private final boolean keepsChanges;

  /** A layout of a new root, or of the host's. */
  Layout(boolean newRoot) {
    this(newRoot, false);
  }

  /** One in which what is changed in trees of the host is kept apart where that is said. */
  Layout(boolean newRoot, boolean keepsChanges) {
    this.newRoot = newRoot;
    this.keepsChanges = keepsChanges;
  }

  void put(String path, Place place) {
    places.merge(path, place, Layout::better);
  }

  /** Puts something there, whatever was there before. */
  void replace(String path, Place place) {
    places.put(path, place);
  }

  private static Place better(Place old, Place next) {
    boolean keep =
        next instanceof Directory
            || (next instanceof Symlink && !(old instanceof Directory))
            || (next instanceof Bind bind && bind.isReadOnly() && old instanceof Bind);
    return keep ? old : next;
  }

  /** The actions, each path after those above it. */
  List<Action> actions() {
    List<Action> actions = new ArrayList<>();
    if (!keepsChanges) {
      pin(); // an overlay lets no directory be renamed that was there before
    }
    ChangedTrees changed = new ChangedTrees(this);
    places.forEach(
        (path, place) -> {
          if (isNeeded(path, place)) {
            boolean create = isOurs(above(path));
            closeInMemory(path, place, actions);
            actions.addAll(
                keepsChanges && place instanceof Bind bind && ChangedTrees.isOne(bind)
                    ? changed.at(path, bind, create)
                    : place.at(path, create));
          }
        });
    for (String path : sealed) {
      actions.add(Layouts.plain(Mounts.attributes(path, Set.of(MountAttribute.RDONLY), false)));
    }
    return actions;
  }

  /** Directories that are made in what a command can write get a file system that is closed. */
  private void closeInMemory(String path, Place place, List<Action> actions) {
    if (place instanceof Bind bind && !bind.added().isEmpty() && !isInSealed(path)) {
      actions.add(Mounts.tmpfs(path, ENTRIES_SIZE, 0755, ENTRIES, true));
      sealed.add(path);
    }
  }

  /**
   * Adds an attribute to every mount at or below a path, except for those at or below others. What
   * is ours becomes read-only only after everything in it was made.
   */
  void restrict(String path, MountAttribute attribute, List<String> except) {
    Map.copyOf(atOrBelow(path))
        .forEach(
            (at, place) -> {
              if (isAmong(at, except)) {
                return;
              }
              if (place.isMount() && place.isOurs() && attribute == MountAttribute.RDONLY) {
                sealed.add(at);
              } else {
                places.put(at, place.with(attribute));
              }
            });
  }

  private static boolean isAmong(String path, List<String> trees) {
    return trees.stream().anyMatch(tree -> path.equals(tree) || path.startsWith(tree + "/"));
  }

  /** Whether something is put below a path. */
  boolean leadsTo(String path) {
    String next = places.higherKey(path + "/");
    return next != null && next.startsWith(path + "/");
  }

  /** The places at and below a path. */
  Map<String, Place> atOrBelow(String path) {
    if (path.equals(ROOT)) {
      return places;
    }
    Map<String, Place> found = new TreeMap<>(places.subMap(path + "/", path + "0"));
    Optional.ofNullable(places.get(path)).ifPresent(place -> found.put(path, place));
    return found;
  }

  /**
   * A restricted tree inside a writable one could be renamed away together with a directory above
   * it, and something else be put at its path. A mount point cannot be renamed, so each directory
   * on the way is bound onto itself.
   */
  private void pin() {
    Map<String, Place> pins = new TreeMap<>();
    places.forEach(
        (path, place) -> {
          if (place.isRestricted()) {
            above(path)
                .filter(outer -> outer.getValue() instanceof Bind bind && !bind.isReadOnly())
                .ifPresent(outer -> pinAbove(path, outer, pins));
          }
        });
    pins.forEach(places::putIfAbsent);
  }

  private void pinAbove(String path, Map.Entry<String, Place> outer, Map<String, Place> pins) {
    if (!(outer.getValue() instanceof Bind writable)) {
      return;
    }
    String parent = parent(path);
    while (parent.length() > outer.getKey().length() && !places.containsKey(parent)) {
      pins.put(parent, Bind.pin(writable.sourceOf(outer.getKey(), parent), writable.attributes()));
      parent = parent(parent);
    }
  }

  private boolean isNeeded(String path, Place place) {
    Optional<Place> above = above(path).map(Map.Entry::getValue);
    if (place instanceof Bind bind && bind.purpose() == Bind.Purpose.LISTED) {
      return bind.isFirm()
          || (bind.isReadOnly() && handsOverWorkingDirectory())
          || above.map(parent -> !shows(parent, bind)).orElse(newRoot || bind.isRestricted());
    }
    if (place instanceof Symlink || place instanceof Directory) {
      return isOurs(above(path));
    }
    return true;
  }

  /**
   * The working directory can be written, and may lie anywhere: each tree to read is a mount of its
   * own then, so that the launcher sees what would be covered.
   */
  private boolean handsOverWorkingDirectory() {
    return places.get(PathRule.CWD) instanceof Bind directory && !directory.isReadOnly();
  }

  /** Whether a tree that is bound above shows the same files with the same rights already. */
  private static boolean shows(Place parent, Bind bind) {
    return parent instanceof Bind tree
        && tree.purpose() == Bind.Purpose.LISTED
        && tree.attributes().equals(bind.attributes());
  }

  /** True where a directory can be added: to a tree of the host's that is only read. */
  boolean canAdd(String path) {
    return above(path)
        .filter(tree -> tree.getValue() instanceof Bind bind && takesMore(bind))
        .filter(tree -> isInSealed(tree.getKey()) || isInMemory(tree.getKey()))
        .isPresent();
  }

  /** True in the new root itself: directories that are made there are read-only in the end. */
  private boolean isInSealed(String path) {
    return above(path)
        .map(outer -> outer.getValue() instanceof Directory && isInSealed(outer.getKey()))
        .orElse(newRoot);
  }

  private boolean isInMemory(String path) {
    return above(path).filter(outer -> outer.getValue() instanceof Tmpfs).isPresent();
  }

  private static boolean takesMore(Bind tree) {
    return tree.isReadOnly() && !tree.optional() && tree.purpose() == Bind.Purpose.LISTED;
  }

  /** Adds a directory to that tree. */
  void add(String path) {
    above(path)
        .ifPresent(
            tree -> {
              if (tree.getValue() instanceof Bind bind) {
                places.put(tree.getKey(), bind.adding(path));
              }
            });
  }

  private boolean isOurs(Optional<Map.Entry<String, Place>> above) {
    return above.map(entry -> entry.getValue().isOurs()).orElse(newRoot);
  }

  /** Whether something can be made at the path, because what is around it is ours. */
  boolean isInOurs(String path) {
    return isOurs(above(path));
  }

  /** The place whose tree the path is in. */
  Optional<Map.Entry<String, Place>> above(String path) {
    String parent = path;
    while (parent.lastIndexOf('/') > 0) {
      parent = parent(parent);
      Place place = places.get(parent);
      if (place != null && isMade(parent, place)) {
        return Optional.of(Map.entry(parent, place));
      }
    }
    return path.equals(ROOT)
        ? Optional.empty()
        : Optional.ofNullable(places.get(ROOT)).map(root -> Map.entry(ROOT, root));
  }

  private static String parent(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }

  /**
   * Whether there is something of its own at the path, which a directory in a host's tree is not.
   */
  private boolean isMade(String path, Place place) {
    return !(place instanceof Symlink) && (!(place instanceof Directory) || isOurs(above(path)));
  }

  /** What has been put where. */
  Map<String, Place> places() {
    return Collections.unmodifiableMap(places);
  }
}
