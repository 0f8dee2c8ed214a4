package dev.hexe.policy.gateway.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Destinations that are let through. */
class RulesTest {
  private static final String HEAD = "hexe-gateway 1\n";

  private static Rules rules(String... lines) {
    return Policy.parse(HEAD + String.join("\n", lines)).rules();
  }

  private static boolean allows(Rules rules, String name, int port) {
    return rules.name(name, "tcp", port).allowed();
  }

  @Test
  void aNameIsLetThroughAtItsPorts() {
    Rules rules = rules("allow tcp 80,443 web.example");
    assertTrue(allows(rules, "web.example", 443));
    assertFalse(allows(rules, "web.example", 22));
    assertFalse(allows(rules, "x.web.example", 443));
    assertFalse(allows(rules, "web.example.org", 443));
    assertFalse(rules.name("web.example", "udp", 443).allowed());
    assertEquals("allow web.example:80,443", rules.name("web.example").reason());
  }

  @Test
  void aWildcardIsForWhatIsBelow() {
    Rules rules = rules("allow tcp 443 *.example.org");
    assertTrue(allows(rules, "a.example.org", 443));
    assertTrue(allows(rules, "a.b.example.org", 443));
    assertFalse(allows(rules, "example.org", 443));
    assertFalse(allows(rules, "anexample.org", 443));
    assertTrue(allows(rules("allow tcp 443 *"), "any.test", 443));
  }

  @Test
  void whatIsDeniedIsDeniedWhateverIsAllowed() {
    Rules rules = rules("allow tcp 443 *", "deny * * bad.test", "deny tcp 443 worse.test");
    assertFalse(rules.name("bad.test").allowed());
    assertFalse(allows(rules, "bad.test", 443));
    assertTrue(rules.name("worse.test").allowed());
    assertFalse(allows(rules, "worse.test", 443));
    Rules networks = rules("allow tcp 443 *", "deny * * 203.0.113.0/24");
    assertFalse(networks.resolved(Network.literal("203.0.113.9"), "tcp", 443).allowed());
    assertTrue(networks.resolved(Network.literal("203.0.114.9"), "tcp", 443).allowed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "168.63.129.16",
        "169.254.169.254",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fdff::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "100::1",
        "5f00::1",
        "9000::1"
      })
  void aNameLeadsToNoAddressThatIsSpecial(String address) {
    Rules wide =
        rules("allow tcp 443 *", "allow tcp 443 0.0.0.0/0", "allow tcp 443 0:0:0:0:0:0:0:0/0");
    assertFalse(wide.resolved(Network.literal(address), "tcp", 443).allowed());
    assertFalse(wide.address(Network.literal(address), "tcp", 443).allowed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "172.32.0.1",
        "172.15.0.1",
        "100.128.0.1",
        "2606:4700::1",
        "64:ff9b::101:101"
      })
  void aNameLeadsToTheInternet(String address) {
    assertTrue(rules("allow tcp 443 *").resolved(Network.literal(address), "tcp", 443).allowed());
    assertFalse(rules("allow tcp 443 *").address(Network.literal(address), "tcp", 443).allowed());
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.1.2.3",
    "169.254.169.254/32, 169.254.169.254",
    "fd00:0:0:0:0:0:0:0/8, fd00::7",
    "64:ff9b:0:0:0:0:a00:1/128, 64:ff9b::a00:1",
    "64:ff9b:0:0:0:0:a00:0/104, 64:ff9b::a01:203",
    "2002:a00:0:0:0:0:0:0/24, 2002:a01:203::1"
  })
  void aSpecialAddressIsReachedWhereItIsListed(String network, String address) {
    Rules rules = rules("allow tcp 443 web.example", "allow tcp 443 " + network);
    assertTrue(rules.resolved(Network.literal(address), "tcp", 443).allowed());
    assertTrue(rules.address(Network.literal(address), "tcp", 443).allowed());
    Verdict elsewhere = rules.resolved(Network.literal(address), "tcp", 444);
    assertFalse(elsewhere.allowed());
    assertTrue(elsewhere.reason().contains("not listed as"), elsewhere.reason());
  }

  /** As wide as it is, it was written for what else is in it. */
  @ParameterizedTest
  @CsvSource({
    "64:ff9b:0:0:0:0:0:0/96, 64:ff9b::a00:1",
    "c000:0:0:0:0:0:0:0/2, fd00::7",
    "0:0:0:0:0:0:0:0/3, 64:ff9b::a00:1"
  })
  void aWiderNetworkDoesNotMeanThePrivateOnesInIt(String network, String address) {
    Rules rules = rules("allow tcp 443 web.example", "allow tcp 443 " + network);
    assertFalse(rules.resolved(Network.literal(address), "tcp", 443).allowed());
    assertFalse(rules.address(Network.literal(address), "tcp", 443).allowed());
  }

  /** A translator on the way makes the denied address of it. */
  @ParameterizedTest
  @ValueSource(strings = {"64:ff9b::cb00:7109", "2002:cb00:7109::1", "::203.0.113.9"})
  void whatIsDeniedIsDeniedBehindATranslator(String address) {
    Rules rules =
        rules("allow tcp 443 *", "allow tcp 443 0:0:0:0:0:0:0:0/0", "deny * * 203.0.113.9/32");
    assertFalse(rules.resolved(Network.literal(address), "tcp", 443).allowed());
    assertFalse(rules.address(Network.literal(address), "tcp", 443).allowed());
  }

  @ParameterizedTest
  @CsvSource({
    "* , 203.0.113.5, false",
    "203.0.113.0/24, 203.0.113.5, false",
    "203.0.113.5/32, 203.0.113.5, true",
    "2001:db8::5/128, 2001:db8::5, true",
    "192.168.0.0/16, 192.168.1.5, true",
    "0.0.0.0/0, 192.168.1.5, false",
  })
  void anAddressOfThisHostHasToBeListed(String listed, String address, boolean allowed) {
    Rules rules = rules("allow tcp 443 " + listed);
    assertEquals(allowed, rules.ofThisHost(Network.literal(address), "tcp", 443).allowed());
    assertFalse(rules.ofThisHost(Network.literal(address), "tcp", 22).allowed());
  }

  @Test
  void theLoopbackOfTheHostIsLetThroughByItself() {
    Rules rules = rules("allow tcp 8080 localhost", "allow tcp 443 *");
    assertTrue(rules.loopback("tcp", 8080).allowed());
    assertFalse(rules.loopback("tcp", 443).allowed());
    assertFalse(rules.loopback("udp", 8080).allowed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "allow",
        "allow tcp",
        "allow tcp 443",
        "allow tcp 443 a b",
        "allow icmp 1 a.example",
        "allow tcp x a.example",
        "allow tcp 443 10.0.0.0/99",
        "allow tcp 443 name.example/8",
        "address a.example 1.2.3.4",
        "address a.example 1.2.3.4.5 ::1",
        "address a.example 10.1 ::1",
        "allow tcp 443 1..2/8",
        "address a.example 1.2.3.4 name.example",
        "publish 127.0.0.1 0 1",
        "publish here 1 1",
        "socket tcp 1.2.3.4",
        "variable x",
        "more tcp 443 a.example"
      })
  void whatIsNotUnderstoodIsRefused(String line) {
    assertThrows(IllegalArgumentException.class, () -> Policy.parse(HEAD + line));
  }

  @Test
  void aPolicyIsOfThisVersion() {
    assertThrows(IllegalArgumentException.class, () -> Policy.parse(""));
    assertThrows(IllegalArgumentException.class, () -> Policy.parse("hexe-gateway 2\n"));
    assertThrows(
        IllegalArgumentException.class, () -> Policy.parse(HEAD + "log none\n".repeat(9000)));
    Policy policy =
        Policy.parse(
            HEAD
                + "profile p\nsandbox 7\nvariable https_proxy http://a b\nsocket udp 127.0.0.1 53\n");
    assertEquals(Map.of("https_proxy", "http://a b"), policy.variables());
    assertEquals(List.of(new Policy.Listening("udp", "127.0.0.1", 53)), policy.sockets());
    assertFalse(policy.checkedNames());
  }
}
