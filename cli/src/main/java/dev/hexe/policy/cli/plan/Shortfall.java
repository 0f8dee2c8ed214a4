package dev.hexe.policy.cli.plan;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Rejection;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.cli.text.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Guarantees that fall short for the same reasons.
 *
 * @param decisions what was decided about each
 * @param lacks what the host lacks; empty where no backend has a way at all
 */
public record Shortfall(List<Decision> decisions, List<MissingFeature> lacks) {
  /** Brings decisions with the same reasons together, in the order of the first of each. */
  static List<Shortfall> group(List<Decision> decisions) {
    Map<List<MissingFeature>, List<Decision>> groups = new LinkedHashMap<>();
    for (Decision decision : decisions) {
      groups.computeIfAbsent(lacks(decision), lacks -> new ArrayList<>()).add(decision);
    }
    return groups.entrySet().stream()
        .map(group -> new Shortfall(group.getValue(), group.getKey()))
        .toList();
  }

  /** What would have satisfied a decision. */
  static List<Rejection> missed(Decision decision) {
    return decision.rejections().stream()
        .filter(rejection -> rejection.mechanism().strength().reaches(decision.demand().atLeast()))
        .toList();
  }

  /** The guarantees as a list to be read. */
  public static String guarantees(List<Decision> decisions) {
    return Words.and(decisions.stream().map(Decision::guarantee).map(Guarantee::id).toList());
  }

  private static List<MissingFeature> lacks(Decision decision) {
    return missed(decision).stream().map(Rejection::lack).distinct().toList();
  }
}
