package dev.hexe.policy.verification.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.network.Destination;
import dev.hexe.policy.api.network.Destination.Protocol;
import dev.hexe.policy.api.network.DestinationHost;
import dev.hexe.policy.api.network.DestinationHost.Below;
import dev.hexe.policy.api.network.DestinationHost.Name;
import dev.hexe.policy.api.network.DestinationHost.Network;
import dev.hexe.policy.api.network.NetworkAccess;
import dev.hexe.policy.verification.act.Check;
import dev.hexe.policy.verification.environment.HostNetwork;
import dev.hexe.policy.verification.environment.ListedDestinations;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A listed destination is tried where it is there, and what is not listed wherever it may be. */
class DestinationChecksTest {
  private static final Map<String, List<String>> NAMES =
      Map.of("web.test", List.of("203.0.113.10"), "db.test", List.of("10.0.0.1"));

  /** Everybody answers at 443. */
  private static final HostNetwork OUTSIDE =
      new HostNetwork() {
        @Override
        public List<InetAddress> addresses(String name) {
          return Optional.ofNullable(NAMES.get(name)).orElse(List.of()).stream()
              .map(ListedDestinations::literal)
              .toList();
        }

        @Override
        public boolean answers(InetAddress address, int port) {
          return port == 443;
        }
      };

  private static Destination tcp(DestinationHost host, Integer... ports) {
    return new Destination(host, Protocol.TCP, List.of(ports), host.text());
  }

  private static List<Check> trials(List<Destination> allow, Destination... deny) {
    NetworkAccess access =
        new NetworkAccess(
            NetworkAccess.Mode.LISTED,
            allow,
            List.of(deny),
            List.of(),
            NetworkAccess.Logging.DECISIONS,
            false,
            false);
    return new DestinationChecks(access, OUTSIDE).all();
  }

  private static List<String> tried(List<Check> trials) {
    return trials.stream()
        .filter(trial -> trial.act().canBeTried())
        .map(trial -> trial.act().text() + ": " + trial.expectation().words())
        .toList();
  }

  @Test
  void aNameIsReachedAtItsPortAloneAndNotPastIt() {
    assertEquals(
        List.of(
            "reach web.test 443: allowed",
            "reach web.test 80: denied",
            "connect 203.0.113.10 443: denied",
            "resolve example.com: denied",
            "connect 192.0.2.1 443: denied",
            "connect 2001:db8::1 443: denied",
            "connect ::ffff:192.0.2.1 443: denied",
            "connect 169.254.169.254 443: denied",
            "send 192.0.2.1 9: denied",
            "socket raw: denied",
            "socket packet: denied"),
        tried(trials(List.of(tcp(new Name("web.test"), 443)))));
  }

  @Test
  void whatDoesNotWorkOutsidePromisesNothing() {
    List<Check> trials =
        trials(
            List.of(
                tcp(new Name("web.test"), 80),
                tcp(new Name("db.test"), 443),
                tcp(new Below("test"), 443),
                tcp(new DestinationHost.Loopback(), 8080)));
    assertEquals(
        List.of(
            "nobody answers there outside either",
            "its address is not of the Internet, and has to be listed as well",
            "it is not one host",
            "nobody answers there outside either"),
        trials.stream().map(Check::reason).filter(reason -> !reason.isEmpty()).toList());
  }

  @Test
  void aListedAddressIsConnectedToAndNoLiteralOfAListedNetworkIsCalledRefused() {
    List<String> tried =
        tried(
            trials(
                List.of(
                    tcp(new Network("10.1.2.3", 32, 4), 443),
                    tcp(new Network("192.0.2.0", 24, 4), 443))));
    assertTrue(tried.contains("connect 10.1.2.3 443: allowed"), tried::toString);
    assertTrue(tried.contains("connect 192.0.2.1 80: denied"), tried::toString);
    assertTrue(!tried.contains("connect 192.0.2.1 443: denied"), tried::toString);
  }

  @Test
  void whatIsDeniedIsTriedThoughAllIsAllowed() {
    List<Check> trials =
        trials(
            List.of(tcp(new Below(""), 443)),
            tcp(new Name("bad.test")),
            tcp(new Below("worse.test")),
            tcp(new Name("web.test"), 443),
            tcp(new Network("198.51.100.7", 32, 4)),
            tcp(new DestinationHost.Loopback(), 443));
    assertTrue(
        tried(trials)
            .containsAll(
                List.of(
                    "resolve bad.test: denied",
                    "resolve hexe-verify.worse.test: denied",
                    "reach web.test 443: denied",
                    "connect 198.51.100.7 443: denied",
                    "connect 127.0.0.1 443: denied")),
        tried(trials)::toString);
    assertTrue(trials.stream().map(Check::reason).anyMatch("every name is allowed"::equals));
  }
}
