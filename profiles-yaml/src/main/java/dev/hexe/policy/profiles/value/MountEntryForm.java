package dev.hexe.policy.profiles.value;

import dev.hexe.policy.profiles.reader.Fields;
import dev.hexe.policy.profiles.reader.ItemReader;
import dev.hexe.policy.profiles.reader.PathExpander;
import dev.hexe.policy.profiles.reader.Scope;
import dev.hexe.policy.profiles.reader.ValueReader;
import dev.hexe.policy.profiles.shape.Shape;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.Span;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Entry;
import dev.hexe.policy.profiles.yaml.Yaml.Mapping;
import dev.hexe.policy.profiles.yaml.Yaml.Scalar;
import dev.hexe.policy.profiles.yaml.Yaml.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The form of a kind of fixture: with keys, or in one word, its first parts separated by colons and
 * the others after them as {@code name=value}. A colon in a path is written {@code \:}.
 *
 * @param what the kind, with its article
 * @param first the names of the parts that have to be there, in the order of the one word
 * @param repeated the one of them that may be there more than once, or empty
 * @param others the names of the other parts
 * @param example the one word
 * @param make makes the fixture of its parts
 */
public record MountEntryForm<T>(
    String what,
    List<String> first,
    String repeated,
    List<String> others,
    String example,
    Function<MountEntryParts, Optional<T>> make) {
  private static final String COLON = "(?<!\\\\):";

  /** Reads them, one by one. */
  public ItemReader<T> list() {
    return ItemReader.each(ValueReader.shaped(shape(), this::read));
  }

  /** Reads one, as a list of it. */
  public ValueReader<List<T>> single() {
    return ValueReader.shaped(shape(), (node, scope) -> read(node, scope).map(List::of));
  }

  private Shape shape() {
    Map<String, Shape> known = new LinkedHashMap<>();
    Stream.concat(first.stream(), others.stream())
        .forEach(name -> known.put(name, name.equals(repeated) ? Shape.oneOrMore() : Shape.TEXT));
    return Shape.either(Shape.TEXT, new Shape.Members(known, Optional.empty(), first, 0));
  }

  /**
   * Reads one word of the command line.
   *
   * @throws ProfileException where it is none of this kind
   */
  public T parse(String word, PathExpander paths) {
    Scalar whole = new Scalar(Span.START, word, false);
    MountEntryParts parts =
        new MountEntryParts(
            whole,
            paths,
            (where, mistake) -> {
              throw mistake;
            });
    split(whole, parts);
    return made(parts).orElseThrow(() -> new ProfileException(notOne(word), help()));
  }

  private Optional<T> read(Yaml item, Scope scope) {
    MountEntryParts parts =
        new MountEntryParts(
            item, scope.paths(), (where, mistake) -> scope.mistakes().add(where.span(), mistake));
    if (item instanceof Mapping mapping) {
      take(mapping, scope, parts);
    } else if (item instanceof Scalar scalar && !scalar.missing()) {
      split(scalar, parts);
    } else {
      parts.complain(what + " is not written as " + item.kind(), help());
    }
    return parts.isSound() ? made(parts) : Optional.empty();
  }

  private Optional<T> made(MountEntryParts parts) {
    for (String name : first) {
      if (parts.isSound() && !parts.has(name)) {
        parts.complain(what + " lacks " + Quotes.quote(name), help());
      }
    }
    Optional<T> fixture = parts.isSound() ? make.apply(parts) : Optional.empty();
    return parts.isSound() ? fixture : Optional.empty();
  }

  private void take(Mapping mapping, Scope scope, MountEntryParts parts) {
    List<String> known = Stream.concat(first.stream(), others.stream()).toList();
    List<Entry> entries = Fields.known(mapping, known, scope);
    if (entries.size() < mapping.entries().size()) {
      parts.spoil();
    }
    for (Entry entry : entries) {
      String name = entry.key().text();
      if (name.equals(repeated) && entry.value() instanceof Sequence sequence) {
        sequence.items().forEach(value -> parts.put(name, value));
      } else {
        parts.put(name, entry.value());
      }
    }
  }

  private void split(Scalar word, MountEntryParts parts) {
    List<String> texts = new ArrayList<>(List.of(word.text().split(COLON, -1)));
    if (isOthers(texts.get(texts.size() - 1))) {
      for (String each : texts.remove(texts.size() - 1).split(",", -1)) {
        other(word, each, parts);
      }
    }
    int extra = texts.size() - first.size();
    if (extra < 0 || (extra > 0 && repeated.isEmpty())) {
      parts.complain(notOne(word.text()), help());
      return;
    }
    for (String name : first) {
      int count = name.equals(repeated) ? 1 + extra : 1;
      for (int i = 0; i < count; i++) {
        parts.put(name, new Scalar(word.span(), texts.remove(0).replace("\\:", ":"), false));
      }
    }
  }

  private boolean isOthers(String text) {
    return others.stream().anyMatch(name -> text.startsWith(name + "="));
  }

  private void other(Scalar word, String text, MountEntryParts parts) {
    String[] sides = text.split("=", 2);
    if (sides.length < 2 || !others.contains(sides[0])) {
      parts.complain(Quotes.quote(text) + " is no part of " + what, help());
    } else if (parts.has(sides[0])) {
      parts.complain(Quotes.quote(sides[0]) + " is given twice", "");
    } else {
      parts.put(sides[0], new Scalar(word.span(), sides[1], false));
    }
  }

  private String notOne(String word) {
    return Quotes.quote(word) + " is not " + what;
  }

  private String help() {
    return "write it as in `" + example + "`";
  }
}
