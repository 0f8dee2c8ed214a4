package dev.hexe.policy.verification.checks;

import dev.hexe.policy.api.network.NetworkAccess;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.verification.act.Check;
import dev.hexe.policy.verification.act.CheckList;
import dev.hexe.policy.verification.act.Expectation;
import dev.hexe.policy.verification.environment.TestEnvironment;
import java.util.List;
import java.util.stream.Stream;

/** No network but an own loopback, or but what is listed, of which nothing is of this host. */
final class NetworkChecks {
  private final TestEnvironment scene;

  NetworkChecks(TestEnvironment scene) {
    this.scene = scene;
  }

  List<Check> none() {
    return of(Guarantee.NETWORK);
  }

  List<Check> listed(NetworkAccess access) {
    return Stream.concat(
            of(Guarantee.DESTINATIONS).stream(),
            new DestinationChecks(access, scene.network()).all().stream())
        .toList();
  }

  private List<Check> of(Guarantee guarantee) {
    Expectation unreachable =
        Expectation.denied("ECONNREFUSED", "ENETUNREACH", "EHOSTUNREACH", "ETIMEDOUT");
    return new CheckList(guarantee)
        .add(unreachable, "connect-tcp", scene.tcp())
        .add(unreachable, "echo-udp", scene.udp())
        .addIf(scene.of("abstract"), unreachable, "connect-abstract")
        .add(Expectation.value("lo"), "interfaces")
        // Sockets to the hypervisor and to other guests belong to no network namespace.
        .add(unreachable, "socket", "vsock")
        .add(Expectation.allowed(), "own-loopback")
        .all();
  }
}
