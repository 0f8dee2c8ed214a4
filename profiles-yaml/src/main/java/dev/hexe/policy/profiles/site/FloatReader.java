package dev.hexe.policy.profiles.site;

import dev.hexe.policy.profiles.reader.Fields;
import dev.hexe.policy.profiles.reader.Scope;
import dev.hexe.policy.profiles.shape.Shape;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Entry;
import dev.hexe.policy.profiles.yaml.Yaml.Mapping;
import dev.hexe.policy.profiles.yaml.Yaml.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** Reads one entry of {@code floats}. */
final class FloatReader {
  private static final String PROFILE = "profile";
  private static final String COMMAND = "command";
  private static final String TITLE = "title";
  private static final String SIZE = "size";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private final String file;
  private final BiFunction<Entry, Scope, Optional<String>> profile;

  FloatReader(String file, BiFunction<Entry, Scope, Optional<String>> profile) {
    this.file = file;
    this.profile = profile;
  }

  /** What an entry may hold. */
  static Shape shape() {
    Map<String, Shape> known = new LinkedHashMap<>();
    known.put(PROFILE, Shape.TEXT);
    known.put(COMMAND, Shape.oneOrMore());
    known.put(TITLE, Shape.TEXT);
    known.put(SIZE, Shape.TEXT);
    return new Shape.Members(known, Optional.empty(), List.of(PROFILE), 0);
  }

  Optional<NamedFloat> read(Entry entry, Scope scope) {
    String name = entry.key().text();
    if (!NAME.matcher(name).matches()) {
      scope.mistake(
          entry.key(),
          Quotes.quote(name) + " is not a name for a float",
          "accepted: letters, digits, `.`, `_` and `-`; it is written `@NAME` behind `apply`");
      return Optional.empty();
    }
    Scope inside = scope.at(name);
    return inside.mapping(entry.value()).flatMap(it -> read(name, it, entry, inside));
  }

  private Optional<NamedFloat> read(String name, Mapping mapping, Entry entry, Scope scope) {
    Fields.known(mapping, List.of(PROFILE, COMMAND, TITLE, SIZE), scope);
    Optional<String> chosen =
        Fields.entry(mapping, PROFILE).flatMap(it -> profile.apply(it, scope));
    if (Fields.entry(mapping, PROFILE).isEmpty()) {
      scope.mistake(
          entry.key(),
          "the float " + Quotes.quote(name) + " has no `profile`",
          "a name, or a path");
    }
    Optional<String> text = text(mapping, SIZE, scope);
    Optional<FloatSize> size = text.flatMap(FloatSize::parse);
    if (text.isPresent() && size.isEmpty()) {
      Entry written = Fields.entry(mapping, SIZE).orElse(entry);
      scope.mistake(written.value(), Quotes.quote(text.get()) + " is not a size", FloatSize.HELP);
    }
    List<String> command = command(mapping, scope);
    return chosen.map(
        it -> new NamedFloat(file, name, it, command, text(mapping, TITLE, scope), size));
  }

  private static List<String> command(Mapping mapping, Scope scope) {
    Optional<Entry> entry = Fields.entry(mapping, COMMAND);
    entry.filter(it -> saysNothing(it.value())).ifPresent(it -> noProgram(it, scope));
    if (entry.isPresent() && entry.get().value() instanceof Sequence list) {
      List<String> words =
          list.items().stream()
              .flatMap(it -> scope.at(COMMAND).scalar(it).stream())
              .map(Yaml.Scalar::text)
              .toList();
      return words.isEmpty() ? NamedFloat.words("") : words;
    }
    return NamedFloat.words(text(mapping, COMMAND, scope).orElse(""));
  }

  private static boolean saysNothing(Yaml value) {
    return (value instanceof Sequence list && list.items().isEmpty())
        || (value instanceof Yaml.Scalar scalar && !scalar.missing() && scalar.text().isBlank());
  }

  private static void noProgram(Entry entry, Scope scope) {
    scope.mistake(
        entry.value(), "`command` names no program", "without this key the float is your shell");
  }

  private static Optional<String> text(Mapping mapping, String key, Scope scope) {
    return Fields.entry(mapping, key)
        .flatMap(it -> scope.at(key).scalar(it.value()))
        .map(Yaml.Scalar::text);
  }
}
