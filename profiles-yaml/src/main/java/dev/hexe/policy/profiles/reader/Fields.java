package dev.hexe.policy.profiles.reader;

import dev.hexe.policy.profiles.yaml.Nearest;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Entry;
import dev.hexe.policy.profiles.yaml.Yaml.Mapping;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Sorts the keys of a mapping into those that are known and mistakes. */
public final class Fields {
  private Fields() {}

  /** The keys that a mapping may have. */
  public interface Known {
    /** The entries whose keys they are; the others are mistakes. */
    List<Entry> entries(Mapping mapping, Scope scope);
  }

  /** The entries whose keys are {@code known}; the others are mistakes. */
  public static List<Entry> known(Mapping mapping, Collection<String> known, Scope scope) {
    return known(mapping, known, List.of(), scope);
  }

  /** The same, where somebody else has read the entries of some keys: they are advised as well. */
  public static List<Entry> known(
      Mapping mapping, Collection<String> known, Collection<String> readBefore, Scope scope) {
    List<String> advised = Stream.concat(known.stream(), readBefore.stream()).toList();
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : mapping.entries()) {
      if (known.contains(entry.key().text())) {
        entries.add(entry);
      } else {
        unknown(entry, advised, scope);
      }
    }
    return entries;
  }

  /** The entry of a key, where {@code node} is a mapping that has it. */
  public static Optional<Entry> entry(Yaml node, String key) {
    return node instanceof Mapping mapping
        ? mapping.entries().stream().filter(entry -> entry.key().text().equals(key)).findFirst()
        : Optional.empty();
  }

  private static void unknown(Entry entry, Collection<String> known, Scope scope) {
    String word = entry.key().text();
    String within = scope.key().isEmpty() ? "" : " in " + scope.name();
    int colon = word.indexOf(':');
    String help =
        Optional.of(colon)
            .filter(it -> it > 0 && known.contains(word.substring(0, it)))
            .map(it -> "a blank stands behind the colon: " + Quotes.quote(spaced(word, it)))
            .or(() -> nearest(word, known))
            .orElseGet(() -> "known keys: " + Quotes.quote(known));
    scope.mistake(entry.key(), "unknown key " + Quotes.quote(word) + within, help);
  }

  private static Optional<String> nearest(String word, Collection<String> known) {
    return Nearest.to(word, known).map(near -> "did you mean " + Quotes.quote(near) + "?");
  }

  private static String spaced(String word, int colon) {
    return word.substring(0, colon) + ": " + word.substring(colon + 1);
  }
}
