package dev.hexe.policy.importers.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words behind {@code $@}, {@code $1} and so on, as far as a script says them itself. */
final class Arguments {
  /** Those that the script is started with, which nobody knows. */
  static final Arguments UNKNOWN = new Arguments(Optional.empty());

  private final Optional<List<Word>> words;

  private Arguments(Optional<List<Word>> words) {
    this.words = words;
  }

  static Arguments of(List<Word> words) {
    return new Arguments(Optional.of(List.copyOf(words)));
  }

  /** All of them. */
  Optional<List<Word>> all() {
    return words;
  }

  /** The one of a number; none where it may be another one. */
  Optional<Word> number(int number) {
    return words
        .filter(it -> it.size() >= number)
        .map(it -> it.subList(0, number))
        .filter(it -> it.stream().allMatch(word -> word.unknown().isEmpty()))
        .map(it -> it.get(number - 1));
  }

  /** Without the first ones; a word that stands for unknown ones stays. */
  Arguments shifted(int count) {
    return new Arguments(words.map(it -> shifted(it, count)));
  }

  private static List<Word> shifted(List<Word> words, int count) {
    List<Word> left = new ArrayList<>(words);
    for (int i = 0; i < count && !left.isEmpty() && left.get(0).unknown().isEmpty(); i++) {
      left.remove(0);
    }
    return List.copyOf(left);
  }
}
