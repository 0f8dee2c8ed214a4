package dev.hexe.policy.api.spi;

import java.util.List;
import java.util.function.UnaryOperator;

/** A key that a plug-in adds to profiles, with the values it takes. */
public final class ProfileKey {
  private final String path;
  private final List<String> words;
  private final String item;
  private final UnaryOperator<String> parser;

  private ProfileKey(String path, List<String> words, String item, UnaryOperator<String> parser) {
    this.path = path;
    this.words = List.copyOf(words);
    this.item = item;
    this.parser = parser;
  }

  /**
   * A key that takes one of a few words.
   *
   * @param path lower-case letters, digits and {@code -}, with a dot between levels; no key that
   *     there is already
   * @param usual the default; it asks for nothing
   * @param strict the words that ask for the guarantee, the strictest last
   */
  public static ProfileKey ofWords(String path, String usual, String... strict) {
    List<String> words = new java.util.ArrayList<>(List.of(usual));
    words.addAll(List.of(strict));
    return new ProfileKey(path, words, "", UnaryOperator.identity());
  }

  /**
   * A key that takes a list; any item asks for the guarantee.
   *
   * @param item what an item is, as in {@code a device}
   * @param parser returns an item as it is to be held, or throws {@link IllegalArgumentException}
   *     with a message for the user: lower case, without a period
   */
  public static ProfileKey ofList(String path, String item, UnaryOperator<String> parser) {
    return new ProfileKey(path, List.of(), item, parser);
  }

  /** The key's path in a profile, with a dot between levels. */
  public String path() {
    return path;
  }

  /** The words it takes, the default first; empty if it takes a list. */
  public List<String> words() {
    return words;
  }

  /** The name of an item of its list, as in {@code a device}; empty if it takes a word. */
  public String item() {
    return item;
  }

  /**
   * An item in the form in which profiles hold it.
   *
   * @throws IllegalArgumentException if the item is a mistake, with a message for the user
   */
  public String parse(String text) {
    return parser.apply(text);
  }

  /** Whether these values ask for the guarantee. */
  public boolean asks(List<String> values) {
    return words.isEmpty()
        ? !values.isEmpty()
        : values.stream().anyMatch(value -> !value.equals(words.get(0)));
  }

  /**
   * Whether a project may change {@code base} to {@code changed}: the latter allows nothing that
   * the former does not. Lists have to be equal, because only the plug-in knows what they mean.
   */
  public boolean narrows(List<String> base, List<String> changed) {
    return base.equals(changed) || (!words.isEmpty() && place(changed) >= place(base));
  }

  private int place(List<String> values) {
    return values.isEmpty() ? 0 : words.indexOf(values.get(0));
  }
}
