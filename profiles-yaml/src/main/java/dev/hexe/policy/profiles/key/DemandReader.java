package dev.hexe.policy.profiles.key;

import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.profiles.reader.Fields;
import dev.hexe.policy.profiles.reader.Scope;
import dev.hexe.policy.profiles.reader.ValueReader;
import dev.hexe.policy.profiles.reader.WordReader;
import dev.hexe.policy.profiles.shape.Shape;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Entry;
import dev.hexe.policy.profiles.yaml.Yaml.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads demands by the id of the guarantee, and {@link #DEFAULT} for all others. */
public final class DemandReader {
  /** Stands for every guarantee that is not named. */
  public static final String DEFAULT = "default";

  private static final List<String> IDS = ids();
  private static final ValueReader<Demand> WORD = new WordReader<>(Words.DEMANDS);
  private static final ValueReader<Strength> STRENGTH = new WordReader<>(Words.STRENGTHS);

  /** Word for word, or with the strength that is enough. */
  static final Shape SHAPE = Shape.members(IDS, demandShape());

  private DemandReader() {}

  private static Shape demandShape() {
    Shape.Members weaker = Shape.members(Words.DEMANDS.keySet(), STRENGTH.shape());
    return Shape.either(
        WORD.shape(), new Shape.Members(weaker.known(), Optional.empty(), List.of(), 1));
  }

  /** The ids of guarantees, and {@link #DEFAULT}. */
  static List<Entry> known(Mapping mapping, Scope scope) {
    return Fields.known(mapping, IDS, scope);
  }

  /** The ids of guarantees. */
  public static List<String> guarantees() {
    return IDS.stream().filter(id -> !id.equals(DEFAULT)).toList();
  }

  static Optional<Demand> read(Entry entry, Scope scope) {
    return demand(entry.value(), scope);
  }

  private static Optional<Demand> demand(Yaml node, Scope scope) {
    return node instanceof Mapping mapping ? weaker(mapping, scope) : WORD.read(node, scope);
  }

  private static Optional<Demand> weaker(Mapping mapping, Scope scope) {
    List<Entry> entries = Fields.known(mapping, Words.DEMANDS.keySet(), scope);
    if (mapping.entries().size() != 1) {
      String help = "write `required`, `preferred`, or for example `{required: partial}`";
      scope.mistake(mapping, scope.name() + " takes one demand", help);
      return Optional.empty();
    }
    return entries.stream().findFirst().flatMap(entry -> weaker(entry, scope));
  }

  private static Optional<Demand> weaker(Entry entry, Scope scope) {
    String word = entry.key().text();
    return STRENGTH
        .read(entry.value(), scope.at(word))
        .map(strength -> new Demand(word.equals("required"), strength));
  }

  private static List<String> ids() {
    List<String> ids =
        new ArrayList<>(
            Stream.concat(Guarantee.builtIn().stream(), AddedKeys.installed().guarantees().stream())
                .map(Guarantee::id)
                .toList());
    ids.add(DEFAULT);
    return List.copyOf(ids);
  }
}
