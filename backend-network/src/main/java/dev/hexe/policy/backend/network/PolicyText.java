package dev.hexe.policy.backend.network;

import dev.hexe.policy.api.network.Destination;
import dev.hexe.policy.api.network.NetworkAccess;
import dev.hexe.policy.api.network.PublishedPort;
import dev.hexe.policy.api.network.SyntheticAddresses;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The policy as the gateway reads it, a word or a destination in each line; see {@code
 * docs/network.md}.
 */
final class PolicyText {
  private static final String ALL_PORTS = "*";

  private PolicyText() {}

  static String of(String profile, NetworkAccess access, SyntheticAddresses addresses) {
    StringBuilder text = new StringBuilder("hexe-gateway 1\n");
    line(text, "profile", profile.replaceAll("\\s", "_"));
    line(text, "log", access.logging().name().toLowerCase(Locale.ROOT));
    line(text, "names", access.checkedNames() ? "checked" : "noted");
    if (access.asks()) {
      line(text, "on-deny", "ask");
    }
    access.allow().forEach(destination -> line(text, "allow", text(destination)));
    access.deny().forEach(destination -> line(text, "deny", text(destination)));
    addresses
        .indices()
        .forEach(
            (name, index) ->
                line(
                    text,
                    "address",
                    name,
                    SyntheticAddresses.ipv4(index),
                    SyntheticAddresses.ipv6(index)));
    access.publish().forEach(port -> line(text, "publish", text(port)));
    return text.toString();
  }

  private static void line(StringBuilder text, String... words) {
    text.append(String.join(" ", words)).append('\n');
  }

  private static String text(Destination destination) {
    String ports =
        destination.ports().isEmpty()
            ? ALL_PORTS
            : destination.ports().stream().map(String::valueOf).collect(Collectors.joining(","));
    String protocol =
        destination.ports().isEmpty()
            ? ALL_PORTS
            : destination.protocol().name().toLowerCase(Locale.ROOT);
    return protocol + " " + ports + " " + destination.host().text();
  }

  private static String text(PublishedPort port) {
    return port.address() + " " + port.outside() + " " + port.inside();
  }
}
