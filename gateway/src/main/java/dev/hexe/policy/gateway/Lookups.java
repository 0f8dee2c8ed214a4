package dev.hexe.policy.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The names that are looked up for one sandbox. All that want the same one at a time wait for one
 * answer, and have it for a moment: a program makes many connections to one host at once.
 */
final class Lookups {
  /** Names that are being looked up at a time. */
  static final int MOST = 64;

  /** As many connections as there may be, and as many questions. */
  static final int MOST_WAITING = 2 * Sandbox.MOST_CONNECTIONS;

  private static final int MOST_RECENT = 256;
  private static final long MOMENT = TimeUnit.SECONDS.toNanos(1);

  private final Map<String, List<Consumer<Found>>> open = new HashMap<>();
  private final Map<String, Recent> recent = new LinkedHashMap<>();
  private int waiting;

  private record Recent(Found found, long at) {}

  /** What was found a moment ago. */
  Optional<Found> recent(String name) {
    return Optional.ofNullable(recent.get(name))
        .filter(it -> System.nanoTime() - it.at() < MOMENT)
        .map(Recent::found);
  }

  /** Whether a name can be looked up now. */
  boolean admit(String name) {
    return recent(name).isPresent()
        || (open.containsKey(name) ? waiting < MOST_WAITING : open.size() < MOST);
  }

  /**
   * Waits for the end of the search for a name that is admitted; true where it has to be looked up.
   */
  boolean await(String name, Consumer<Found> then) {
    List<Consumer<Found>> all = open.get(name);
    boolean isFirst = all == null;
    if (all == null) {
      all = new ArrayList<>();
      open.put(name, all);
    }
    waiting++;
    all.add(then);
    return isFirst;
  }

  /** Ends the waiting for a name, and returns who is to be told. */
  List<Consumer<Found>> end(String name, Found found) {
    List<Consumer<Found>> all = Optional.ofNullable(open.remove(name)).orElse(List.of());
    waiting -= all.size();
    recent.remove(name);
    recent.put(name, new Recent(found, System.nanoTime()));
    if (recent.size() > MOST_RECENT) {
      recent.remove(recent.keySet().iterator().next());
    }
    return all;
  }
}
