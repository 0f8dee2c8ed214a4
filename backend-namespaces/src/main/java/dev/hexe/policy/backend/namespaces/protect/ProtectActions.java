package dev.hexe.policy.backend.namespaces.protect;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Guards;
import dev.hexe.policy.api.plan.Guards.Kept;
import dev.hexe.policy.api.plan.ProtectFlag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects guards, so that as few actions as possible make them. */
final class ProtectActions {
  /** Symlinks first, and what the launcher has to look for last. */
  private static final Comparator<Map.Entry<Set<ProtectFlag>, ?>> ORDER =
      Comparator.comparing(
          entry ->
              entry.getKey().contains(ProtectFlag.LINK)
                  ? 0
                  : entry.getKey().contains(ProtectFlag.UNSEEN) ? 2 : 1);

  private final Map<Set<ProtectFlag>, Set<String>> protect = new LinkedHashMap<>();
  private final Map<Set<ProtectFlag>, Set<String>> hide = new LinkedHashMap<>();
  private final List<Action> protectBut = new ArrayList<>();
  private final List<Action> hideBut = new ArrayList<>();

  void protect(String path, List<Kept> kept, Set<ProtectFlag> flags) {
    if (kept.isEmpty()) {
      protect.computeIfAbsent(flags, it -> new LinkedHashSet<>()).add(path);
    } else {
      protectBut.add(Guards.protectBut(path, kept, flags));
    }
  }

  void hide(String path, List<Kept> kept, Set<ProtectFlag> flags) {
    if (kept.isEmpty()) {
      hide.computeIfAbsent(flags, it -> new LinkedHashSet<>()).add(path);
    } else {
      hideBut.add(Guards.hideBut(path, kept, flags));
    }
  }

  /** What is hidden comes last: it may lie in what is protected. */
  List<Action> all() {
    List<Action> all = new ArrayList<>();
    List<Action> unseen = new ArrayList<>();
    protect.entrySet().stream()
        .sorted(ORDER)
        .forEach(
            entry ->
                (entry.getKey().contains(ProtectFlag.UNSEEN) ? unseen : all)
                    .add(Guards.protect(List.copyOf(entry.getValue()), entry.getKey())));
    all.addAll(protectBut);
    all.addAll(unseen);
    unseen.clear();
    hide.entrySet().stream()
        .sorted(ORDER)
        .forEach(
            entry ->
                (entry.getKey().contains(ProtectFlag.UNSEEN) ? unseen : all)
                    .add(Guards.hide(List.copyOf(entry.getValue()), entry.getKey())));
    all.addAll(hideBut);
    all.addAll(unseen);
    return all;
  }
}
