package dev.hexe.policy.cli.author;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.cli.explain.ComparedProfile;
import dev.hexe.policy.cli.explain.Comparison;
import dev.hexe.policy.cli.explain.Difference;
import dev.hexe.policy.cli.text.Words;
import dev.hexe.policy.exposure.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Differences of two profiles as sentences whose subject is the profile that allows more. */
final class Sentences {
  /** What may be done with a path, from nothing to everything. */
  private static final List<String> ACCESS = List.of("", "list", "read", "write", "as on the host");

  private static final Map<String, String> DEEDS =
      Map.of(
          "", "cannot reach it",
          "list", "may only list what is in it",
          "read", "may only read it",
          "write", "may write it",
          "as on the host", "has it as on the host");

  /** What a sentence about the setting has said already. */
  private static final Set<String> TOLD_BY_SETTINGS =
      Set.of(
          "network",
          "destinations",
          "hostname",
          "capabilities",
          "memory",
          "pids",
          "cpu",
          "tmp",
          "terminal",
          "time",
          "cpus",
          "io",
          "identity",
          "syscalls",
          "protected",
          "hidden");

  private static final String IF_PRESENT = " if present";

  private final Comparison comparison;
  private final String left;
  private final String right;

  Sentences(Comparison comparison) {
    this.comparison = comparison;
    left = "`" + comparison.left().name() + "`";
    right = "`" + comparison.right().name() + "`";
  }

  List<String> all() {
    List<String> all = new ArrayList<>();
    for (Difference difference : comparison.differences()) {
      all.addAll(of(difference));
    }
    if (all.isEmpty()) {
      all.add(
          comparison.isEqual()
              ? left + " and " + right + " grant the same on this host"
              : left + " and " + right + " grant the same on this host, by other mechanisms");
    }
    return all;
  }

  private List<String> of(Difference difference) {
    return switch (difference.section()) {
      case PATHS -> List.of(path(difference));
      case SETTINGS, LIMITS ->
          Phrases.of(difference.name(), difference.left(), left, difference.right(), right);
      case GUARANTEES -> guarantee(difference.name()).stream().toList();
      case EXPOSURES -> exposure(difference).stream().toList();
    };
  }

  private String path(Difference difference) {
    int first = ACCESS.indexOf(plain(difference.left()));
    int second = ACCESS.indexOf(plain(difference.right()));
    if (first < 0 || second < 0) {
      return "at `%s` %s has %s, %s %s"
          .formatted(
              difference.name(), left, place(difference.left()), right, place(difference.right()));
    }
    if (first == second) {
      return "`%s` may be missing under %s, and has to be there under %s"
          .formatted(
              difference.name(),
              isOptional(difference.left()) ? left : right,
              isOptional(difference.left()) ? right : left);
    }
    boolean leftIsFreer = first > second;
    return "%s may %s `%s`; %s %s"
        .formatted(
            leftIsFreer ? left : right,
            verb(ACCESS.get(Math.max(first, second))),
            difference.name(),
            leftIsFreer ? right : left,
            less(difference.name(), ACCESS.get(Math.min(first, second))));
  }

  /** Where a directory is known at the start alone, another list may cover it. */
  private static String less(String path, String access) {
    return access.isEmpty() && path.startsWith("$")
        ? "does not list it"
        : DEEDS.getOrDefault(access, "");
  }

  private static String verb(String access) {
    return access.equals("as on the host") ? "do as on the host with" : access;
  }

  private static String place(String text) {
    return text.isEmpty() ? "nothing" : text;
  }

  private static boolean isOptional(String access) {
    return access.endsWith(IF_PRESENT);
  }

  private static String plain(String access) {
    return isOptional(access) ? access.substring(0, access.length() - IF_PRESENT.length()) : access;
  }

  /** Where one promises it alone, or both and this host keeps it less for one of them. */
  private Optional<String> guarantee(String id) {
    Guarantee guarantee = Guarantee.withId(id).orElseThrow();
    Optional<Decision> first = decision(comparison.left(), guarantee);
    Optional<Decision> second = decision(comparison.right(), guarantee);
    if (TOLD_BY_SETTINGS.contains(id) && first.isPresent() != second.isPresent()) {
      return first
          .or(() -> second)
          .filter(it -> !it.satisfied())
          .map(it -> promise(it, first.isPresent()));
    }
    if (first.isPresent() == second.isPresent()) {
      return first.flatMap(one -> second.flatMap(other -> strengths(guarantee, one, other)));
    }
    return first.or(() -> second).map(it -> promise(it, first.isPresent()));
  }

  private String promise(Decision decision, boolean leftPromises) {
    return "%s promises that %s (here: %s); %s does not"
        .formatted(
            leftPromises ? left : right,
            decision.guarantee().meaning(),
            Words.of(decision.strength()),
            leftPromises ? right : left);
  }

  private Optional<String> strengths(Guarantee guarantee, Decision one, Decision other) {
    String first = Words.of(one.strength()) + ", " + Words.of(one.demand());
    String second = Words.of(other.strength()) + ", " + Words.of(other.demand());
    return first.equals(second)
        ? Optional.empty()
        : Optional.of(
            "that %s is enforced here for %s (%s) and for %s (%s)"
                .formatted(guarantee.meaning(), left, first, right, second));
  }

  private static Optional<Decision> decision(ComparedProfile side, Guarantee guarantee) {
    return side.explanation().decisions().of(guarantee);
  }

  private Optional<String> exposure(Difference difference) {
    if (difference.left().isEmpty() == difference.right().isEmpty()) {
      return Optional.empty();
    }
    String what =
        Arrays.stream(Kind.values())
            .filter(kind -> kind.id().equals(difference.name()))
            .findFirst()
            .orElseThrow()
            .what();
    boolean leftIsOpen = difference.right().isEmpty();
    return Optional.of(
        "%s leaves open: %s; %s does not"
            .formatted(leftIsOpen ? left : right, what, leftIsOpen ? right : left));
  }
}
