package dev.hexe.policy.cli;

import dev.hexe.policy.profiles.Overrides;
import dev.hexe.policy.profiles.ProfileSelection.Choice;
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
final class PlainArguments {
  private static final String OPTION = "-";
  private static final Set<String> SINGLE = Set.of("--isolation", "--memory", "--pids", "--cpu");

  /** Ways to choose a profile, in the order in which the parser's answer has them. */
  private static final List<String> CHOICES = List.of("profile", "--isolation", "--isolated");

  private final List<String> read = new ArrayList<>();
  private final List<String> write = new ArrayList<>();
  private final Map<String, String> values = new HashMap<>();
  private Insistence insistence = Insistence.AS_WRITTEN;

  private PlainArguments() {}

  /** What was selected; empty where the arguments are not plain. */
  static Optional<Selection> read(List<String> arguments) {
    PlainArguments plain = new PlainArguments();
    for (String argument : arguments) {
      if (!plain.understands(argument)) {
        return Optional.empty();
      }
    }
    return Optional.of(plain.selection());
  }

  private boolean understands(String argument) {
    if (!argument.startsWith(OPTION)) {
      return !argument.isEmpty() && single("profile", argument);
    }
    int equals = argument.indexOf('=');
    return equals < 0
        ? flag(argument)
        : equals + 1 < argument.length()
            && option(argument.substring(0, equals), argument.substring(equals + 1));
  }

  private boolean single(String name, String value) {
    return values.put(name, value) == null;
  }

  private boolean flag(String name) {
    if (name.equals("--isolated")) {
      return single(name, "isolated");
    }
    boolean first = insistence == Insistence.AS_WRITTEN;
    insistence = name.equals("--strict") ? Insistence.STRICT : Insistence.BEST_EFFORT;
    return first && (name.equals("--strict") || name.equals("--best-effort"));
  }

  private boolean option(String name, String value) {
    return switch (name) {
      case "--read" -> read.add(value);
      case "--write" -> write.add(value);
      default -> SINGLE.contains(name) && single(name, value);
    };
  }

  private Selection selection() {
    return new Selection(
        CHOICES.stream()
            .flatMap(name -> value(name).map(it -> new Choice(name, it)).stream())
            .toList(),
        new Overrides(read, write, value("--memory"), value("--pids"), value("--cpu")),
        insistence,
        Optional.empty());
  }

  private Optional<String> value(String option) {
    return Optional.ofNullable(values.get(option));
  }
}
