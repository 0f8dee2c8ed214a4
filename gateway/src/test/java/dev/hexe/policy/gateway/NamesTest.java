package dev.hexe.policy.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.gateway.policy.Network;
import dev.hexe.policy.gateway.share.Memory;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, and the addresses that stand for them. */
class NamesTest {
  private static final List<InetAddress> LISTED =
      List.of(Network.literal("198.18.0.2"), Network.literal("fd68:6578:6500::2"));

  private static Names names(Map<String, List<InetAddress>> listed) {
    return new Names(listed, new Memory().part());
  }

  @Test
  void aListedNameHasItsAddressesFromTheStart() {
    Names names = names(Map.of("web.example", LISTED));
    assertEquals(Optional.of(LISTED), names.of("web.example"));
    assertEquals(Optional.of("web.example"), names.at(LISTED.get(1)));
    assertEquals(Optional.empty(), names.at(Network.literal("198.18.0.3")));
  }

  @Test
  void anyOtherOneGetsTheNextAndKeepsThem() {
    Names names = names(Map.of());
    List<InetAddress> first = names.of("a.example").orElseThrow();
    assertEquals(Network.literal("198.19.0.1"), first.get(0));
    assertEquals(Network.literal("fd68:6578:6500::1:1"), first.get(1));
    assertEquals(Network.literal("198.19.0.2"), names.of("b.example").orElseThrow().get(0));
    assertEquals(Optional.of(first), names.of("a.example"));
    assertEquals(Optional.of("a.example"), names.at(first.get(0)));
  }

  @Test
  void theyEndAndNothingIsTakenAway() {
    Names names = names(Map.of());
    for (int i = 0; i < Names.MOST; i++) {
      assertTrue(names.of("n" + i + ".example").isPresent());
    }
    assertEquals(Optional.empty(), names.of("one.more.example"));
    assertEquals(Optional.of("n0.example"), names.at(Network.literal("198.19.0.1")));
    assertEquals(Optional.of("n65534.example"), names.at(Network.literal("198.19.255.255")));
  }

  @Test
  void longOnesOfOneSandboxLeaveSomeForAnother() {
    Memory memory = new Memory();
    Names greedy = new Names(Map.of(), memory.part());
    int got = 0;
    while (greedy.of("x".repeat(240) + got).isPresent()) {
      got++;
    }
    assertTrue(got > Names.MOST / 4 && got < Names.MOST, () -> "it got all it wanted");
    Names other = new Names(Map.of(), memory.part());
    for (int i = 0; i < Names.MOST / 8; i++) {
      assertTrue(other.of("y".repeat(240) + i).isPresent());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.example", "a_b.example", "xn--bcher-kva.example", "a", "1a.2b.c3"})
  void plainNamesAreAskedFor(String name) {
    assertTrue(NameService.isName(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "a..b",
        "-a.example",
        "a b",
        "a\u0000b",
        "a/b",
        "127.0.0.1",
        "10.1",
        "a.1",
        "0x7f",
        "a.0x1",
        "*.a",
        "é.example",
        "a:b",
        "a%b"
      })
  void whateverElseAQueryHoldsIsNot(String name) {
    assertFalse(NameService.isName(name));
  }
}
