package dev.hexe.policy.importers.draft;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The value behind a key. */
public sealed interface Value {
  /** A single word. */
  record Word(String text) implements Value {}

  /** A list. */
  record Items(List<Value> items) implements Value {
    /** Copies. */
    public Items {
      items = List.copyOf(items);
    }
  }

  /** Names with values, in this order. */
  record Pairs(Map<String, Value> entries) implements Value {
    /** Copies. */
    public Pairs {
      entries = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
  }

  /** A single word. */
  static Value word(String text) {
    return new Word(text);
  }

  /** A list of words. */
  static Value words(List<String> words) {
    return new Items(words.stream().map(Value::word).toList());
  }

  /** Names and words by turns. */
  static Value pairs(String... namesAndWords) {
    Map<String, Value> entries = new LinkedHashMap<>();
    for (int i = 0; i + 1 < namesAndWords.length; i += 2) {
      entries.put(namesAndWords[i], word(namesAndWords[i + 1]));
    }
    return new Pairs(entries);
  }
}
