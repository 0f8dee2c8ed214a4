package dev.hexe.policy.profiles.yaml;

import java.util.List;

/**
 * A YAML tree in which every node knows its place, and no text has been taken for a number or a
 * truth value.
 */
public sealed interface Yaml {
  /** Where it stands. */
  Span span();

  /** What it is, for messages. */
  String kind();

  /** Whether nothing is in it. */
  boolean isEmpty();

  /**
   * A single value.
   *
   * @param text as written, quotes removed
   * @param missing whether nothing is written at all, as after {@code key:}
   */
  record Scalar(Span span, String text, boolean missing) implements Yaml {
    @Override
    public String kind() {
      return "a single value";
    }

    @Override
    public boolean isEmpty() {
      return missing;
    }
  }

  /** A list. */
  record Sequence(Span span, List<Yaml> items) implements Yaml {
    @Override
    public String kind() {
      return "a list";
    }

    @Override
    public boolean isEmpty() {
      return items.isEmpty();
    }
  }

  /** Keys with values; no key occurs twice. */
  record Mapping(Span span, List<Entry> entries) implements Yaml {
    @Override
    public String kind() {
      return "keys";
    }

    @Override
    public boolean isEmpty() {
      return entries.isEmpty();
    }
  }

  /** One key with its value. */
  record Entry(Scalar key, Yaml value) {}
}
