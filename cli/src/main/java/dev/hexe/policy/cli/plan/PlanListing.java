package dev.hexe.policy.cli.plan;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.plan.Phase;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.cli.text.Style;
import dev.hexe.policy.cli.text.Table;
import dev.hexe.policy.cli.text.Table.Cell;
import dev.hexe.policy.cli.text.Words;
import dev.hexe.policy.cli.text.Wrap;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The actions of a plan in their order, with the phase at the first of each. */
public final class PlanListing {
  private static final Set<Opcode> IN_PASSING =
      EnumSet.of(
          Opcode.NOTE,
          Opcode.DEPENDS,
          Opcode.DEPENDS_ENTRY,
          Opcode.DEPENDS_DIRECTORY,
          Opcode.DEPENDS_IDENTITY);

  private final Style style;
  private final int width;

  public PlanListing(Style style, int width) {
    this.style = style;
    this.width = width;
  }

  public String of(Plan plan) {
    // The notes repeat the decisions, and what the plan depends on is told at the end.
    List<Action> actions =
        plan.actions().stream().filter(action -> !IN_PASSING.contains(action.opcode())).toList();
    Table table = new Table(width);
    Phase last = null;
    for (Action action : actions) {
      String phase = action.phase() == last ? "" : Words.of(action.phase());
      table.row(Cell.of("  " + phase, style::dim), Cell.of(action.description()));
      last = action.phase();
    }
    long executed = actions.stream().filter(action -> action.phase() != Phase.NOTES).count();
    return style.bold("plan: " + Words.count(executed, "action")) + "\n" + table + sources(plan);
  }

  private String sources(Plan plan) {
    List<String> paths =
        plan.actions().stream()
            .filter(
                action ->
                    action.opcode() == Opcode.DEPENDS || action.opcode() == Opcode.DEPENDS_ENTRY)
            .map(action -> action.operands().get(0).toString())
            .toList();
    if (paths.isEmpty()) {
      return "";
    }
    String label = "  good until one of these changes: ";
    List<String> lines = Wrap.lines(label + String.join(", ", paths), width - 2);
    return "\n" + style.dim(String.join("\n  ", lines));
  }
}
