package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Guards;
import dev.hexe.policy.api.plan.Guards.Kept;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Collects guards, so that as few actions as possible make them. */
final class GuardActions {
  private final Set<String> links = new LinkedHashSet<>();
  private final Set<String> protect = new LinkedHashSet<>();
  private final Set<String> protectUnseen = new LinkedHashSet<>();
  private final Set<String> hide = new LinkedHashSet<>();
  private final Set<String> hideUnseen = new LinkedHashSet<>();
  private final List<Action> protectBut = new ArrayList<>();
  private final List<Action> hideBut = new ArrayList<>();

  void protectLink(String path) {
    links.add(path);
  }

  void protect(String path, List<Kept> kept) {
    if (kept.isEmpty()) {
      (isUnseen(path) ? protectUnseen : protect).add(path);
    } else {
      protectBut.add(Guards.protectBut(path, kept));
    }
  }

  void hide(String path, List<Kept> kept) {
    if (kept.isEmpty()) {
      (isUnseen(path) ? hideUnseen : hide).add(path);
    } else {
      hideBut.add(Guards.hideBut(path, kept));
    }
  }

  /** The same for something that is not looked at before the launcher does. */
  void protectUnseen(String path, List<Kept> kept) {
    if (kept.isEmpty()) {
      protectUnseen.add(path);
    } else {
      protect(path, kept);
    }
  }

  /** The same for something that is not looked at before the launcher does. */
  void hideUnseen(String path, List<Kept> kept) {
    if (kept.isEmpty()) {
      hideUnseen.add(path);
    } else {
      hide(path, kept);
    }
  }

  /** What is hidden comes last: it may lie in what is protected. */
  List<Action> all() {
    List<Action> all = new ArrayList<>();
    add(links, Guards::protectLinks, all);
    add(protect, Guards::protect, all);
    all.addAll(protectBut);
    add(protectUnseen, Guards::protectUnseen, all);
    add(hide, Guards::hide, all);
    all.addAll(hideBut);
    add(hideUnseen, Guards::hideUnseen, all);
    return all;
  }

  private static void add(
      Set<String> paths, Function<List<String>, Action> guard, List<Action> all) {
    if (!paths.isEmpty()) {
      all.add(guard.apply(List.copyOf(paths)));
    }
  }

  private static boolean isUnseen(String path) {
    return path.startsWith("@");
  }
}
