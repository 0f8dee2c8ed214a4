package dev.hexe.policy.verification.checks;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.plan.Operand;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.plan.Processes;
import dev.hexe.policy.api.plan.Reports;
import java.util.stream.Stream;

/**
 * Plans with another time limit. The acts take longer than some limits, and nobody waits for an
 * hour to see whether one of an hour holds.
 */
public final class Deadlines {
  /** A limit, and a grace, that is not waited for longer than this; in milliseconds. */
  static final long LONGEST = 1_000;

  private static final Action TEXT =
      Reports.limitText(Reports.Limit.TIME, "time limit reached, which was shortened");

  private Deadlines() {}

  /** The plan without a time limit. */
  public static Plan without(Plan plan) {
    return new Plan(plan.actions().stream().filter(action -> !isLimit(action)).toList());
  }

  /** The plan with a time limit that is soon reached. */
  public static Plan soon(Plan plan) {
    return new Plan(plan.actions().stream().flatMap(Deadlines::sooner).toList());
  }

  private static Stream<Action> sooner(Action action) {
    if (isLimit(action)) {
      return Stream.of(Processes.timeLimit(shortened(action, 0), shortened(action, 1)));
    }
    boolean text =
        action.opcode() == Opcode.LIMIT_TEXT
            && action.operands().get(0).equals(TEXT.operands().get(0));
    return Stream.of(text ? TEXT : action);
  }

  private static long shortened(Action limit, int operand) {
    return limit.operands().get(operand) instanceof Operand.Unsigned time
        ? Math.min(time.value(), LONGEST)
        : LONGEST;
  }

  private static boolean isLimit(Action action) {
    return action.opcode() == Opcode.TIME_LIMIT;
  }
}
