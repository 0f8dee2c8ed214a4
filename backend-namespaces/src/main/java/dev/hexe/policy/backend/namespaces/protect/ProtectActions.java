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
import java.util.function.BiFunction;

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
    add(protect, Guards::protect, protectBut, all);
    add(hide, Guards::hide, hideBut, all);
    return all;
  }

  /** Guards that the launcher has to look for come behind those with exceptions. */
  private static void add(
      Map<Set<ProtectFlag>, Set<String>> guards,
      BiFunction<List<String>, Set<ProtectFlag>, Action> action,
      List<Action> but,
      List<Action> all) {
    List<Action> unseen = new ArrayList<>();
    guards.entrySet().stream()
        .sorted(ORDER)
        .forEach(
            entry ->
                (entry.getKey().contains(ProtectFlag.UNSEEN) ? unseen : all)
                    .add(action.apply(List.copyOf(entry.getValue()), entry.getKey())));
    all.addAll(but);
    all.addAll(unseen);
  }
}
