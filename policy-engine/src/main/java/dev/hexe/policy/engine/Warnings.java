package dev.hexe.policy.engine;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.decision.Rejection;
import java.util.List;
import java.util.Locale;

/** One line for each guarantee that is preferred and falls short. */
final class Warnings {
  private Warnings() {}

  static List<String> of(Decisions decisions) {
    return decisions.all().stream()
        .filter(decision -> !decision.satisfied() && !decision.refuses())
        .map(Warnings::line)
        .toList();
  }

  private static String line(Decision decision) {
    String shortfall =
        decision
            .chosen()
            .map(choice -> "is only " + strength(choice) + ": " + choice.caveat())
            .orElse("is not enforced");
    String why = decision.rejections().stream().findFirst().map(Warnings::because).orElse("");
    return "warning: %s (%s) %s%s"
        .formatted(decision.guarantee().id(), decision.guarantee().meaning(), shortfall, why);
  }

  private static String strength(Mechanism mechanism) {
    return mechanism.strength().name().toLowerCase(Locale.ROOT);
  }

  private static String because(Rejection rejection) {
    return "; " + rejection.lack().reason();
  }
}
