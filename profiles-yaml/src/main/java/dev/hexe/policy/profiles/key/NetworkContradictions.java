package dev.hexe.policy.profiles.key;

import dev.hexe.policy.api.network.Destination;
import dev.hexe.policy.api.network.PublishedPort;
import dev.hexe.policy.profiles.network.PublishedPortFormat;
import dev.hexe.policy.profiles.reader.Fields;
import dev.hexe.policy.profiles.reader.Scope;
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

/** Finds entries on the network of one file that cannot hold together. */
final class NetworkContradictions {
  private final Mapping network;
  private final Scope scope;

  NetworkContradictions(Mapping network, Scope scope) {
    this.network = network;
    this.scope = scope;
  }

  /** Notes each as a mistake; what cannot be read has been noted already. */
  void find(List<Destination> denied) {
    items(NetworkReader.ALLOW)
        .forEach(
            item ->
                read(item, scope.sets()::allowed)
                    .flatMap(allowed -> NetworkChoice.refusing(allowed, denied))
                    .ifPresent(by -> neverReached(item, by)));
    Map<String, PublishedPort> published = new HashMap<>();
    items(NetworkReader.PUBLISH)
        .forEach(
            item ->
                read(item, PublishedPortFormat::parse).ifPresent(it -> add(it, item, published)));
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

  private void neverReached(Yaml item, Destination by) {
    String said = NetworkReader.DENY + ": " + by.text();
    scope.mistake(
        item,
        "this is never reached: " + Quotes.quote(said) + " counts over it",
        "leave out one of the two");
  }

  private void add(PublishedPort port, Yaml item, Map<String, PublishedPort> before) {
    PublishedPort other = before.putIfAbsent(port.address() + " " + port.outside(), port);
    if (other != null && !other.equals(port)) {
      scope.mistake(
          item,
          "port " + port.outside() + " of the host leads to port " + other.inside() + " already",
          "choose another port of the host for one of the two");
    }
  }
}
