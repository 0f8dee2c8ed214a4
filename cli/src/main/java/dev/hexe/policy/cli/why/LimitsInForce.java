package dev.hexe.policy.cli.why;

import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Limits;
import dev.hexe.policy.cli.explain.EffectivePolicy;
import dev.hexe.policy.profiles.value.LimitFormats;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/**
 * Limits on memory and time, which no failed call shows: the kernel ends who reaches them, or a
 * program is refused memory, for which it has words of its own.
 */
public final class LimitsInForce {
  private static final long SECOND = 1000;

  private final EffectivePolicy policy;
  private final Denials denials;
  private final Statements statements;

  private LimitsInForce(EffectivePolicy policy) {
    this.policy = policy;
    statements = new Statements(policy.provenance());
    denials = new Denials(policy, statements);
  }

  /** Those of a policy, with the next wider one as the change that helps. */
  public static List<Answer> of(EffectivePolicy policy) {
    return new LimitsInForce(policy).all();
  }

  private List<Answer> all() {
    Limits limits = policy.profile().limits();
    List<Answer> answers = new ArrayList<>();
    add(
        answers,
        Guarantee.MEMORY,
        limits.memory(),
        "memory",
        LimitFormats::text,
        "who asks for more is refused, or ended");
    add(answers, Guarantee.TIME, limits.time(), "time", LimitsInForce::time, "all is ended then");
    return answers;
  }

  private void add(
      List<Answer> to,
      Guarantee guarantee,
      OptionalLong limit,
      String name,
      LongFunction<String> format,
      String reason) {
    if (limit.isPresent() && policy.holds(guarantee)) {
      String wider = format.apply(Math.multiplyExact(limit.getAsLong(), 2));
      Fix fix = new Fix("--" + name + " " + wider, "limits: {" + name + ": " + wider + "}");
      to.add(
          denials.answer(
              guarantee,
              statements.of("limits." + name),
              name + " ends at " + format.apply(limit.getAsLong()) + ": " + reason,
              fix));
    }
  }

  private static String time(long milliseconds) {
    return milliseconds % SECOND == 0 ? milliseconds / SECOND + "s" : milliseconds + "ms";
  }
}
