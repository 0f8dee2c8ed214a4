package dev.hexe.policy.profiles.reader;

import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Entry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Variables of profiles, {@code variables: {src: ~/src}} for example. What a profile says counts
 * over what those say that it extends, and also holds in them: files are read from the one that was
 * asked for downwards.
 */
public final class OwnVariables {
  public static final String KEY = "variables";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+@-]{0,254}");

  private final Map<String, String> values = new HashMap<>();
  private final Set<String> used = new HashSet<>();

  /** Reads those of a file; one that was said by a profile that extends it stays as it is. */
  public void read(Yaml root, Scope scope) {
    Fields.entry(root, KEY)
        .flatMap(entry -> scope.at(KEY).mapping(entry.value()))
        .ifPresent(mapping -> mapping.entries().forEach(entry -> add(entry, scope.at(KEY))));
  }

  private void add(Entry entry, Scope scope) {
    String name = entry.key().text();
    if (!NAME.matcher(name).matches()) {
      scope.mistake(
          entry.key(),
          Quotes.quote(name) + " is not a name for a variable",
          "accepted: lower-case letters, digits and `-`, as in `src-dir`");
      return;
    }
    scope
        .at(name)
        .scalar(entry.value())
        .flatMap(value -> value(value, scope))
        .ifPresent(value -> values.putIfAbsent(name, value));
  }

  /** A path is expanded where it is said; a word may be a part of one. */
  private static Optional<String> value(Yaml.Scalar value, Scope scope) {
    if (WORD.matcher(value.text()).matches()) {
      return Optional.of(value.text());
    }
    try {
      return Optional.of(scope.paths().expand(value.text(), false).path());
    } catch (ProfileException e) {
      scope.mistakes().add(value.span(), e);
      return Optional.empty();
    }
  }

  /** The value of one. */
  Optional<String> value(String name) {
    used.add(name);
    return Optional.ofNullable(values.get(name));
  }

  /** The names there are. */
  Set<String> names() {
    return values.keySet();
  }

  /** Notes those of a file that no path names: what they say is without effect. */
  public void refuseUnused(Yaml root, Scope scope) {
    Fields.entry(root, KEY)
        .map(Entry::value)
        .filter(Yaml.Mapping.class::isInstance)
        .map(Yaml.Mapping.class::cast)
        .ifPresent(
            mapping ->
                mapping.entries().stream()
                    .filter(entry -> values.containsKey(entry.key().text()))
                    .filter(entry -> !used.contains(entry.key().text()))
                    .forEach(
                        entry ->
                            scope.mistake(
                                entry.key(),
                                "variable " + Quotes.quote(entry.key().text()) + " is used nowhere",
                                "name it in a path, as in `${"
                                    + entry.key().text()
                                    + "}/x`, or leave it out")));
  }
}
