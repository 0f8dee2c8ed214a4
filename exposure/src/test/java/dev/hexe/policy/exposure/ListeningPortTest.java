package dev.hexe.policy.exposure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListeningPortTest {
  @ParameterizedTest
  @CsvSource({
    "0: 0100007F:1538 00000000:0000 0A, port 5432 (loopback)",
    "1: 3500007F:0035 00000000:0000 0A, port 53 (loopback)",
    "2: 00000000:0016 00000000:0000 0A, port 22",
    "3: 00000000000000000000000001000000:0277 0:0 0A, port 631 (loopback)",
  })
  void somebodyListens(String line, String told) {
    assertEquals(Optional.of(told), ListeningPort.of(line).map(ListeningPort::toString));
  }

  @Test
  void nobodyListens() {
    assertEquals(Optional.empty(), ListeningPort.of("0: 0100007F:1538 0100007F:A1B2 01 0:0"));
    assertEquals(Optional.empty(), ListeningPort.of("  sl  local_address rem_address   st"));
    assertEquals(Optional.empty(), ListeningPort.of(""));
  }
}
