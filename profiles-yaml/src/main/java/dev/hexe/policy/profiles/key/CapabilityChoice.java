package dev.hexe.policy.profiles.key;

import dev.hexe.policy.api.profile.Capability;
import dev.hexe.policy.profiles.reader.Scope;
import dev.hexe.policy.profiles.reader.ValueReader;
import dev.hexe.policy.profiles.reader.Values;
import dev.hexe.policy.profiles.reader.WordReader;
import dev.hexe.policy.profiles.shape.Shape;
import dev.hexe.policy.profiles.yaml.Nearest;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.Yaml;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The capabilities of a command.
 *
 * @param others whether those that are named nowhere are as the caller has them, else none
 * @param given those that it has
 * @param taken those that it has not
 */
public record CapabilityChoice(boolean others, Set<Capability> given, Set<Capability> taken) {
  static final CapabilityChoice KEEP = new CapabilityChoice(true, Set.of(), Set.of());
  private static final CapabilityChoice NONE = new CapabilityChoice(false, Set.of(), Set.of());
  private static final ValueReader<CapabilityChoice> WORD =
      new WordReader<>(Map.of("keep", KEEP, "none", NONE));
  static final ValueReader<CapabilityChoice> READER =
      ValueReader.shaped(
          Shape.either(Shape.words(List.of("keep", "none")), new Shape.Items(Shape.TEXT, true)),
          CapabilityChoice::read);
  private static final ValueReader<String> ITEM = Values.parsed(CapabilityChoice::item);
  private static final String OTHERS = "keep";
  private static final String TAKEN = "-";
  private static final String ALL = "all";
  private static final String PREFIX = "cap_";

  /** With these the mounts and limits that a sandbox is made of could be undone. */
  private static final Set<Capability> UNDOING =
      EnumSet.of(Capability.SYS_ADMIN, Capability.SYS_RESOURCE);

  /** Copies. */
  public CapabilityChoice {
    given = Set.copyOf(given);
    taken = Set.copyOf(taken);
  }

  /**
   * Reads {@code keep}, {@code none}, or a list: of names alone, those that are left; with {@code
   * keep} in it, or a minus before a name, of changes to what the caller has.
   */
  private static Optional<CapabilityChoice> read(Yaml value, Scope scope) {
    return value instanceof Yaml.Sequence list
        ? Optional.of(of(items(list, scope)))
        : WORD.read(value, scope);
  }

  private static List<String> items(Yaml.Sequence list, Scope scope) {
    Map<Capability, String> said = new EnumMap<>(Capability.class);
    List<String> items = new ArrayList<>();
    for (Yaml node : list.items()) {
      for (String item : ITEM.read(node, scope).stream().toList()) {
        items.add(item);
        String before = item.equals(OTHERS) ? item : said.putIfAbsent(meant(item), item);
        if (before != null && isTaken(before) != isTaken(item)) {
          scope.mistake(
              node,
              Quotes.quote(item) + " contradicts " + Quotes.quote(before),
              "leave out one of the two");
        }
      }
    }
    return items;
  }

  private static Capability meant(String item) {
    return named(isTaken(item) ? item.substring(TAKEN.length()) : item);
  }

  private static CapabilityChoice of(List<String> items) {
    boolean others = items.stream().anyMatch(item -> item.equals(OTHERS) || isTaken(item));
    CapabilityChoice choice = others ? KEEP : NONE;
    for (String item : items) {
      if (isTaken(item)) {
        choice = choice.without(item.substring(TAKEN.length()));
      } else if (!item.equals(OTHERS)) {
        choice = choice.with(item);
      }
    }
    return choice;
  }

  private static String item(String text) {
    if (isTaken(text)) {
      named(text.substring(TAKEN.length()));
    } else if (!text.equals(OTHERS)) {
      capability(text);
    }
    return text;
  }

  private static boolean isTaken(String item) {
    return item.startsWith(TAKEN);
  }

  /** The same as profiles write it. */
  public String written() {
    List<String> items = new ArrayList<>(others ? List.of(OTHERS) : List.of());
    given.stream().sorted().map(Capability::label).forEach(items::add);
    taken.stream()
        .sorted()
        .map(capability -> '"' + TAKEN + capability.label() + '"')
        .forEach(items::add);
    return items.isEmpty() ? "none" : items.equals(List.of(OTHERS)) ? OTHERS : items.toString();
  }

  /**
   * The same, and this one.
   *
   * @throws ProfileException where there is none of this name
   */
  public CapabilityChoice with(String name) {
    Set<Capability> more = EnumSet.of(capability(name));
    return new CapabilityChoice(others, union(given, more), without(taken, more));
  }

  /**
   * The same without this one, or without any.
   *
   * @throws ProfileException where there is none of this name
   */
  public CapabilityChoice without(String name) {
    if (name.equalsIgnoreCase(ALL)) {
      return NONE;
    }
    Set<Capability> less = EnumSet.of(named(name));
    return new CapabilityChoice(others, without(given, less), others ? union(taken, less) : taken);
  }

  private static Capability capability(String name) {
    Capability capability = named(name);
    if (UNDOING.contains(capability)) {
      throw new ProfileException(
          Quotes.quote(name) + " is left to no command: it could undo what its sandbox is made of",
          "leave it out; where nothing is isolated, say `capabilities: keep`");
    }
    return capability;
  }

  /** As in {@code capabilities(7)} as well, with its prefix and in capitals. */
  private static Capability named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String label = lower.startsWith(PREFIX) ? lower.substring(PREFIX.length()) : lower;
    return Arrays.stream(Capability.values())
        .filter(capability -> capability.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new ProfileException(
                    Quotes.quote(name) + " is not a capability",
                    Nearest.to(
                            label,
                            Arrays.stream(Capability.values()).map(Capability::label).toList())
                        .map(near -> "did you mean " + Quotes.quote(near) + "?")
                        .orElse("see `capabilities(7)`")));
  }

  private static Set<Capability> union(Set<Capability> one, Set<Capability> other) {
    Set<Capability> all = EnumSet.noneOf(Capability.class);
    all.addAll(one);
    all.addAll(other);
    return all;
  }

  private static Set<Capability> without(Set<Capability> one, Set<Capability> other) {
    Set<Capability> rest = EnumSet.noneOf(Capability.class);
    rest.addAll(one);
    rest.removeAll(other);
    return rest;
  }
}
