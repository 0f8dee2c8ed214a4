package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.MountAttribute;
import dev.hexe.policy.api.plan.Mounts;
import java.util.List;
import java.util.Set;

/** What is put at one path of the tree. */
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

  /**
   * A tree of the host.
   *
   * @param source where it is on the host
   * @param attributes set recursively
   * @param isFile whether it is anything but a directory
   * @param optional whether it may have gone by the time of the run
   * @param isPin whether it is there for its own sake
   */
  record Bind(
      String source,
      Set<MountAttribute> attributes,
      boolean isFile,
      boolean optional,
      boolean isPin)
      implements Place {
    /** A bind for the sake of what it shows. */
    Bind(String source, Set<MountAttribute> attributes, boolean isFile, boolean optional) {
      this(source, attributes, isFile, optional, false);
    }

    /** A directory bound onto itself, so that it is a mount point and cannot be renamed. */
    static Bind pin(String path, Set<MountAttribute> attributes) {
      return new Bind(path, attributes, false, false, true);
    }

    @Override
    public List<Action> at(String path, boolean create) {
      return List.of(Mounts.bind(source, path, attributes, isFile, optional, create));
    }

    @Override
    public boolean isForeign() {
      return true;
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
   */
  record Tmpfs(long size, int mode, Set<MountAttribute> attributes) implements Place {
    @Override
    public List<Action> at(String path, boolean create) {
      return List.of(Mounts.tmpfs(path, size, mode, attributes, create));
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
  }

  /** An empty directory. */
  record Directory() implements Place {
    @Override
    public List<Action> at(String path, boolean create) {
      return List.of(Mounts.mkdir(path, 0755));
    }

    @Override
    public boolean isOurs() {
      return true;
    }
  }

  /**
   * A file system that one action mounts.
   *
   * @param mounted makes the action
   */
  record Special(Mounted mounted) implements Place {
    @Override
    public List<Action> at(String path, boolean create) {
      return List.of(mounted.at(path, create));
    }

    @Override
    public boolean isForeign() {
      return true;
    }
  }

  /** Makes the action that mounts a file system. */
  @FunctionalInterface
  interface Mounted {
    Action at(String path, boolean create);
  }
}
