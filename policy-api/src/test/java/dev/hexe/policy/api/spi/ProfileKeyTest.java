package dev.hexe.policy.api.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ProfileKeyTest {
  private static final ProfileKey WORDS = ProfileKey.ofWords("gpu", "allowed", "listed", "denied");
  private static final ProfileKey LIST =
      ProfileKey.ofList("gpus", "a device", UnaryOperator.identity());

  @Test
  void anyWordButTheUsualOneAsks() {
    assertFalse(WORDS.asks(List.of()));
    assertFalse(WORDS.asks(List.of("allowed")));
    assertTrue(WORDS.asks(List.of("denied")));
  }

  @Test
  void anyItemAsks() {
    assertFalse(LIST.asks(List.of()));
    assertTrue(LIST.asks(List.of("/dev/kfd")));
  }

  @Test
  void aLaterWordIsStricter() {
    assertTrue(WORDS.narrows(List.of(), List.of("denied")));
    assertTrue(WORDS.narrows(List.of("listed"), List.of("denied")));
    assertTrue(WORDS.narrows(List.of("listed"), List.of("listed")));
    assertFalse(WORDS.narrows(List.of("denied"), List.of("listed")));
    assertFalse(WORDS.narrows(List.of("denied"), List.of()));
  }

  @Test
  void ofListsNobodyKnowsWhichIsStricter() {
    assertTrue(LIST.narrows(List.of("a"), List.of("a")));
    assertFalse(LIST.narrows(List.of("a"), List.of()));
    assertFalse(LIST.narrows(List.of(), List.of("a")));
  }

  @Test
  void aWeightIsFromOneToTen() {
    assertEquals(1, new OpenSpot("a", 1, "b", List.of(), "c").weight());
    for (int weight : new int[] {0, 11, -1}) {
      assertThrows(
          IllegalArgumentException.class, () -> new OpenSpot("a", weight, "b", List.of(), "c"));
    }
  }
}
