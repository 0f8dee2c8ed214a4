package dev.hexe.policy.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.gateway.policy.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Names that are looked up for one sandbox: each once, however many wait for it. */
class LookupsTest {
  private static final Found FOUND = Found.of(Network.literal("203.0.113.10"));

  private final Lookups lookups = new Lookups();
  private final List<Found> told = new ArrayList<>();

  @Test
  void allThatWaitForANameHaveOneAnswer() {
    assertTrue(lookups.await("a.example", told::add));
    assertFalse(lookups.await("a.example", told::add));
    lookups.end("a.example", FOUND).forEach(then -> then.accept(FOUND));
    assertEquals(List.of(FOUND, FOUND), told);
    assertEquals(Optional.of(FOUND), lookups.recent("a.example"));
  }

  @Test
  void aNameThatDoesNotResolveIsRememberedWithItsReason() {
    lookups.await("a.example", told::add);
    lookups.end("a.example", Found.UNKNOWN);
    assertEquals(Optional.of(Found.UNKNOWN), lookups.recent("a.example"));
    assertTrue(lookups.await("a.example", told::add));
  }

  @Test
  void namesAtATimeAreFewAndThoseWhoWaitAreCounted() {
    for (int i = 0; i < Lookups.MOST; i++) {
      assertTrue(lookups.admit("n" + i));
      lookups.await("n" + i, told::add);
    }
    assertFalse(lookups.admit("another"));
    for (int i = Lookups.MOST; i < Lookups.MOST_WAITING; i++) {
      assertTrue(lookups.admit("n0"));
      lookups.await("n0", told::add);
    }
    assertFalse(lookups.admit("n0"));
    lookups.end("n0", FOUND);
    assertTrue(lookups.admit("n0"));
    assertTrue(lookups.admit("another"));
  }
}
