package dev.hexe.policy.conformance.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Helper;
import dev.hexe.policy.conformance.harness.Host;
import dev.hexe.policy.conformance.harness.Namespace;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Setting;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.User;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The hostname, the control groups, the network and other ways to talk to the host. */
class SurroundingsTest {
  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#all")
  void theHostnameIsItsOwnWherePromised(Setting setting) {
    boolean own = setting.profile().separates(Namespace.UTS);
    String expected = own ? "hexe" : Host.read("/proc/sys/kernel/hostname");
    assertEquals(expected, setting.inside().one("hostname"));
  }

  @ParameterizedTest
  @EnumSource
  void fullSeesNoControlGroupAboveItsOwn(User user) {
    for (String group : new Setting(Shipped.FULL, user).inside().one("cgroup").split(" ", -1)) {
      assertTrue(group.isEmpty() || group.endsWith(":/"), group);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#all")
  void theInterfacesAreTheHostsOrLoopbackAlone(Setting setting) {
    Set<String> expected = hostInterfaces();
    if (setting.profile() == Shipped.FULL) {
      expected = Set.of("lo");
    }
    assertEquals(expected, new TreeSet<>(setting.inside().all("interface")));
  }

  private static Set<String> hostInterfaces() {
    Set<String> names = new TreeSet<>();
    Host.read("/proc/net/dev")
        .lines()
        .filter(line -> line.contains(":"))
        .forEach(line -> names.add(line.substring(0, line.indexOf(':')).strip()));
    return names;
  }

  @Attack(Way.NETWORK)
  @ParameterizedTest
  @EnumSource
  void fullReachesItselfAndNobodyElse(User user) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = " 127.0.0.1 " + server.getLocalPort();
      assertEquals(
          List.of("ok", "ECONNREFUSED", "ENETUNREACH", "ENETUNREACH", "EPERM"),
          Shipped.FULL
              .as(user)
              .tries(
                  "loopback",
                  "connect-tcp" + port,
                  "connect-tcp 192.0.2.1 80",
                  "send-udp 192.0.2.1 53",
                  "raw-socket"));
    }
  }

  @ParameterizedTest
  @MethodSource("onTheHostsNetwork")
  void theOthersReachTheHostsServers(Setting setting) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String act = "connect-tcp 127.0.0.1 " + server.getLocalPort();
      assertEquals(List.of("ok"), setting.sandbox().tries(act));
    }
  }

  static Stream<Setting> onTheHostsNetwork() {
    return Setting.of(Shipped.BALANCED, Shipped.SANDBOX, Shipped.ISOLATED);
  }

  @Attack(Way.ABSTRACT_SOCKETS)
  @ParameterizedTest
  @EnumSource
  void abstractSocketsOfTheHostAreOutOfReach(User user) {
    Requires.landlock(6);
    String name = "hexe-conformance-" + user.uid();
    try (Helper server = Helper.holding(user, "hold-abstract " + name)) {
      String act = "connect-abstract " + name;
      assertEquals("ok", server.answer());
      assertEquals(List.of("ok"), Shipped.NONE.as(user).tries(act));
      assertEquals(List.of("EPERM"), Shipped.SANDBOX.as(user).tries(act));
      assertEquals(List.of("ECONNREFUSED"), Shipped.FULL.as(user).tries(act));
    }
  }

  @Attack(Way.SHARED_MEMORY)
  @ParameterizedTest
  @EnumSource
  void sharedMemoryOfTheHostIsOutOfReach(User user) {
    String key = Long.toString(4660 + user.uid());
    try (Helper owner = Helper.holding(user, "hold-shared-memory " + key)) {
      String act = "shared-memory " + key;
      assertEquals("ok", owner.answer());
      assertEquals(List.of("ok"), Shipped.NONE.as(user).tries(act));
      assertEquals(List.of("ENOENT"), Shipped.SANDBOX.as(user).tries(act));
      assertEquals(List.of("ENOENT"), Shipped.FULL.as(user).tries(act));
    }
  }
}
