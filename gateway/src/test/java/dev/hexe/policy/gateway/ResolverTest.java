package dev.hexe.policy.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reasons for which a name has no address. */
class ResolverTest {
  @ParameterizedTest
  @CsvSource({
    "Name or service not known, true",
    "No address associated with hostname, true",
    "Name does not resolve, true",
    "Temporary failure in name resolution, false",
    "Try again, false",
    "System error, false",
    "Non-recoverable failure in name resolution, false"
  })
  void tellsNamesThatAreNotThereFromThoseThatNobodyKnows(String words, boolean known) {
    assertEquals(known, Resolver.failure(new UnknownHostException("a.example: " + words)).known());
  }
}
