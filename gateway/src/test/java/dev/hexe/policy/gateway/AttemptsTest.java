package dev.hexe.policy.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.gateway.policy.Network;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order in which the addresses of a host are tried. */
class AttemptsTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.1 10.0.0.2 2001:db8::1, 10.0.0.1 2001:db8::1 10.0.0.2",
    "2001:db8::1 2001:db8::2 10.0.0.1 10.0.0.2, 2001:db8::1 10.0.0.1 2001:db8::2 10.0.0.2",
    "10.0.0.1 10.0.0.2 10.0.0.3, 10.0.0.1 10.0.0.2 10.0.0.3"
  })
  void familiesTakeTurns(String found, String tried) {
    assertEquals(addresses(tried), Attempts.inTurns(addresses(found)));
  }

  private static List<InetAddress> addresses(String text) {
    return Stream.of(text.split(" ")).map(Network::literal).toList();
  }
}
