package dev.hexe.policy.conformance.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Host;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.Setting;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The devices that exist inside. */
class DevicesTest {
  private static final Set<String> HARMLESS =
      Set.of(
          "null", "zero", "full", "random", "urandom", "tty", "ptmx", "pts", "shm", "fd", "stdin",
          "stdout", "stderr");

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#withNewRoot")
  void onlyHarmlessOnesExist(Setting setting) {
    assertEquals(new TreeSet<>(HARMLESS), new TreeSet<>(setting.inside().all("entry./dev")));
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#extremes")
  void theyWork(Setting setting) {
    assertEquals(
        Collections.nCopies(7, "ok"),
        setting
            .sandbox()
            .tries(
                "scribble /dev/null",
                "scribble /dev/zero",
                "read /dev/zero",
                "read /dev/random",
                "read /dev/urandom",
                "write /dev/ptmx",
                "create /dev/shm/x"));
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#extremes")
  void pseudoTerminalsAreTheirOwn(Setting setting) throws Exception {
    assertEquals("devpts", setting.inside().mount("/dev/pts").orElseThrow().type());
    List<String> inside = setting.sandbox().sh("ls /dev/pts; stat -c %d /dev/pts").lines();
    assertEquals("ptmx", inside.get(0));
    String outside = Files.getAttribute(Path.of("/dev/pts"), "unix:dev").toString();
    assertNotEquals(outside, inside.get(1));
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#extremes")
  void sharedMemoryIsTheirOwn(Setting setting) throws Exception {
    Path shared = Path.of("/dev/shm/hexe-conformance-" + setting.profile());
    Files.writeString(shared, "x");
    try {
      assertEquals(List.of("ENOENT"), setting.sandbox().tries("look " + shared));
    } finally {
      Files.delete(shared);
    }
  }

  /** A /dev with nodes of its own, so that this machine's stay as they are, whatever happens. */
  private static final String OWN_NODES =
      "mount -t tmpfs -o mode=755 dev /dev && mkdir /dev/pts /dev/shm"
          + " && mount -t devpts -o newinstance,ptmxmode=666 pts /dev/pts && ln -s pts/ptmx /dev/ptmx"
          + " && mknod -m 666 /dev/null c 1 3 && mknod -m 666 /dev/zero c 1 5"
          + " && mknod -m 666 /dev/full c 1 7 && mknod -m 666 /dev/random c 1 8"
          + " && mknod -m 666 /dev/urandom c 1 9 && mknod -m 666 /dev/tty c 5 0 && \"$@\";"
          + " stat -c '%a %u:%g' /dev/null /dev/zero /dev/tty";

  @Attack(Way.DEVICE_NODES)
  @ParameterizedTest
  @EnumSource
  void theirNodesAreNotChangedForAll(Shipped profile) {
    Requires.root();
    if (profile.hasNewRoot()) {
      profile
          .as(User.ROOT)
          .behind("unshare", "-m", "sh", "-c", OWN_NODES, "sh")
          .sh(
              "for node in null zero tty; do chmod 600 /dev/$node || chown 1 /dev/$node"
                  + " || touch -d @1 /dev/$node; done >/tmp/log 2>&1;"
                  + " grep -c '^ch.*Read-only file system' /tmp/log; echo works >/dev/null")
          .prints("6\n666 0:0\n666 0:0\n666 0:0");
    }
  }

  /** What callers of bubblewrap ask for: read everything, a /dev of its own, write the project. */
  @ParameterizedTest
  @EnumSource
  void theirOwnCanBeOverTheWholeTree(User user) throws IOException {
    Requires.namespaces(user);
    Path project = user.home().resolve("project");
    Path profile = user.outside().resolve("whole-tree.yaml");
    Files.writeString(
        profile,
        "files: {unlisted: allowed, devices: minimal, read: [/usr, /etc, /home], write: ['~/project']}\n");
    Shipped.NONE.as(user).run("mkdir", "-p", project.toString()).endsWith(0);
    Sandbox sandbox = Sandbox.profile(profile.toString()).as(user).in(project);
    assertEquals(
        new TreeSet<>(HARMLESS), new TreeSet<>(sandbox.run("ls", "/dev").endsWith(0).lines()));
    assertEquals(
        List.of("ok", "ok", "EROFS", "EROFS"),
        sandbox.tries(
            "scribble /dev/null",
            "create " + project + "/x",
            "create " + user.home() + "/made-in-whole-tree",
            "create /usr/x"));
  }

  /** Also where nothing is put below the root. */
  @Attack(value = Way.UNENTERED_COPY, design = "namespaces")
  @ParameterizedTest
  @EnumSource
  void theWholeTreeCanBeReadOnly(User user) {
    Requires.namespaces(user);
    Sandbox sandbox = Shipped.NONE.as(user).with("--read-only=/");
    assertEquals(
        List.of("EROFS", "EROFS"), sandbox.tries("create " + user.home() + "/y", "create /tmp/y"));
  }

  @Attack(value = Way.KERNEL, design = "Landlock alone")
  @Test
  void isolatedDeniesTheOthersEvenToRoot() {
    Requires.root();
    List<String> denied =
        List.of("/dev/mem", "/dev/kmsg", "/dev/vda", "/dev/fuse", "/dev/kvm", "/dev/console")
            .stream()
            .filter(path -> Files.exists(Path.of(path)))
            .toList();
    assertTrue(!denied.isEmpty(), "no device to try; " + Host.read("/proc/devices"));
    String[] acts = denied.stream().map(path -> "read " + path).toArray(String[]::new);
    assertEquals(
        Collections.nCopies(denied.size(), "EACCES"), Shipped.ISOLATED.as(User.ROOT).tries(acts));
  }
}
