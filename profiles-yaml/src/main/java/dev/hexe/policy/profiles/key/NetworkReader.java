package dev.hexe.policy.profiles.key;

import dev.hexe.policy.api.network.Destination;
import dev.hexe.policy.api.network.NetworkAccess.Logging;
import dev.hexe.policy.api.network.NetworkAccess.Mode;
import dev.hexe.policy.api.network.PublishedPort;
import dev.hexe.policy.profiles.network.DestinationFormat;
import dev.hexe.policy.profiles.network.NetworkSets;
import dev.hexe.policy.profiles.network.PublishedPortFormat;
import dev.hexe.policy.profiles.reader.Fields;
import dev.hexe.policy.profiles.reader.ItemReader;
import dev.hexe.policy.profiles.reader.Said;
import dev.hexe.policy.profiles.reader.Scope;
import dev.hexe.policy.profiles.reader.ValueReader;
import dev.hexe.policy.profiles.reader.Values;
import dev.hexe.policy.profiles.reader.WordReader;
import dev.hexe.policy.profiles.shape.Shape;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Mapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads {@code host}, {@code none}, or what can be reached: {@code {allow: [...], …}}. */
final class NetworkReader implements ValueReader<NetworkChoice> {
  static final String ALLOW = "allow";
  static final String DENY = "deny";
  static final String PUBLISH = "publish";
  static final String LOG = "log";
  static final String TLS = "tls";
  static final String ON_DENY = "on-deny";
  private static final List<String> FIELDS = List.of(ALLOW, DENY, PUBLISH, LOG, TLS, ON_DENY);

  private static final ValueReader<NetworkChoice> WORD = new WordReader<>(Words.NETWORKS);
  private static final ValueReader<List<Destination>> DENIED =
      list("a destination", DestinationFormat::denied);
  private static final ValueReader<List<PublishedPort>> PUBLISHED =
      list("a port", PublishedPortFormat::parse);
  private static final ValueReader<Logging> LOGGING = new WordReader<>(Words.LOGGING);
  private static final ValueReader<Boolean> CHECKED =
      new WordReader<>(Words.either("noted", "checked"));
  private static final ValueReader<Boolean> ASKS = new WordReader<>(Words.ON_DENY);

  @Override
  public Optional<NetworkChoice> read(Yaml node, Scope scope) {
    return node instanceof Mapping mapping ? lists(mapping, scope) : WORD.read(node, scope);
  }

  @Override
  public Shape shape() {
    Shape list = new Shape.Items(Shape.TEXT, true);
    Map<String, Shape> lists = new LinkedHashMap<>();
    List.of(ALLOW, DENY, PUBLISH).forEach(name -> lists.put(name, list));
    lists.put(LOG, LOGGING.shape());
    lists.put(TLS, CHECKED.shape());
    lists.put(ON_DENY, ASKS.shape());
    return Shape.either(WORD.shape(), Shape.members(lists));
  }

  private static <T> ValueReader<List<T>> list(String what, Function<String, T> parser) {
    return list(Values.list(what, parser));
  }

  private static <T> ValueReader<List<T>> list(ItemReader<T> items) {
    return (node, scope) ->
        scope
            .sequence(node)
            .map(
                list ->
                    list.items().stream()
                        .flatMap(item -> items.read(item, scope))
                        .map(Said::value)
                        .toList());
  }

  private static ValueReader<List<List<Destination>>> allowed(NetworkSets sets) {
    return list(Values.list("a destination", sets::allowed));
  }

  private static Optional<NetworkChoice> lists(Mapping mapping, Scope scope) {
    Fields.known(mapping, FIELDS, scope);
    NetworkChoice choice =
        new NetworkChoice(
            Mode.LISTED,
            value(mapping, ALLOW, allowed(scope.sets()), scope).orElse(List.of()).stream()
                .flatMap(List::stream)
                .toList(),
            value(mapping, DENY, DENIED, scope).orElse(List.of()),
            value(mapping, PUBLISH, PUBLISHED, scope).orElse(List.of()),
            value(mapping, LOG, LOGGING, scope),
            value(mapping, TLS, CHECKED, scope),
            value(mapping, ON_DENY, ASKS, scope));
    new NetworkContradictions(mapping, scope.sets(), scope.mistakes()).find(choice.deny());
    return Optional.of(choice);
  }

  private static <T> Optional<T> value(
      Mapping mapping, String field, ValueReader<T> reader, Scope scope) {
    return Fields.entry(mapping, field)
        .flatMap(entry -> reader.read(entry.value(), scope.at(field)));
  }
}
