package dev.hexe.policy.engine;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.decision.Rejection;
import dev.hexe.policy.api.profile.Guarantee;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One line for each guarantee that is preferred and falls short, and one for all limits together.
 */
final class Warnings {
  private static final Set<Guarantee> LIMITS =
      Set.of(Guarantee.MEMORY, Guarantee.PIDS, Guarantee.CPU, Guarantee.CPUS, Guarantee.IO);

  private Warnings() {}

  static List<String> of(Decisions decisions) {
    List<Decision> lacking =
        decisions.all().stream()
            .filter(decision -> !decision.satisfied() && !decision.refuses())
            .toList();
    List<Decision> limits = lacking.stream().filter(Warnings::isLimit).toList();
    return Stream.concat(
            lacking.stream().filter(decision -> !isLimit(decision)).map(Warnings::line),
            limits.size() > 1 ? Stream.of(together(limits)) : limits.stream().map(Warnings::line))
        .toList();
  }

  private static boolean isLimit(Decision decision) {
    return LIMITS.contains(decision.guarantee());
  }

  private static String line(Decision decision) {
    return "warning: %s (%s) %s%s"
        .formatted(
            decision.guarantee().id(),
            decision.guarantee().meaning(),
            shortfall(decision),
            because(decision));
  }

  /** Each shortfall once, and the first reason there is: they are nearly always the same. */
  private static String together(List<Decision> limits) {
    Map<String, List<Decision>> byShortfall =
        limits.stream()
            .collect(
                Collectors.groupingBy(
                    Warnings::shortfall, LinkedHashMap::new, Collectors.toList()));
    String shortfalls =
        byShortfall.entrySet().stream()
            .map(entry -> ids(entry.getValue()) + " " + entry.getKey())
            .collect(Collectors.joining("; "));
    String reason =
        limits.stream()
            .map(Warnings::because)
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse("");
    return "warning: limits: " + shortfalls + reason;
  }

  private static String ids(List<Decision> decisions) {
    return decisions.stream()
        .map(decision -> decision.guarantee().id())
        .collect(Collectors.joining(", "));
  }

  private static String shortfall(Decision decision) {
    return decision
        .chosen()
        .map(choice -> "is only " + strength(choice) + ": " + choice.caveat())
        .orElse("is not enforced");
  }

  private static String strength(Mechanism mechanism) {
    return mechanism.strength().name().toLowerCase(Locale.ROOT);
  }

  private static String because(Decision decision) {
    return decision.rejections().stream()
        .findFirst()
        .map(Rejection::lack)
        .map(lack -> "; " + lack.reason())
        .orElse("");
  }
}
