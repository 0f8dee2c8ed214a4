package dev.hexe.policy.verification.act;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Something that is tried inside a sandbox.
 *
 * @param name as the launcher knows it; empty where there is nothing to be tried
 * @param arguments for the launcher
 * @param text for people
 */
public record Act(String name, List<String> arguments, String text) {
  /** Copies the arguments. */
  public Act {
    arguments = List.copyOf(arguments);
  }

  /** An act whose text is its words. */
  public static Act of(String name, Object... arguments) {
    List<String> words = Arrays.stream(arguments).map(String::valueOf).toList();
    return new Act(name, words, words.isEmpty() ? name : name + " " + String.join(" ", words));
  }

  /** An act for people alone. */
  static Act inWords(String text) {
    return new Act("", List.of(), text);
  }

  /** The same act, described otherwise. */
  public Act called(String other) {
    return new Act(name, arguments, other);
  }

  /** Whether the launcher can try it. */
  public boolean canBeTried() {
    return !name.isEmpty();
  }

  /** The act and its arguments. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(name);
    words.addAll(arguments);
    return words;
  }
}
