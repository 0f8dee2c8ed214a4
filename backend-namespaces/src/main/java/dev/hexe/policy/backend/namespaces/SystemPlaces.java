package dev.hexe.policy.backend.namespaces;

import static dev.hexe.policy.api.plan.MountAttribute.NODEV;
import static dev.hexe.policy.api.plan.MountAttribute.NOEXEC;
import static dev.hexe.policy.api.plan.MountAttribute.NOSUID;
import static dev.hexe.policy.api.plan.MountAttribute.RDONLY;

import dev.hexe.policy.api.host.HostTree;
import dev.hexe.policy.api.host.HostTree.Kind;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Guards;
import dev.hexe.policy.api.plan.MountAttribute;
import dev.hexe.policy.api.plan.Mounts;
import dev.hexe.policy.api.plan.ProtectFlag;
import dev.hexe.policy.backend.namespaces.Place.Bind;
import dev.hexe.policy.backend.namespaces.Place.Special;
import dev.hexe.policy.backend.namespaces.Place.Symlink;
import dev.hexe.policy.backend.namespaces.Place.Tmpfs;
import java.util.List;
import java.util.Set;

/** The places a sandbox has beside the listed ones: /tmp, /dev and /proc. */
final class SystemPlaces {
  private static final String TMP = "/tmp";
  private static final String MESSAGE_QUEUES = "/dev/mqueue";
  private static final int STICKY = 01777;
  private static final long DEV_SIZE = 64L << 10;
  private static final long RUNTIME_SIZE = 64L << 20;
  private static final int OWNER_ONLY = 0700;
  private static final Set<MountAttribute> DATA = Set.of(NOSUID, NODEV);
  private static final Set<MountAttribute> SPECIAL = Set.of(NOSUID, NODEV, NOEXEC);

  /** Read-only, a device works all the same, but root cannot change its mode or owner for all. */
  private static final Set<MountAttribute> NODE = Set.of(RDONLY, NOSUID, NOEXEC);

  private static final List<String> DEVICES =
      List.of("null", "zero", "full", "random", "urandom", "tty");

  /**
   * Files of procfs that belong to the global root whatever the user namespace, so that uid 0 could
   * write them without any capability, {@code core_pattern} and {@code sysrq-trigger} among them.
   */
  private static final List<String> PROC_WRITABLE_BY_ROOT =
      List.of(
          "sys",
          "sysrq-trigger",
          "irq",
          "bus",
          "fs",
          "acpi",
          "scsi",
          "mtrr",
          "driver",
          "asound",
          "dynamic_debug");

  private final HostTree tree;
  private final Layout layout;

  SystemPlaces(HostTree tree, Layout layout) {
    this.tree = tree;
    this.layout = layout;
  }

  void putTmp(long size) {
    layout.put(TMP, new Tmpfs(size, STICKY, DATA));
  }

  /**
   * What outlives a boot elsewhere is gone with the rest here. No symlink: the working directory
   * may lie below.
   */
  void putVarTmp(long size) {
    layout.put(OwnPlaces.VAR_TMP, new Tmpfs(size, STICKY, DATA));
  }

  /** For the sockets of programs that run inside, instead of those outside. */
  void putRuntimeDirectory(long uid) {
    layout.put(OwnPlaces.RUNTIME + "/" + uid, new Tmpfs(RUNTIME_SIZE, OWNER_ONLY, DATA));
  }

  /** The size is at most what memory is limited to, of which shared memory takes its part. */
  void putSharedMemory(long size) {
    layout.put(OwnPlaces.SHARED_MEMORY, new Tmpfs(size, STICKY, DATA));
  }

  void putDev() {
    layout.put("/dev", new Tmpfs(DEV_SIZE, 0755, Set.of(NOSUID, NOEXEC)));
    for (String name : DEVICES) {
      layout.put("/dev/" + name, new Bind("/dev/" + name, NODE, true, true));
    }
    layout.put("/dev/pts", new Special(Set.of(NOSUID, NOEXEC), Mounts::devpts));
    layout.put("/dev/ptmx", new Symlink("pts/ptmx"));
    layout.put("/dev/fd", new Symlink("/proc/self/fd"));
    layout.put("/dev/stdin", new Symlink("/proc/self/fd/0"));
    layout.put("/dev/stdout", new Symlink("/proc/self/fd/1"));
    layout.put("/dev/stderr", new Symlink("/proc/self/fd/2"));
  }

  /** The message queues of the own ipc namespace, in the place of the host's. */
  void putMessageQueues() {
    if (tree.look(MESSAGE_QUEUES).kind() == Kind.DIRECTORY) {
      layout.put(MESSAGE_QUEUES, new Special(SPECIAL, Mounts::mqueue));
    }
  }

  /** A fresh procfs. */
  void putProc() {
    layout.put("/proc", new Special(SPECIAL, Mounts::proc));
  }

  /**
   * Covers, in a fresh procfs, what only the global root could write. By name: the caller's own
   * /proc may show less, as with {@code subset=pid}.
   */
  static Action coverProc() {
    return Guards.protect(
        PROC_WRITABLE_BY_ROOT.stream().map(name -> "/proc/" + name).toList(),
        Set.of(ProtectFlag.ALONE));
  }
}
