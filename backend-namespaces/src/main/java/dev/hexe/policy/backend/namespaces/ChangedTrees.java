package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.KeptChanges;
import dev.hexe.policy.backend.namespaces.Place.Bind;
import java.util.List;

/** Trees of the host that a command writes, and whose changes are kept apart. */
final class ChangedTrees {
  private final Layout layout;
  private int count;

  ChangedTrees(Layout layout) {
    this.layout = layout;
  }

  /** Devices are used through their names, and hold nothing. */
  static boolean isOne(Bind bind) {
    return !bind.isReadOnly()
        && !bind.source().equals("/dev")
        && !bind.source().startsWith("/dev/");
  }

  List<Action> at(String path, Bind bind, boolean create) {
    boolean chosen = bind.purpose() == Bind.Purpose.CHOSEN;
    KeptChanges.How how =
        new KeptChanges.How(bind.isFile(), bind.optional(), create, chosen, holdsMounts(path));
    return List.of(
        KeptChanges.tree(bind.source(), path, Integer.toString(count++), bind.attributes(), how));
  }

  private boolean holdsMounts(String path) {
    return layout.atOrBelow(path).entrySet().stream()
        .anyMatch(entry -> !entry.getKey().equals(path) && entry.getValue().isRestricted());
  }
}
