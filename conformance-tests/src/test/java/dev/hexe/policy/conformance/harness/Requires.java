package dev.hexe.policy.conformance.harness;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The needs of a test on the host. The one place where a test is skipped; the reason is the lack.
 */
public final class Requires {
  private static final Map<User, Boolean> NAMESPACES = new EnumMap<>(User.class);

  private Requires() {}

  /** Somebody to start the sandbox. */
  public static void user(User user) {
    if (user == User.ROOT) {
      root();
    } else if (Host.isRoot()) {
      String name = User.NAME_BESIDE_ROOT;
      assumeTrue(
          Execution.of(List.of("id", name)).run().status() == 0,
          "the ordinary user `" + name + "` does not exist");
    }
  }

  /** The suite runs as root. */
  public static void root() {
    assumeTrue(Host.isRoot(), "the suite does not run as root");
  }

  /** The user may make user namespaces, and mount in them. */
  public static void namespaces(User user) {
    user(user);
    assumeTrue(
        NAMESPACES.computeIfAbsent(user, Requires::canMount),
        user + " cannot mount in a user namespace of their own");
  }

  /** What the shipped profile needs to be enforced in full. */
  public static void everythingFor(Shipped profile, User user) {
    user(user);
    if (profile.separates(Namespace.USER)) {
      namespaces(user);
    }
    if (profile == Shipped.ISOLATED) {
      landlock(1);
    }
  }

  /** Landlock in this version or a later one. */
  public static void landlock(int abi) {
    assumeTrue(LandlockVersion.ABI >= abi, "the kernel has no Landlock of ABI " + abi);
  }

  /** Something that some machines have and others do not. */
  public static void path(String path) {
    assumeTrue(Files.exists(Path.of(path)), "there is no `" + path + "` on this machine");
  }

  /** A program of the host that the test starts. */
  public static void command(String name) {
    assumeTrue(
        Execution.of(List.of("sh", "-c", "command -v " + name)).run().status() == 0,
        "`" + name + "` is not installed");
  }

  private static boolean canMount(User user) {
    List<String> trial = List.of("unshare", "-Urm", "mount", "-t", "tmpfs", "none", "/mnt");
    return Execution.of(user.running(trial)).run().status() == 0;
  }

  private static final class LandlockVersion {
    static final int ABI = query();

    private static int query() {
      List<String> command = List.of(ProbeProgram.built().toString(), "landlock-abi");
      Result result = Execution.of(command).run();
      return result.status() == 0 ? Integer.parseInt(result.text()) : 0;
    }
  }
}
