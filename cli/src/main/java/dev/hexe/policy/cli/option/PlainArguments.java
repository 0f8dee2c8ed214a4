package dev.hexe.policy.cli.option;

import dev.hexe.policy.cli.selection.Selection;
import dev.hexe.policy.profiles.setting.SettingOption.Arity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Understands the arguments that nearly everybody gives, in a tenth of the time that a parser for
 * all of them takes to start. What is not plain, and every mistake, is left to that one.
 */
public final class PlainArguments implements ParsedArguments {
  private static final String OPTION = "-";
  private static final String PROFILE = "profile";
  private static final String STRICT = "--strict";
  private static final String BEST_EFFORT = "--best-effort";

  private static final Set<String> FLAGS =
      Set.of("--isolated", STRICT, BEST_EFFORT, "--usage", "--no-project");

  /** Those with a value, once. */
  private static final Set<String> SINGLE =
      Set.of("--isolation", "--network", "--on-deny", "--status-fd", "--status-file");

  /** Those with a value, any number of times. */
  private static final Set<String> REPEATED = Set.of("--allow", "--deny", "--publish");

  private final Map<String, List<String>> values = new HashMap<>();

  private PlainArguments() {}

  /** What was selected; empty where the arguments are not plain. */
  public static Optional<Selection> read(List<String> arguments) {
    PlainArguments plain = new PlainArguments();
    for (String argument : arguments) {
      if (!plain.understands(argument)) {
        return Optional.empty();
      }
    }
    boolean contradict = plain.has(STRICT) && plain.has(BEST_EFFORT);
    return contradict ? Optional.empty() : Optional.of(SelectionOptions.read(plain));
  }

  private boolean understands(String argument) {
    if (!argument.startsWith(OPTION)) {
      return !argument.isEmpty() && once(PROFILE, argument);
    }
    int equals = argument.indexOf('=');
    if (equals < 0) {
      return isFlag(argument) && once(argument, "");
    }
    return equals + 1 < argument.length()
        && option(argument.substring(0, equals), argument.substring(equals + 1));
  }

  private static boolean isFlag(String name) {
    return FLAGS.contains(name) || SettingOptions.arity(name) == Arity.FLAG;
  }

  private boolean option(String name, String value) {
    Arity arity = SettingOptions.arity(name);
    if (SINGLE.contains(name) || arity == Arity.SINGLE) {
      return once(name, value);
    }
    boolean repeated = REPEATED.contains(name) || arity == Arity.REPEATED;
    return repeated && add(name, value);
  }

  private boolean once(String name, String value) {
    return !values.containsKey(name) && add(name, value);
  }

  private boolean add(String name, String value) {
    return values.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
  }

  @Override
  public Optional<String> word() {
    return text(PROFILE);
  }

  @Override
  public boolean has(String option) {
    return values.containsKey(option);
  }

  @Override
  public Optional<String> text(String option) {
    return Optional.ofNullable(values.get(option)).map(all -> all.get(0));
  }

  @Override
  public List<String> texts(String option) {
    return List.copyOf(values.getOrDefault(option, List.of()));
  }
}
