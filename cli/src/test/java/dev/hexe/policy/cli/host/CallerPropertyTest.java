package dev.hexe.policy.cli.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.engine.rules.PolicyException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerPropertyTest {
  @Test
  void anOrdinaryUser() {
    assertEquals(
        new Caller(1000, 100, Set.of(27L, 100L), 0),
        CallerProperty.parse("1000:1000:100:100:0:27,100"));
  }

  @Test
  void rootWithEverything() {
    assertEquals(
        new Caller(0, 0, Set.of(), 0x1ffffffffffL), CallerProperty.parse("0:0:0:0:1ffffffffff:"));
  }

  @Test
  void theLargestIds() {
    assertEquals(
        new Caller(4294967294L, 4294967294L, Set.of(), -1L),
        CallerProperty.parse("4294967294:4294967294:4294967294:4294967294:ffffffffffffffff:"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1000",
        "1000:1000:1000:1000:0",
        "1000:1000:1000:1000::",
        "1000:1000:1000:1000:0:27,",
        "-1:-1:0:0:0:",
        "1000:1000:1000:1000:0::",
        "4294967296:4294967296:0:0:0:",
        "1000:0:1000:1000:0:",
        "1000:1000:1000:0:0:",
      })
  void anythingElseIsRefused(String text) {
    assertThrows(PolicyException.class, () -> CallerProperty.parse(text));
  }
}
