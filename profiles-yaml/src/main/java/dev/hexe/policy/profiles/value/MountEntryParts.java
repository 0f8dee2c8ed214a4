package dev.hexe.policy.profiles.value;

import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.profiles.reader.PathExpander;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.Yaml;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The named parts of a fixture as written, and what is wrong with them. */
final class MountEntryParts {
  private static final int MOST_PERMISSIONS = 07777;
  private static final String MODE_HELP =
      "accepted: three or four octal digits, as in `0755`; a fifth, 0, may lead";

  private final Map<String, List<Yaml>> parts = new HashMap<>();
  private final Yaml whole;
  private final PathExpander paths;
  private final BiConsumer<Yaml, ProfileException> complain;
  private boolean sound = true;

  /** Nothing yet of {@code whole}; {@code complain} is told of each part that cannot be meant. */
  MountEntryParts(Yaml whole, PathExpander paths, BiConsumer<Yaml, ProfileException> complain) {
    this.whole = whole;
    this.paths = paths;
    this.complain = complain;
  }

  void put(String name, Yaml value) {
    parts.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
  }

  boolean has(String name) {
    return parts.containsKey(name);
  }

  int count(String name) {
    return parts.getOrDefault(name, List.of()).size();
  }

  /** Whether nothing was wrong so far. */
  boolean isSound() {
    return sound;
  }

  /** Notes that something is wrong which has been told already. */
  void spoil() {
    sound = false;
  }

  /** Notes what is wrong with the whole. */
  void complain(String what, String help) {
    complain(whole, what, help);
  }

  private void complain(Yaml where, String what, String help) {
    sound = false;
    complain.accept(where, new ProfileException(what, help));
  }

  /** The part as {@code parser} understands it, or {@code otherwise} where it is not there. */
  <T> T read(String name, Function<String, T> parser, T otherwise) {
    return parts.getOrDefault(name, List.of()).stream()
        .flatMap(part -> parse(part, parser).stream())
        .findFirst()
        .orElse(otherwise);
  }

  /** A path; empty where it is not there. */
  String path(String name) {
    return read(name, this::expanded, "");
  }

  /** One that need not exist; empty where nothing is said. */
  String pathIfPresent(String name) {
    return read(name, text -> paths.expand(text, true).path(), "");
  }

  /** All paths of one name. */
  List<String> paths(String name) {
    return parts.getOrDefault(name, List.of()).stream()
        .flatMap(part -> parse(part, this::expanded).stream())
        .toList();
  }

  String text(String name) {
    return read(name, Function.identity(), "");
  }

  /** Permissions. */
  int mode(int otherwise) {
    return read("mode", MountEntryParts::permissions, otherwise);
  }

  private String expanded(String text) {
    PathRule rule = paths.expand(text, false);
    return rule.path();
  }

  private <T> Optional<T> parse(Yaml part, Function<String, T> parser) {
    if (!(part instanceof Yaml.Scalar scalar) || scalar.missing()) {
      complain(part, "this takes a single value, not " + part.kind(), "");
      return Optional.empty();
    }
    try {
      return Optional.of(parser.apply(scalar.text()));
    } catch (ProfileException e) {
      complain(part, String.valueOf(e.getMessage()), e.help());
      return Optional.empty();
    }
  }

  private static int permissions(String text) {
    if (!text.matches("[0-7]{3,4}|0[0-7]{4}") || Integer.parseInt(text, 8) > MOST_PERMISSIONS) {
      throw new ProfileException(Quotes.quote(text) + " is not a mode", MODE_HELP);
    }
    return Integer.parseInt(text, 8);
  }
}
