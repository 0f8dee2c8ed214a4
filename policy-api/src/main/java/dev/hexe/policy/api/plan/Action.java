package dev.hexe.policy.api.plan;

import java.util.List;

/**
 * One thing the launcher does. Actions are made with the factories beside this type ({@link
 * Mounts}, {@link Layouts}, {@link Processes}, {@link ControlGroups}, {@link Reports}, {@link
 * RestrictionActions}, {@link EnvironmentActions}, {@link PlanNotes}), which document each.
 *
 * @param opcode which primitive
 * @param operands its operands, as {@link Opcode#signature()} says
 * @param description for people: what it does, in a few words
 */
public record Action(Opcode opcode, List<Operand> operands, String description) {
  /** Checks the operands against the opcode's signature. */
  public Action {
    operands = List.copyOf(operands);
    StringBuilder letters = new StringBuilder();
    operands.forEach(operand -> letters.append(operand.letter()));
    if (!opcode.signature().contentEquals(letters)) {
      throw new IllegalArgumentException(
          opcode.label() + " takes `" + opcode.signature() + "`, not `" + letters + "`");
    }
  }

  static Action of(Opcode opcode, String description, Operand... operands) {
    return new Action(opcode, List.of(operands), description);
  }

  /** When it happens. */
  public Phase phase() {
    return opcode.phase();
  }
}
