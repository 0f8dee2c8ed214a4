package dev.hexe.policy.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The connections that go through the caller's own proxy. */
class ProxiesTest {
  @ParameterizedTest
  @CsvSource({
    "http://proxy:3128, '', a.example, true",
    "proxy:3128, '', a.example, true",
    "HTTP://proxy, '', a.example, true",
    "http://proxy:3128, a.example, a.example, false",
    "http://proxy:3128, example, a.example, false",
    "http://proxy:3128, .example, a.example, false",
    "http://proxy:3128, 'b.example, c.example', a.example, true",
    "http://proxy:3128, *, a.example, false",
    "http://proxy:3128, ample, a.example, true"
  })
  void isUsedForWhatIsNotExcepted(String proxy, String exceptions, String host, boolean used) {
    Proxies proxies = new Proxies(Map.of("https_proxy", proxy, "no_proxy", exceptions));
    assertEquals(used, proxies.isUsedFor(host));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://proxy:3128", "socks5://me:secret@proxy:1080", "http://[", "://"})
  void anotherKindIsRefusedAndNotPassedBy(String proxy) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new Proxies(Map.of("ALL_PROXY", proxy)));
    String told = String.valueOf(refused.getMessage());
    assertTrue(told.startsWith("`ALL_PROXY` names no proxy of the form http://"), told);
    assertFalse(told.contains("secret"), told);
  }
}
