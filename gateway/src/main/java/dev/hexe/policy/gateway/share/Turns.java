package dev.hexe.policy.gateway.share;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Work that is done for several at once, so much at a time. Each may have as much under way as it
 * leaves for others, so that slow work of one does not hold up that of another.
 */
public final class Turns<K> {
  private final Map<K, Work> waiting = new LinkedHashMap<>();
  private final int most;
  private int running;

  /** With so much under way at a time. */
  public Turns(int most) {
    this.most = most;
  }

  private static final class Work {
    final Deque<Runnable> tasks = new ArrayDeque<>();
    int running;
  }

  /** Begins a task, now or when it is the turn of whom it is for. */
  public void add(K whose, Runnable task) {
    waiting.computeIfAbsent(whose, key -> new Work()).tasks.add(task);
    begin();
  }

  /** One that was begun has ended. */
  public void end(K whose) {
    running--;
    Work work = waiting.get(whose);
    if (work != null && --work.running == 0 && work.tasks.isEmpty()) {
      waiting.remove(whose);
    }
    begin();
  }

  private void begin() {
    for (Work work : waiting.values()) {
      while (!work.tasks.isEmpty() && work.running < most - running) {
        work.running++;
        running++;
        work.tasks.remove().run();
      }
    }
  }
}
