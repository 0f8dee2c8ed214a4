package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Layouts;
import dev.hexe.policy.api.plan.MountAttribute;
import dev.hexe.policy.api.plan.Mounts;
import dev.hexe.policy.api.profile.MountEntry.Changes;
import dev.hexe.policy.api.profile.PathRule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The entry at one path of the tree. */
sealed interface Place {
  /** The actions that put it there; {@code create} where its mount point has to be made. */
  List<Action> at(String path, boolean create);

  /** Whether what is made below it is made in a tmpfs of ours. */
  default boolean isOurs() {
    return false;
  }

  /** Whether it hides what is below, so that a symlink there would be seen through it anyway. */
  default boolean isForeign() {
    return false;
  }

  /** Whether it is a mount, whose attributes can be set. */
  default boolean isMount() {
    return true;
  }

  /** Whether less can be done with it than with what is around it. */
  default boolean isRestricted() {
    return false;
  }

  /** The same with one more attribute; the same where it is no mount. */
  default Place with(MountAttribute attribute) {
    return this;
  }

  /** These attributes and one more. */
  static Set<MountAttribute> and(Set<MountAttribute> attributes, MountAttribute attribute) {
    EnumSet<MountAttribute> more = EnumSet.of(attribute);
    more.addAll(attributes);
    return Set.copyOf(more);
  }

  /** Whether nothing can be written or nothing be executed. */
  static boolean restricts(Set<MountAttribute> attributes) {
    return attributes.contains(MountAttribute.RDONLY) || attributes.contains(MountAttribute.NOEXEC);
  }

  /** An action on a destination that the profile chose, which may hold no symlink. */
  static Action plain(Action action, boolean chosen) {
    return chosen ? Layouts.plain(action) : action;
  }

  /**
   * A tree of the host.
   *
   * @param source where it is on the host
   * @param attributes set recursively
   * @param isFile whether it is anything but a directory
   * @param optional whether it may have gone by the time of the run
   * @param purpose why it is there
   * @param added directories inside that are seen in it though the host has none
   * @param isFirm whether the profile makes it read-only, also for a working directory in it
   */
  record Bind(
      String source,
      Set<MountAttribute> attributes,
      boolean isFile,
      boolean optional,
      Purpose purpose,
      List<String> added,
      boolean isFirm)
      implements Place {
    /** Copies the list. */
    public Bind {
      added = List.copyOf(added);
    }

    /** Why a tree is bound. */
    enum Purpose {
      /** The profile lists it. */
      LISTED,
      /** The profile puts it there. */
      CHOSEN,
      /**
       * It is the working directory, which can be written already unless it lies in a read-only
       * tree.
       */
      WITHIN,
      /** So that it is a mount point and cannot be renamed. */
      PIN
    }

    /** A bind for the sake of what it shows. */
    Bind(String source, Set<MountAttribute> attributes, boolean isFile, boolean optional) {
      this(source, attributes, isFile, optional, Purpose.LISTED);
    }

    /** A bind that shows what the host has there, and that the profile does not make read-only. */
    Bind(
        String source,
        Set<MountAttribute> attributes,
        boolean isFile,
        boolean optional,
        Purpose purpose) {
      this(source, attributes, isFile, optional, purpose, List.of(), false);
    }

    /** A directory bound onto itself. */
    static Bind pin(String source, Set<MountAttribute> attributes) {
      return new Bind(source, attributes, false, false, Purpose.PIN);
    }

    @Override
    public List<Action> at(String path, boolean create) {
      if (!added.isEmpty()) {
        return withAdded(path);
      }
      Action bind = Mounts.bind(source, path, attributes, isFile, optional, create);
      Action placed = Place.plain(bind, purpose == Purpose.CHOSEN);
      Action held = held(placed);
      return List.of(purpose == Purpose.WITHIN ? Layouts.within(held) : held);
    }

    private Action held(Action bind) {
      return isFirm ? Layouts.firm(bind) : bind;
    }

    /** Nothing is made on the host: it is shown entry by entry, beside what is added. */
    private List<Action> withAdded(String path) {
      List<Action> actions = new ArrayList<>();
      added.forEach(directory -> actions.add(Mounts.mkdir(directory, 0755)));
      actions.add(held(Mounts.bindEntries(source, path, attributes, false)));
      added.stream()
          .flatMap(directory -> PathRule.wayTo(directory).filter(at -> !at.equals(directory)))
          .filter(at -> PathRule.isBelow(at, path))
          .distinct()
          .map(at -> held(Mounts.bindEntries(sourceOf(path, at), at, attributes, true)))
          .forEach(actions::add);
      return actions;
    }

    /** The same with one more directory in it. */
    Bind adding(String directory) {
      List<String> more = new ArrayList<>(added);
      more.add(directory);
      return new Bind(source, attributes, isFile, optional, purpose, more, isFirm);
    }

    @Override
    public boolean isRestricted() {
      return Place.restricts(attributes);
    }

    @Override
    public Bind with(MountAttribute attribute) {
      boolean firm = isFirm || attribute == MountAttribute.RDONLY;
      return new Bind(
          source, Place.and(attributes, attribute), isFile, optional, purpose, added, firm);
    }

    @Override
    public boolean isForeign() {
      return true;
    }

    /** Where on the host the path inside is, which lies below the one this is bound on. */
    String sourceOf(String bound, String path) {
      String rest = bound.equals("/") ? path : path.substring(bound.length());
      return source.equals("/") ? rest : source + rest;
    }

    boolean isReadOnly() {
      return attributes.contains(MountAttribute.RDONLY);
    }
  }

  /**
   * An empty tmpfs.
   *
   * @param size bytes
   * @param mode of its root
   * @param attributes of the mount
   * @param isChosen whether the profile puts it there
   */
  record Tmpfs(long size, int mode, Set<MountAttribute> attributes, boolean isChosen)
      implements Place {
    /** One that every sandbox has at its place. */
    Tmpfs(long size, int mode, Set<MountAttribute> attributes) {
      this(size, mode, attributes, false);
    }

    @Override
    public List<Action> at(String path, boolean create) {
      return List.of(Place.plain(Mounts.tmpfs(path, size, mode, attributes, create), isChosen));
    }

    @Override
    public Tmpfs with(MountAttribute attribute) {
      return new Tmpfs(size, mode, Place.and(attributes, attribute), isChosen);
    }

    @Override
    public boolean isOurs() {
      return true;
    }
  }

  /**
   * A symlink.
   *
   * @param target as written in it
   */
  record Symlink(String target) implements Place {
    @Override
    public List<Action> at(String path, boolean create) {
      return List.of(Mounts.symlink(target, path));
    }

    @Override
    public boolean isMount() {
      return false;
    }
  }

  /**
   * An empty directory.
   *
   * @param mode see {@code chmod(2)}
   */
  record Directory(int mode) implements Place {
    /** One that everybody may list. */
    Directory() {
      this(0755);
    }

    @Override
    public List<Action> at(String path, boolean create) {
      return List.of(Mounts.mkdir(path, mode));
    }

    @Override
    public boolean isMount() {
      return false;
    }

    @Override
    public boolean isOurs() {
      return true;
    }
  }

  /**
   * A file system that one action mounts.
   *
   * @param attributes of the mount
   * @param mounted makes the action
   */
  record Special(Set<MountAttribute> attributes, Mounted mounted) implements Place {
    @Override
    public List<Action> at(String path, boolean create) {
      return List.of(mounted.at(path, attributes, create));
    }

    @Override
    public boolean isForeign() {
      return true;
    }

    @Override
    public Special with(MountAttribute attribute) {
      return new Special(Place.and(attributes, attribute), mounted);
    }
  }

  /** Makes the action that mounts a file system. */
  @FunctionalInterface
  interface Mounted {
    Action at(String path, Set<MountAttribute> attributes, boolean create);
  }

  /**
   * Directories of the host seen as one.
   *
   * @param lower the directories, the first one on top
   * @param changes what becomes of changes
   * @param attributes of the mount
   */
  record Stack(List<String> lower, Changes changes, Set<MountAttribute> attributes)
      implements Place {
    /** Copies the list. */
    public Stack {
      lower = List.copyOf(lower);
    }

    @Override
    public List<Action> at(String path, boolean create) {
      List<Action> actions = new ArrayList<>();
      lower.forEach(layer -> actions.add(Layouts.layer(layer)));
      if (changes instanceof Changes.Kept kept) {
        actions.add(Layouts.overlayLock(kept.upper()));
        actions.add(Layouts.overlayKept(path, kept.upper(), kept.work(), attributes, create));
      } else {
        long size = changes instanceof Changes.Discarded discarded ? discarded.size() : 0;
        actions.add(Layouts.overlay(path, size, attributes, create));
      }
      return actions;
    }

    /** All layers, the topmost first. */
    List<String> layers() {
      List<String> layers = new ArrayList<>(lower);
      if (changes instanceof Changes.Kept kept) {
        layers.add(0, kept.upper());
      }
      return layers;
    }

    @Override
    public boolean isOurs() {
      return changes instanceof Changes.Discarded;
    }

    @Override
    public boolean isRestricted() {
      return Place.restricts(attributes);
    }

    @Override
    public Stack with(MountAttribute attribute) {
      return new Stack(lower, changes, Place.and(attributes, attribute));
    }
  }

  /**
   * A file that is made, or put over one that is there.
   *
   * @param content what is in it
   * @param mode see {@code chmod(2)}
   * @param attributes of the mount, where it is put over another one
   */
  record Made(Content content, int mode, Set<MountAttribute> attributes) implements Place {
    @Override
    public List<Action> at(String path, boolean create) {
      return List.of(content.at(path, mode, attributes, create));
    }

    @Override
    public boolean isMount() {
      return false;
    }

    @Override
    public boolean isRestricted() {
      return Place.restricts(attributes);
    }

    @Override
    public Made with(MountAttribute attribute) {
      return new Made(content, mode, Place.and(attributes, attribute));
    }
  }

  /** Makes the action that makes a file, or puts one over what is there. */
  @FunctionalInterface
  interface Content {
    Action at(String path, int mode, Set<MountAttribute> attributes, boolean create);
  }
}
