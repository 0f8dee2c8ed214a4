package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.backend.namespaces.Place.Bind;
import dev.hexe.policy.backend.namespaces.Place.Directory;
import dev.hexe.policy.backend.namespaces.Place.Symlink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is at which path, in any order of writing; actions come out parents first. A path that is
 * put twice keeps what gives more: a writable tree over a read-only one, anything over an empty
 * directory.
 */
final class Layout {
  private final TreeMap<String, Place> places = new TreeMap<>();
  private final boolean newRoot;

  /** A layout of a new root, or of the host's. */
  Layout(boolean newRoot) {
    this.newRoot = newRoot;
  }

  void put(String path, Place place) {
    places.merge(path, place, Layout::better);
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
    pin();
    places.forEach(
        (path, place) -> {
          if (isNeeded(path, place)) {
            actions.addAll(place.at(path, isOurs(above(path))));
          }
        });
    return actions;
  }

  /**
   * A read-only tree inside a writable one could be renamed away together with a directory above
   * it, and something else be put at its path. A mount point cannot be renamed, so each directory
   * on the way is bound onto itself.
   */
  private void pin() {
    Map<String, Place> pins = new TreeMap<>();
    places.forEach(
        (path, place) -> {
          if (place instanceof Bind inner && inner.isReadOnly()) {
            above(path)
                .filter(parent -> parent instanceof Bind outer && !outer.isReadOnly())
                .ifPresent(parent -> pinAbove(path, (Bind) parent, pins));
          }
        });
    pins.forEach(places::putIfAbsent);
  }

  private void pinAbove(String path, Bind writable, Map<String, Place> pins) {
    String parent = path.substring(0, path.lastIndexOf('/'));
    while (!parent.isEmpty() && !(places.get(parent) instanceof Bind)) {
      pins.put(parent, Bind.pin(parent, writable.attributes()));
      parent = parent.substring(0, parent.lastIndexOf('/'));
    }
  }

  private boolean isNeeded(String path, Place place) {
    Optional<Place> above = above(path);
    if (place instanceof Bind bind) {
      if (bind.isPin()) {
        return true;
      }
      return above.map(parent -> !shows(parent, bind)).orElse(newRoot || bind.isReadOnly());
    }
    if (place instanceof Symlink || place instanceof Directory) {
      return isOurs(above);
    }
    return true;
  }

  /** Whether a tree that is bound above shows the same files with the same rights already. */
  private static boolean shows(Place parent, Bind bind) {
    return parent instanceof Bind tree && tree.attributes().equals(bind.attributes());
  }

  private boolean isOurs(Optional<Place> above) {
    return above.map(Place::isOurs).orElse(newRoot);
  }

  /** The place whose tree the path is in. */
  private Optional<Place> above(String path) {
    String parent = path;
    while (parent.lastIndexOf('/') > 0) {
      parent = parent.substring(0, parent.lastIndexOf('/'));
      Place place = places.get(parent);
      if (place != null && isMade(parent, place)) {
        return Optional.of(place);
      }
    }
    return Optional.empty();
  }

  /**
   * Whether there is something of its own at the path, which a directory in a host's tree is not.
   */
  private boolean isMade(String path, Place place) {
    return !(place instanceof Symlink) && (!(place instanceof Directory) || isOurs(above(path)));
  }

  /** What has been put where. */
  Map<String, Place> places() {
    return java.util.Collections.unmodifiableMap(places);
  }
}
