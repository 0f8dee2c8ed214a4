package dev.hexe.policy.profiles.site;

import dev.hexe.policy.api.profile.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The programs that a configuration gives a profile, in its order. */
public final class CommandRules {
  private static final String ANYTHING = "*";

  /** Stands for any part of a name in a pattern that is compared; no program is called so. */
  private static final String ANY_PART = "/";

  private final List<Rule> rules = new ArrayList<>();

  /**
   * One of them.
   *
   * @param program a name, or a pattern
   * @param profile what it runs under
   * @param place where the program is said
   */
  public record Rule(String program, String profile, Origin place) {
    private boolean isPattern() {
      return program.contains(ANYTHING);
    }

    private boolean matches(String name) {
      String pattern = "\\Q" + program.replace(ANYTHING, "\\E.*\\Q") + "\\E";
      return isPattern() ? Pattern.matches(pattern, name) : program.equals(name);
    }

    /** Whether this is for every program that the other one is for. */
    boolean covers(Rule other) {
      return matches(other.program.replace(ANYTHING, ANY_PART));
    }
  }

  void add(Rule rule) {
    rules.add(rule);
  }

  public List<Rule> all() {
    return List.copyOf(rules);
  }

  /** The rule for a program; one that names it counts over patterns, and of those the first. */
  Optional<Rule> ruleFor(String program) {
    return first(rule -> rule.program().equals(program))
        .or(() -> first(rule -> rule.isPattern() && rule.matches(program)));
  }

  private Optional<Rule> first(Predicate<Rule> which) {
    return rules.stream().filter(which).findFirst();
  }

  /** The rules that no program comes to, each with the earlier one that all of its come to. */
  public Map<Rule, Rule> shadowed() {
    Map<Rule, Rule> shadowed = new LinkedHashMap<>();
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      rules.subList(0, i).stream()
          .filter(before -> rule.isPattern() && before.isPattern() && before.covers(rule))
          .findFirst()
          .ifPresent(before -> shadowed.put(rule, before));
    }
    return shadowed;
  }

  /** The rules of another file that no program comes to because these count over them. */
  public Map<Rule, Rule> shadowed(CommandRules later) {
    Map<Rule, Rule> shadowed = new LinkedHashMap<>();
    for (Rule rule : later.rules) {
      first(before -> before.covers(rule)).ifPresent(before -> shadowed.put(rule, before));
    }
    return shadowed;
  }
}
