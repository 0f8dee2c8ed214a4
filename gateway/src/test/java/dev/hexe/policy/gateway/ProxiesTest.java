package dev.hexe.policy.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
    "http://proxy:3128, ample, a.example, true",
    "http://proxy:3128, 'b.example c.example', c.example, false",
    "http://proxy:3128, 10.0.0.0/8, 10.1.2.3, false",
    "http://proxy:3128, 10.0.0.0/8, 11.1.2.3, true",
    "http://proxy:3128, 10.0.0.0/8, 10.example, true",
    "http://proxy:3128, 10.0.0.0/99, 10.1.2.3, true",
    "http://proxy:3128, [2001:DB8::1], 2001:db8:0:0:0:0:0:1, false",
    "http://proxy:3128, 2001:db8::/32, 2001:db8:0:0:0:0:0:1, false",
    "http://proxy:3128, a.example:443, a.example, true"
  })
  void isUsedForWhatIsNotExcepted(String proxy, String exceptions, String host, boolean used) {
    Proxies proxies = new Proxies(Map.of("https_proxy", proxy, "no_proxy", exceptions));
    assertEquals(used, proxies.isUsedFor(host));
  }

  @ParameterizedTest
  @CsvSource({
    "a.example:443, a.example, 443, false",
    "a.example:443, a.example, 80, true",
    ":443, a.example, 443, true",
    "10.0.0.0/8:22, 10.1.2.3, 22, false",
    "10.0.0.0/8:22, 10.1.2.3, 80, true",
    "[2001:db8::1]:22, 2001:db8:0:0:0:0:0:1, 22, false",
    "*, a.example, 22, false"
  })
  void isNotUsedAtAPortThatIsExcepted(String exceptions, String host, int port, boolean used) {
    Proxies proxies = new Proxies(Map.of("https_proxy", "http://p", "no_proxy", exceptions));
    assertEquals(used, proxies.isUsedFor(host, port));
  }

  /** What it says is a person's only way to find out why nothing is reached. */
  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1 407 Proxy Authentication Required, the proxy answers `407 Proxy Authentication Required`",
    "HTTP/1.0 302 Found, the proxy answers `302 Found`",
    "HTTP/1.1 503, the proxy answers `503`",
    "SSH-2.0-x, the proxy does not speak HTTP",
    "HTTP/2 200 OK, the proxy does not speak HTTP"
  })
  void whatAProxyRefusesWithIsTold(String status, String told) {
    List<String> refusals = new ArrayList<>();
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new ProxyAnswer(new EmbeddedChannel(), made -> refusals.add("agreed"), refusals::add));
    channel.writeInbound(
        Unpooled.copiedBuffer(status + "\r\nX: y\r\n\r\n", StandardCharsets.US_ASCII));
    assertEquals(List.of(told), refusals);
    assertFalse(channel.isOpen());
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
