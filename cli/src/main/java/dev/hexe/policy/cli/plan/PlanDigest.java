package dev.hexe.policy.cli.plan;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.plan.PlanNotes;
import dev.hexe.policy.api.plan.PlanWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/** The SHA-256 by which a plan in a file can be told from others: that of the plan without it. */
public final class PlanDigest {
  private static final String KEY = "sha256";

  private PlanDigest() {}

  /** The plan with a note of its digest. */
  public static Plan addTo(Plan plan) {
    Action note = PlanNotes.note(KEY, of(plan));
    return Plan.inPhases(Stream.concat(Stream.of(note), plan.actions().stream()));
  }

  /** The digest a plan claims to have; empty where it claims none. */
  public static Optional<String> claimed(Plan plan) {
    return plan.actions().stream()
        .filter(PlanDigest::isDigest)
        .map(action -> action.operands().get(1).toString())
        .findFirst();
  }

  /** The digest a plan has. */
  public static String of(Plan plan) {
    Plan rest = new Plan(plan.actions().stream().filter(action -> !isDigest(action)).toList());
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(PlanWriter.write(rest)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static boolean isDigest(Action action) {
    return action.opcode() == Opcode.NOTE && action.operands().get(0).toString().equals(KEY);
  }
}
