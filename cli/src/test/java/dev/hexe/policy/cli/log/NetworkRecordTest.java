package dev.hexe.policy.cli.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkRecordTest {
  @Test
  void aDecisionIsRead() {
    NetworkRecord record =
        NetworkRecord.of(
                "{\"event\":\"network\",\"time\":\"2026-01-02T03:04:05.678Z\",\"sandbox\":\"47\",\"profile\":\"full\","
                    + "\"protocol\":\"tcp\",\"host\":\"a.test\",\"address\":\"203.0.113.1\",\"port\":443,"
                    + "\"verdict\":\"refused\",\"reason\":\"not listed\"}")
            .orElseThrow();
    assertEquals(Optional.of(Instant.parse("2026-01-02T03:04:05.678Z")), record.time());
    assertEquals(
        "47 full tcp", record.sandbox() + " " + record.profile() + " " + record.protocol());
    assertTrue(record.isRefused());
    assertFalse(record.isEnd());
    assertEquals("not listed", record.reason());
  }

  @Test
  void theEndOfAConnectionTellsWhatWent() {
    NetworkRecord record =
        NetworkRecord.of("{\"event\":\"connection\",\"time\":\"\",\"sent\":5,\"received\":7}")
            .orElseThrow();
    assertTrue(record.isEnd());
    assertEquals("ended; 5 bytes sent, 7 received", record.reason());
    assertEquals(Optional.empty(), record.time());
  }

  @ParameterizedTest
  @CsvSource({
    "a.test, 203.0.113.1, 443, a.test:443 (203.0.113.1)",
    "a.test, '', 0, a.test",
    "203.0.113.1, 203.0.113.1, 80, 203.0.113.1:80",
    "2001:db8::1, 2001:db8::1, 80, '[2001:db8::1]:80'"
  })
  void aDestinationIsWhatWasAskedFor(String host, String address, int port, String expected) {
    String line =
        String.format(
            "{\"event\":\"network\",\"time\":\"\",\"host\":\"%s\",\"address\":\"%s\",\"port\":%d}",
            host, address, port);
    assertEquals(expected, NetworkRecord.of(line).orElseThrow().destination());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[]",
        "{}",
        "{\"event\":{}}",
        "{\"event\":\"network\",\"port\":\"x\",\"time\":\"\"}",
        "null"
      })
  void whatIsNotTheGatewaysIsNoRecord(String line) {
    assertEquals(Optional.empty(), NetworkRecord.of(line));
  }
}
