package dev.hexe.policy.profiles.key;

import dev.hexe.policy.api.network.Coverage;
import dev.hexe.policy.api.network.Destination;
import dev.hexe.policy.api.network.NetworkAccess;
import dev.hexe.policy.api.network.NetworkAccess.Logging;
import dev.hexe.policy.api.network.NetworkAccess.Mode;
import dev.hexe.policy.api.network.PublishedPort;
import dev.hexe.policy.profiles.yaml.ProfileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The network that a profile chooses.
 *
 * @param mode how much there is
 * @param allow what is listed
 * @param deny what is refused nevertheless
 * @param publish what the host can reach
 * @param logging what is written down, where that is said
 * @param checkedNames whether a TLS connection has to name its server, where that is said
 * @param asks whether the user is asked about what is not listed, where that is said
 */
public record NetworkChoice(
    Mode mode,
    List<Destination> allow,
    List<Destination> deny,
    List<PublishedPort> publish,
    Optional<Logging> logging,
    Optional<Boolean> checkedNames,
    Optional<Boolean> asks) {
  static final NetworkChoice HOST = all(Mode.HOST);
  static final NetworkChoice NONE = all(Mode.NONE);
  public static final NetworkChoice LISTED = all(Mode.LISTED);

  private static NetworkChoice all(Mode mode) {
    return new NetworkChoice(
        mode,
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** What lists adds to lists; a word replaces them, and they replace a word. */
  static NetworkChoice merge(NetworkChoice base, NetworkChoice own) {
    if (own.mode != Mode.LISTED || base.mode != Mode.LISTED) {
      return own;
    }
    return new NetworkChoice(
        Mode.LISTED,
        append(base.allow, own.allow),
        append(base.deny, own.deny),
        append(base.publish, own.publish),
        own.logging.or(base::logging),
        own.checkedNames.or(base::checkedNames),
        own.asks.or(base::asks));
  }

  private static <T> List<T> append(List<T> base, List<T> own) {
    return Stream.concat(base.stream(), own.stream()).distinct().toList();
  }

  /** As YAML on one line. */
  public String text() {
    if (mode != Mode.LISTED) {
      return mode.name().toLowerCase(Locale.ROOT);
    }
    List<String> parts = new ArrayList<>();
    list(parts, NetworkReader.ALLOW, allow.stream().map(Destination::text));
    list(parts, NetworkReader.DENY, deny.stream().map(Destination::text));
    list(parts, NetworkReader.PUBLISH, publish.stream().map(NetworkChoice::text));
    logging.ifPresent(
        level -> parts.add(NetworkReader.LOG + ": " + level.name().toLowerCase(Locale.ROOT)));
    checkedNames.ifPresent(
        checked -> parts.add(NetworkReader.TLS + ": " + (checked ? "checked" : "noted")));
    asks.ifPresent(asked -> parts.add(NetworkReader.ON_DENY + ": " + (asked ? "ask" : "refuse")));
    return "{" + String.join(", ", parts) + "}";
  }

  private static String text(PublishedPort port) {
    String address = port.address().indexOf(':') < 0 ? port.address() : "[" + port.address() + "]";
    return address + ":" + port.outside() + ":" + port.inside();
  }

  private static void list(List<String> parts, String name, Stream<String> items) {
    String all = items.map(item -> "\"" + item + "\"").collect(Collectors.joining(", "));
    if (!all.isEmpty()) {
      parts.add(name + ": [" + all + "]");
    }
  }

  /** The same with what holds where nothing is said. */
  public NetworkAccess access() {
    return new NetworkAccess(
        mode,
        allow,
        deny,
        publish,
        logging.orElse(Logging.DECISIONS),
        checkedNames.orElse(false),
        asks.orElse(false));
  }

  /** The refusal that leaves nothing of what is allowed, if one does. */
  public static Optional<Destination> refusing(
      List<Destination> allowed, List<Destination> denied) {
    return denied.stream()
        .filter(deny -> allowed.stream().allMatch(allow -> Coverage.covers(deny, allow)))
        .findFirst();
  }

  /** Why it makes no sense as a whole, if so. */
  public Optional<ProfileException> problem() {
    Optional<ProfileException> ports = publishedTwice();
    if (ports.isPresent() || mode != Mode.LISTED || !allow.isEmpty() || asks.orElse(false)) {
      return ports;
    }
    if (!deny.isEmpty()) {
      return Optional.of(
          new ProfileException(
              "`network.deny` takes from what `allow` lists, and nothing is listed",
              "to allow all other names, say `allow: [\"*\"]`"));
    }
    return publish.isEmpty()
        ? Optional.of(
            new ProfileException(
                "`network` lists no destination", "list some with `allow`, or say `network: none`"))
        : Optional.empty();
  }

  private Optional<ProfileException> publishedTwice() {
    Set<String> outside = new HashSet<>();
    return publish.stream()
        .filter(port -> !outside.add(port.address() + " " + port.outside()))
        .map(
            port ->
                new ProfileException(
                    "port " + port.outside() + " of the host is published twice",
                    "choose another port of the host for one of the two"))
        .findFirst();
  }

  // Made by hand: the JDK makes these of method handles at the first use, which takes milliseconds.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NetworkChoice that
        && mode == that.mode
        && allow.equals(that.allow)
        && deny.equals(that.deny)
        && publish.equals(that.publish)
        && logging.equals(that.logging)
        && checkedNames.equals(that.checkedNames)
        && asks.equals(that.asks);
  }

  @Override
  public int hashCode() {
    return List.of(mode, allow, deny, publish, logging, checkedNames, asks).hashCode();
  }
}
