package dev.hexe.policy.verification.checks;

import dev.hexe.policy.api.network.Destination;
import dev.hexe.policy.api.network.Destination.Protocol;
import dev.hexe.policy.api.network.DestinationHost;
import dev.hexe.policy.api.network.DestinationHost.Below;
import dev.hexe.policy.api.network.DestinationHost.Loopback;
import dev.hexe.policy.api.network.DestinationHost.Name;
import dev.hexe.policy.api.network.DestinationHost.Network;
import dev.hexe.policy.api.network.NetworkAccess;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.verification.act.Check;
import dev.hexe.policy.verification.act.CheckList;
import dev.hexe.policy.verification.act.Expectation;
import dev.hexe.policy.verification.environment.Addresses;
import dev.hexe.policy.verification.environment.HostNetwork;
import dev.hexe.policy.verification.environment.ListedDestinations;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tries that what is listed is reached, where it is outside as well; other names, ports and
 * addresses are refused, and at once.
 */
final class DestinationChecks {
  /** So many of what is listed; each is connected to. */
  private static final int MOST = 8;

  /** Names that are there for everybody, so that not to find one shows something. */
  private static final List<String> WELL_KNOWN =
      List.of("example.com", "example.org", "example.net", "iana.org");

  private static final String LOOPBACK = "127.0.0.1";
  private static final List<Integer> PORTS = List.of(443, 80, 22, 25, 1);

  /** Addresses of nobody, in two notations more, and that of a cloud's metadata. */
  private static final List<String> LITERALS =
      List.of("192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1", "169.254.169.254");

  private static final Expectation REFUSED =
      Expectation.denied(
          "ENETUNREACH", "EHOSTUNREACH", "EADDRNOTAVAIL", "ECONNREFUSED", "ECONNRESET");

  private final NetworkAccess access;
  private final ListedDestinations listed;
  private final HostNetwork outside;
  private final CheckList trials = new CheckList(Guarantee.DESTINATIONS);

  DestinationChecks(NetworkAccess access, HostNetwork outside) {
    this.access = access;
    this.outside = outside;
    listed = new ListedDestinations(access);
  }

  List<Check> all() {
    access.allow().stream().limit(MOST).forEach(this::allowed);
    if (access.allow().size() > MOST) {
      String rest = "the other %d that are allowed".formatted(access.allow().size() - MOST);
      trials.omit(Expectation.allowed(), rest, "the first %d stand for them".formatted(MOST));
    }
    unlistedName();
    access.deny().stream().limit(MOST).forEach(this::denied);
    LITERALS.forEach(this::unlistedAddress);
    trials.add(REFUSED, "send", LITERALS.get(0), 9);
    trials.add(REFUSED, "socket", "raw").add(REFUSED, "socket", "packet");
    return trials.all();
  }

  private void allowed(Destination destination) {
    DestinationHost host = destination.host();
    if (destination.protocol() == Protocol.UDP) {
      omit(destination, "nobody has to answer a datagram");
    } else if (host instanceof Name name) {
      allowedName(name.name(), destination.ports().get(0));
    } else if (host instanceof Loopback) {
      allowedAddress(LOOPBACK, destination.ports().get(0));
    } else if (host instanceof Network network && network.isSingle()) {
      allowedAddress(network.address(), destination.ports().get(0));
    } else {
      omit(destination, "it is not one host");
    }
  }

  private void omit(Destination destination, String reason) {
    trials.omit(Expectation.allowed(), "reach " + destination.text(), reason);
  }

  private void allowedAddress(String address, int port) {
    if (outside.answers(ListedDestinations.literal(address), port)) {
      trials.add(Expectation.allowed(), "connect", address, port);
    } else {
      trials.omit(
          Expectation.allowed(),
          "connect " + address + " " + port,
          "nobody answers there outside either");
    }
  }

  /** By its name, and not past it by its address; and at no other port. */
  private void allowedName(String name, int port) {
    List<InetAddress> addresses = outside.addresses(name);
    boolean isPublic = addresses.stream().noneMatch(Addresses::isSpecial);
    boolean answers = isPublic && addresses.stream().anyMatch(each -> outside.answers(each, port));
    if (!answers) {
      trials.omit(
          Expectation.allowed(),
          "reach " + name + " " + port,
          isPublic
              ? "nobody answers there outside either"
              : "its address is not of the Internet, and has to be listed as well");
      return;
    }
    trials.add(Expectation.allowed(), "reach", name, port);
    PORTS.stream()
        .filter(other -> !listed.speaksOf(name, other))
        .findFirst()
        .ifPresent(other -> trials.add(REFUSED, "reach", name, other));
    addresses.stream()
        .filter(address -> !listed.speaksOf(address, port))
        .limit(2)
        .forEach(address -> trials.add(REFUSED, "connect", address.getHostAddress(), port));
  }

  private void unlistedName() {
    WELL_KNOWN.stream()
        .filter(name -> !listed.answers(name))
        .findFirst()
        .ifPresentOrElse(
            name -> trials.add(REFUSED, "resolve", name),
            () -> trials.omit(REFUSED, "resolve a name", "every name is allowed"));
  }

  private void denied(Destination destination) {
    DestinationHost host = destination.host();
    if (host instanceof Network network) {
      deniedAddress(network.address(), destination);
    } else if (host instanceof Loopback) {
      deniedAddress(LOOPBACK, destination);
    } else {
      deniedName(host instanceof Below below ? below(below) : host.text(), destination);
    }
  }

  private static String below(Below below) {
    return below.domain().isEmpty() ? WELL_KNOWN.get(0) : "hexe-verify." + below.domain();
  }

  private void deniedAddress(String address, Destination destination) {
    ports(destination).forEach(port -> trials.add(REFUSED, "connect", address, port));
  }

  private void deniedName(String name, Destination destination) {
    if (destination.ports().isEmpty()) {
      trials.add(REFUSED, "resolve", name);
    } else {
      destination.ports().forEach(port -> trials.add(REFUSED, "reach", name, port));
    }
  }

  private static Stream<Integer> ports(Destination destination) {
    return destination.ports().isEmpty() ? Stream.of(PORTS.get(0)) : destination.ports().stream();
  }

  private void unlistedAddress(String literal) {
    InetAddress address = ListedDestinations.literal(literal);
    PORTS.stream()
        .filter(port -> !listed.speaksOf(address, port))
        .findFirst()
        .ifPresent(port -> trials.add(REFUSED, "connect", literal, port));
  }
}
