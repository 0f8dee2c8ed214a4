package dev.hexe.policy.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The connections that go through the caller's own proxy. */
class ProxiesTest {
  @ParameterizedTest
  @CsvSource({
    "http://proxy:3128, '', a.example, true",
    "proxy:3128, '', a.example, true",
    "https://proxy:3128, '', a.example, false",
    "socks5://proxy:1080, '', a.example, false",
    "'http://[', '', a.example, false",
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
}
