package dev.hexe.policy.profiles.network;

import dev.hexe.policy.api.network.Destination;
import dev.hexe.policy.api.network.Destination.Protocol;
import dev.hexe.policy.api.network.DestinationHost;
import dev.hexe.policy.api.network.DestinationHost.Below;
import dev.hexe.policy.api.network.DestinationHost.Loopback;
import dev.hexe.policy.api.network.DestinationHost.Name;
import dev.hexe.policy.api.network.DestinationHost.Network;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Destinations as {@code HOST[:PORT][/udp]}. */
public final class DestinationFormat {
  /** What a name is reached at where nothing else is said. */
  private static final List<Integer> WEB = List.of(80, 443);

  private static final int NAME_SERVICE = 53;
  private static final List<String> NOBODYS =
      List.of("0.0.0.0", "255.255.255.255", "0:0:0:0:0:0:0:0");

  /** Multicast, and the shortest prefix of a network that has nothing else in it. */
  private static final Pattern GROUPS =
      Pattern.compile("(22[4-9]|23\\d)\\..*|ff[0-9a-f]{2}:.*", Pattern.CASE_INSENSITIVE);

  private static final int LEAST_OF_GROUPS = 4;
  private static final String ACCEPTED =
      "accepted: `example.org`, `*.example.org:443`, `10.1.2.3:5432`, `10.0.0.0/8:22`,"
          + " `[2001:db8::1]:443`, `localhost:8080`, each with `/udp` for UDP";

  /** A host, a port, a protocol. An IPv6 address is in brackets, its prefix in or behind them. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?<host>\\[[^\\]]*\\](/\\d{1,3})?|[^:\\[\\]/]+(/\\d{1,2})?)(:(?<port>[^:/]*))?(/(?<protocol>[a-zA-Z]+))?");

  private DestinationFormat() {}

  /**
   * A destination that may be reached.
   *
   * @throws ProfileException where the text is none
   */
  public static Destination allowed(String text) {
    Destination destination = parse(text);
    if (destination.host() instanceof Network network) {
      refuseNobodys(network, destination);
    }
    if (!destination.ports().isEmpty()) {
      return refuseNameService(destination);
    }
    boolean web = isNamed(destination.host()) && destination.protocol() == Protocol.TCP;
    if (!web) {
      throw new ProfileException(
          Quotes.quote(text) + " names no port",
          "say which, as in " + Quotes.quote(text.replaceFirst("(/[a-zA-Z]+)?$", ":443$1")));
    }
    return new Destination(destination.host(), destination.protocol(), WEB, text);
  }

  /**
   * A destination that is refused; without a port, at all of them.
   *
   * @throws ProfileException where the text is none
   */
  public static Destination denied(String text) {
    return parse(text);
  }

  /** Addresses of nobody in particular, which a connection cannot be made to. */
  private static void refuseNobodys(Network network, Destination destination) {
    boolean unspecified = network.isSingle() && NOBODYS.contains(network.address());
    boolean group =
        destination.protocol() == Protocol.TCP && GROUPS.matcher(network.address()).matches();
    if (unspecified || (group && network.prefix() >= LEAST_OF_GROUPS)) {
      throw new ProfileException(
          Quotes.quote(destination.text()) + " is no host's address",
          "write that of the host, or `localhost:PORT` for a service of this one");
    }
  }

  private static boolean isNamed(DestinationHost host) {
    return host instanceof Name || host instanceof Below;
  }

  private static Destination refuseNameService(Destination destination) {
    if (destination.host() instanceof Loopback && destination.ports().contains(NAME_SERVICE)) {
      throw new ProfileException(
          Quotes.quote(destination.text()) + " is where the sandbox asks for names itself",
          "names that are allowed are answered there");
    }
    boolean wild =
        destination.host() instanceof Below
            || (destination.host() instanceof Network network && !network.isSingle());
    if (wild && destination.protocol() == Protocol.UDP) {
      throw new ProfileException(
          Quotes.quote(destination.text()) + " is more than one host, and UDP goes to single ones",
          "list each host by its name or address");
    }
    return destination;
  }

  private static Destination parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw text.startsWith(":") ? noHost(text) : noDestination(text);
    }
    DestinationHost host = host(matcher.group("host"), text);
    List<Integer> ports =
        Optional.ofNullable(matcher.group("port"))
            .map(port -> List.of(port(port, text)))
            .orElse(List.of());
    return new Destination(host, protocol(matcher.group("protocol"), text), ports, text);
  }

  private static ProfileException noHost(String text) {
    return new ProfileException(
        Quotes.quote(text) + " is a port of no host",
        "name the host, as in `10.1.2.3" + text + "`; names are answered inside without it");
  }

  private static ProfileException noDestination(String text) {
    return new ProfileException(Quotes.quote(text) + " is not a destination", ACCEPTED);
  }

  private static Protocol protocol(@Nullable String word, String text) {
    if (word == null) {
      return Protocol.TCP;
    }
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "tcp" -> Protocol.TCP;
      case "udp" -> Protocol.UDP;
      default -> throw noDestination(text);
    };
  }

  /**
   * A port of TCP or UDP.
   *
   * @throws ProfileException where {@code port} is none
   */
  static int port(String port, String text) {
    if (!port.matches("[1-9]\\d{0,4}") || Integer.parseInt(port) > 0xffff) {
      throw new ProfileException(
          Quotes.quote(port) + " in " + Quotes.quote(text) + " is not a port",
          "accepted: a number from 1 to 65535");
    }
    return Integer.parseInt(port);
  }

  private static DestinationHost host(String host, String text) {
    if (host.equals("*")) {
      return new Below("");
    }
    if (host.startsWith("*.")) {
      return new Below(HostNames.elsewhere(host.substring(2)));
    }
    boolean bracketed = host.startsWith("[");
    String bare = bracketed ? host.replaceFirst("\\]", "").substring(1) : host;
    int slash = bare.indexOf('/');
    String address = slash < 0 ? bare : bare.substring(0, slash);
    Optional<byte[]> bytes = Addresses.parse(address);
    if (bytes.isPresent()) {
      return network(bytes.get(), slash < 0 ? "" : bare.substring(slash + 1), text);
    }
    if (bracketed || slash >= 0) {
      throw noDestination(text);
    }
    return HostNames.canonical(host).equals(HostNames.LOCAL)
        ? new Loopback()
        : new Name(HostNames.elsewhere(host));
  }

  private static DestinationHost network(byte[] address, String prefix, String text) {
    int bits = address.length * 8;
    int length = prefix.isEmpty() ? bits : Integer.parseInt(prefix);
    if (length > bits) {
      throw noDestination(text);
    }
    byte[] network = Addresses.network(address, length);
    if (!java.util.Arrays.equals(network, address)) {
      throw new ProfileException(
          Quotes.quote(text) + " has bits behind its prefix",
          "did you mean `" + Addresses.text(network) + "/" + length + "`?");
    }
    boolean ownLoopback =
        address.length == 4 ? address[0] == 127 : length == bits && isOne(address);
    if (ownLoopback) {
      return loopback(address, length == bits, text);
    }
    return new Network(Addresses.text(network), length, address.length == 4 ? 4 : 6);
  }

  private static DestinationHost loopback(byte[] address, boolean single, String text) {
    boolean usual = address.length == 16 || Addresses.text(address).equals("127.0.0.1");
    if (!single || !usual) {
      throw new ProfileException(
          Quotes.quote(text)
              + " is the loopback interface, of which only `127.0.0.1` and `::1` are passed on",
          "write `localhost:PORT` for a service of this host");
    }
    return new Loopback();
  }

  private static boolean isOne(byte[] address) {
    for (int i = 0; i < address.length - 1; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return address[address.length - 1] == 1;
  }
}
