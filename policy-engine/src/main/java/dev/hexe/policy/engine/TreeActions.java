package dev.hexe.policy.engine;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.CloneFlag;
import dev.hexe.policy.api.plan.Mounts;
import dev.hexe.policy.api.plan.Opcode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Makes one layout of files of the parts that several backends contribute. */
final class TreeActions {
  private static final Set<Opcode> ROOTS = EnumSet.of(Opcode.ROOT_TMPFS, Opcode.ROOT_HOST);

  private TreeActions() {}

  /** The same actions, with a root before them where something is mounted without one. */
  static List<Action> together(List<Action> actions, Set<CloneFlag> namespaces) {
    List<Action> together = new ArrayList<>(actions);
    boolean covers = actions.stream().anyMatch(it -> it.opcode().is(Opcode.Trait.COVERS));
    boolean rooted = actions.stream().anyMatch(it -> ROOTS.contains(it.opcode()));
    if (covers && !rooted && namespaces.contains(CloneFlag.NEWNS)) {
      together.add(0, Mounts.rootHost());
    }
    return together;
  }
}
