package dev.hexe.policy.profiles.key;

import dev.hexe.policy.api.network.Destination;
import dev.hexe.policy.api.network.NetworkAccess.Mode;
import dev.hexe.policy.api.network.PublishedPort;
import dev.hexe.policy.profiles.network.NetworkSets;
import dev.hexe.policy.profiles.network.PublishedPortFormat;
import dev.hexe.policy.profiles.reader.Fields;
import dev.hexe.policy.profiles.yaml.Mistakes;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Entry;
import dev.hexe.policy.profiles.yaml.Yaml.Mapping;
import dev.hexe.policy.profiles.yaml.Yaml.Scalar;
import dev.hexe.policy.profiles.yaml.Yaml.Sequence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds entries on the network that cannot hold together: in one file, or with what it extends. */
public final class NetworkContradictions {
  private static final String INHERITED = " of a profile that this one extends";
  private static final String TAKE_BACK =
      "take that out of the profile that says it, or leave this out";

  private final Mapping network;
  private final NetworkSets sets;
  private final Mistakes mistakes;

  NetworkContradictions(Mapping network, NetworkSets sets, Mistakes mistakes) {
    this.network = network;
    this.sets = sets;
    this.mistakes = mistakes;
  }

  /**
   * Notes what a file allows and a profile that it extends denies. To take a refusal back takes
   * whoever said it: a site's list would be worth little else.
   *
   * @param settings what the file says
   * @param own its network
   * @param base that of what it extends
   */
  public static void findInherited(
      Yaml settings, NetworkChoice own, NetworkChoice base, NetworkSets sets, Mistakes mistakes) {
    if (own.mode() == Mode.LISTED && base.mode() == Mode.LISTED) {
      Fields.entry(settings, Keys.NETWORK.path())
          .map(Entry::value)
          .filter(Mapping.class::isInstance)
          .map(network -> new NetworkContradictions((Mapping) network, sets, mistakes))
          .ifPresent(inherited -> inherited.findDenied(base.deny(), INHERITED, TAKE_BACK));
    }
  }

  /** Notes each as a mistake; what cannot be read has been noted already. */
  void find(List<Destination> denied) {
    findDenied(denied, "", "leave out one of the two");
    Map<String, PublishedPort> published = new HashMap<>();
    items(NetworkReader.PUBLISH)
        .forEach(
            item ->
                read(item, PublishedPortFormat::parse).ifPresent(it -> add(it, item, published)));
  }

  private void findDenied(List<Destination> denied, String whose, String help) {
    items(NetworkReader.ALLOW)
        .forEach(
            item ->
                read(item, sets::allowed)
                    .flatMap(allowed -> NetworkChoice.refusing(allowed, denied))
                    .ifPresent(by -> neverReached(item, by, whose, help)));
  }

  private Stream<Scalar> items(String list) {
    return Fields.entry(network, list).map(Entry::value).stream()
        .filter(Sequence.class::isInstance)
        .flatMap(value -> ((Sequence) value).items().stream())
        .filter(Scalar.class::isInstance)
        .map(Scalar.class::cast);
  }

  private static <T> Optional<T> read(Scalar item, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(item.text()));
    } catch (ProfileException e) {
      return Optional.empty();
    }
  }

  private void neverReached(Yaml item, Destination by, String whose, String help) {
    String said = Quotes.quote(NetworkReader.DENY + ": " + by.text());
    mistakes.add(item.span(), "this is never reached: " + said + whose + " counts over it", help);
  }

  private void add(PublishedPort port, Yaml item, Map<String, PublishedPort> before) {
    PublishedPort other = before.putIfAbsent(port.address() + " " + port.outside(), port);
    if (other != null && !other.equals(port)) {
      mistakes.add(
          item.span(),
          "port " + port.outside() + " of the host leads to port " + other.inside() + " already",
          "choose another port of the host for one of the two");
    }
  }
}
