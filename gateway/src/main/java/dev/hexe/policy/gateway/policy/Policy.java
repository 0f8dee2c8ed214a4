package dev.hexe.policy.gateway.policy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The gateway's policy for one sandbox, by those who started it.
 *
 * @param profile the profile's name, for people
 * @param sandbox the sandbox's id
 * @param logging {@code none}, {@code decisions} or {@code connections}
 * @param checkedNames whether a TLS connection has to name its server
 * @param asks whether somebody can be asked about what is not listed
 * @param rules what may be reached
 * @param addresses those that stand for names, two for each
 * @param published ports of the host that lead inside
 * @param sockets what is handed over, in this order
 * @param variables what the caller's environment says of proxies
 */
public record Policy(
    String profile,
    String sandbox,
    String logging,
    boolean checkedNames,
    boolean asks,
    Rules rules,
    Map<String, List<InetAddress>> addresses,
    List<Published> published,
    List<Listening> sockets,
    Map<String, String> variables) {
  private static final String HEAD = "hexe-gateway 1";
  private static final int MOST_LINES = 8192;

  /** Copies the collections. */
  public Policy {
    addresses = Map.copyOf(addresses);
    published = List.copyOf(published);
    sockets = List.copyOf(sockets);
    variables = Map.copyOf(variables);
  }

  /**
   * A port of the host that leads to one inside.
   *
   * @param address the host's address
   * @param outside the host's port
   * @param inside the port inside
   */
  public record Published(InetAddress address, int outside, int inside) {}

  /**
   * A socket that was made inside.
   *
   * @param kind {@code tcp}, {@code udp} or {@code connector}
   * @param address where it listens
   * @param port where it listens
   */
  public record Listening(String kind, String address, int port) {}

  /**
   * Reads a policy.
   *
   * @throws IllegalArgumentException where anything in it is not understood
   */
  public static Policy parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(HEAD)) {
      throw new IllegalArgumentException("its policy is not of this version");
    }
    if (lines.size() > MOST_LINES) {
      throw new IllegalArgumentException(
          "its policy has more than %d lines: list fewer destinations".formatted(MOST_LINES));
    }
    Builder builder = new Builder();
    lines.stream().skip(1).forEach(builder::line);
    return builder.build();
  }

  private static final class Builder {
    private final Map<String, String> words = new HashMap<>();
    private final List<Rule> allow = new ArrayList<>();
    private final List<Rule> deny = new ArrayList<>();
    private final Map<String, List<InetAddress>> addresses = new LinkedHashMap<>();
    private final List<Published> published = new ArrayList<>();
    private final List<Listening> sockets = new ArrayList<>();
    private final Map<String, String> variables = new HashMap<>();

    void line(String line) {
      int space = line.indexOf(' ');
      String key = space < 0 ? line : line.substring(0, space);
      String rest = space < 0 ? "" : line.substring(space + 1);
      switch (key) {
        case "profile", "sandbox", "log", "names", "on-deny", "asker" -> words.put(key, rest);
        case "allow" -> allow.add(Rule.parse(rest));
        case "deny" -> deny.add(Rule.parse(rest));
        case "address" -> address(parts(rest, 3));
        case "publish" -> published(parts(rest, 3));
        case "socket" -> socket(parts(rest, 3));
        case "variable" -> variables.put(before(rest), rest.substring(before(rest).length() + 1));
        default -> throw new IllegalArgumentException("`" + key + "` is not known");
      }
    }

    private static String before(String text) {
      int space = text.indexOf(' ');
      if (space < 0) {
        throw new IllegalArgumentException("`" + text + "` has no value");
      }
      return text.substring(0, space);
    }

    private static String[] parts(String text, int count) {
      String[] parts = text.split(" ", -1);
      if (parts.length != count) {
        throw new IllegalArgumentException("`" + text + "` has not " + count + " parts");
      }
      return parts;
    }

    private void address(String[] parts) {
      addresses.put(parts[0], List.of(Network.literal(parts[1]), Network.literal(parts[2])));
    }

    private void published(String[] parts) {
      published.add(new Published(Network.literal(parts[0]), port(parts[1]), port(parts[2])));
    }

    private void socket(String[] parts) {
      sockets.add(new Listening(parts[0], parts[1], port(parts[2])));
    }

    private static int port(String text) {
      int port = Integer.parseInt(text);
      if (port < 1 || port > 0xffff) {
        throw new IllegalArgumentException("`" + text + "` is not a port");
      }
      return port;
    }

    private String word(String key, String otherwise) {
      return Optional.ofNullable(words.get(key)).orElse(otherwise);
    }

    Policy build() {
      return new Policy(
          word("profile", ""),
          word("sandbox", ""),
          word("log", "decisions"),
          word("names", "noted").equals("checked"),
          word("on-deny", "refuse").equals("ask") && word("asker", "no").equals("yes"),
          new Rules(allow, deny),
          addresses,
          published,
          sockets,
          variables);
    }
  }
}
