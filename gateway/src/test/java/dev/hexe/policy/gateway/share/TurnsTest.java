package dev.hexe.policy.gateway.share;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Work for several at once: whoever has much of it holds nobody up. */
class TurnsTest {
  private final List<String> begun = new ArrayList<>();
  private final Turns<String> turns = new Turns<>(8);

  private void add(String whose, int count) {
    for (int i = 0; i < count; i++) {
      turns.add(whose, () -> begun.add(whose));
    }
  }

  private long begunOf(String whose) {
    return begun.stream().filter(whose::equals).count();
  }

  @Test
  void whoAsksForEverythingLeavesHalf() {
    add("greedy", 100);
    assertEquals(4, begunOf("greedy"));
    add("late", 1);
    assertEquals(1, begunOf("late"));
  }

  @Test
  void whoComesLateFindsATurn() {
    for (String greedy : List.of("a", "b", "c")) {
      add(greedy, 100);
    }
    add("late", 1);
    assertEquals(1, begunOf("late"));
  }

  @Test
  void whatWaitsBeginsWhenSomethingEnds() {
    add("one", 5);
    turns.end("one");
    assertEquals(5, begunOf("one"));
    for (int i = 0; i < 4; i++) {
      turns.end("one");
    }
    add("one", 4);
    assertEquals(9, begunOf("one"));
  }
}
