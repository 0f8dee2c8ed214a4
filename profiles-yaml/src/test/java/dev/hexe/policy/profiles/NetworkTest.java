package dev.hexe.policy.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.network.Destination;
import dev.hexe.policy.api.network.Destination.Protocol;
import dev.hexe.policy.api.network.DestinationHost.Below;
import dev.hexe.policy.api.network.DestinationHost.Loopback;
import dev.hexe.policy.api.network.DestinationHost.Name;
import dev.hexe.policy.api.network.NetworkAccess;
import dev.hexe.policy.api.network.NetworkAccess.Logging;
import dev.hexe.policy.api.network.NetworkAccess.Mode;
import dev.hexe.policy.api.network.PublishedPort;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.profiles.network.DestinationFormat;
import dev.hexe.policy.profiles.override.NetworkOverrides;
import dev.hexe.policy.profiles.override.Overrides;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The destinations that are reached over the network. */
class NetworkTest {
  @TempDir Path root;

  private NetworkAccess load(String text) {
    return new Surroundings(root).load(text).separation().network();
  }

  private NetworkAccess load(String text, NetworkOverrides overrides) {
    Surroundings surroundings = new Surroundings(root).write("work/p.yaml", text);
    return surroundings.profiles().load("p.yaml", options(overrides)).separation().network();
  }

  private String refusal(String text, NetworkOverrides overrides) {
    Surroundings surroundings = new Surroundings(root).write("work/p.yaml", text);
    return surroundings.failure(() -> surroundings.profiles().load("p.yaml", options(overrides)));
  }

  private static Overrides options(NetworkOverrides network) {
    return Overrides.NONE.with(network);
  }

  private static NetworkOverrides allow(String... destinations) {
    return new NetworkOverrides(
        Optional.empty(), List.of(destinations), List.of(), List.of(), Optional.empty());
  }

  private static NetworkOverrides network(String mode, String... destinations) {
    return new NetworkOverrides(
        Optional.of(mode), List.of(destinations), List.of(), List.of(), Optional.empty());
  }

  private static List<Object> parts(Destination destination) {
    return List.of(destination.host(), destination.protocol(), destination.ports());
  }

  @Test
  void listsEverythingThatCanBeReached() {
    NetworkAccess network =
        load(
            """
            network:
              allow: [api.example:443, "*.example.org:443", "10.1.2.3:5432", "localhost:8080"]
              deny: ["tracker.example.org"]
              publish: [3000, "8080:80", "[::1]:9000:90"]
              log: connections
              tls: checked
            """);
    assertEquals(Mode.LISTED, network.mode());
    assertEquals(
        List.of(new Name("api.example"), new Below("example.org")),
        network.allow().stream().map(Destination::host).limit(2).toList());
    assertEquals(new Loopback(), network.allow().get(3).host());
    assertEquals(List.of(), network.deny().get(0).ports());
    assertEquals(
        List.of(
            new PublishedPort("127.0.0.1", 3000, 3000),
            new PublishedPort("127.0.0.1", 8080, 80),
            new PublishedPort("0:0:0:0:0:0:0:1", 9000, 90)),
        network.publish());
    assertEquals(Logging.CONNECTIONS, network.logging());
    assertTrue(network.checkedNames());
  }

  @Test
  void asksForDestinationsInsteadOfNoNetwork() {
    assertEquals(
        Set.of(Guarantee.DESTINATIONS),
        new Surroundings(root).load("network: {allow: [a.example]}").guarantees());
    assertEquals(
        Set.of(Guarantee.NETWORK), new Surroundings(root).load("network: none").guarantees());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Example.ORG. | example.org | TCP | [80, 443]",
        "example.org:8443 | example.org | TCP | [8443]",
        "example.org:443/udp | example.org | UDP | [443]",
        "example.org:443/TCP | example.org | TCP | [443]",
        "büro.example:443 | xn--bro-hoa.example | TCP | [443]",
        "*.Example.org | *.example.org | TCP | [80, 443]",
        "* | * | TCP | [80, 443]",
        "*.co.uk:443 | *.co.uk | TCP | [443]",
        "XN--BRO-HOA.example:443 | xn--bro-hoa.example | TCP | [443]",
        "_a.b_c.example:443 | _a.b_c.example | TCP | [443]",
        "localhost.:8080 | localhost | TCP | [8080]",
        "[64:ff9b::a00:1]:22 | 64:ff9b:0:0:0:0:a00:1/128 | TCP | [22]",
        "10.1.2.3:22 | 10.1.2.3/32 | TCP | [22]",
        "10.0.0.0/8:22 | 10.0.0.0/8 | TCP | [22]",
        "[2001:db8::1]:443 | 2001:db8:0:0:0:0:0:1/128 | TCP | [443]",
        "[2001:db8::/32]:443 | 2001:db8:0:0:0:0:0:0/32 | TCP | [443]",
        "[2001:db8::]/32:443 | 2001:db8:0:0:0:0:0:0/32 | TCP | [443]",
        "[::ffff:10.1.2.3]:443 | 10.1.2.3/32 | TCP | [443]",
        "10.1.2.3:53/udp | 10.1.2.3/32 | UDP | [53]",
        "127.0.0.1:5432 | localhost | TCP | [5432]",
        "[::1]:5432 | localhost | TCP | [5432]",
        "[::ffff:127.0.0.1]:5432 | localhost | TCP | [5432]"
      })
  void destinationsHaveOneForm(String text, String host, String protocol, String ports) {
    Destination destination = DestinationFormat.allowed(text);
    assertEquals(host, destination.host().text());
    assertEquals(Protocol.valueOf(protocol), destination.protocol());
    assertEquals(ports, destination.ports().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "a b",
        "web.localhost:80",
        "*.Localhost.:80",
        "0x7f.1:80",
        "0x7f000001:80",
        "2130706433:80",
        "017700000001:80",
        "127.1:80",
        "0.0.0.0:80",
        "[::]:80",
        "255.255.255.255:80",
        "224.0.0.1:80",
        "239.0.0.0/8:80",
        "[ff02::1]:80",
        "1.2.3.256:80",
        "01.2.3.4:80",
        "10.0.0.1/8:22",
        "10.0.0.0/33:22",
        "127.0.0.2:80",
        "127.0.0.0/8:80",
        "10.1.2.3",
        "[2001:db8::1]",
        "localhost",
        "localhost:53",
        "example.org:0",
        "example.org:65536",
        "example.org:http",
        "example.org:443/sctp",
        ":53",
        "example.org/udp",
        "*.example.org:443/udp",
        "10.0.0.0/8:53/udp",
        "a.*.example:80",
        "*example.org",
        "-a.example",
        "a..example",
        "exa\0mple.org",
        "example.org..:80",
        "stra\u00dfe.example:80",
        "*.\u03b2\u03cc\u03bb\u03bf\u03c2.example:80",
        "a\u200db.example:80",
        "https://example.org",
        "user@example.org",
        "2001:db8::1:443",
        "[fe80::1%eth0]:80"
      })
  void whatIsNoDestinationIsRefused(String text) {
    String told = new Surroundings(root).failure(() -> DestinationFormat.allowed(text));
    assertTrue(!told.isEmpty());
  }

  @Test
  void aPortNeedsAHost() {
    String told = new Surroundings(root).mistakes("network: {allow: [':53/udp']}");
    assertTrue(told.contains("`:53/udp` is a port of no host"), told);
    assertTrue(told.contains("help: name the host, as in `10.1.2.3:53/udp`"), told);
  }

  @Test
  void setsAreKnownByTheirNames() {
    assertTrue(load("network: {allow: ['@github']}").allow().size() > 3);
    String told = new Surroundings(root).mistakes("network: {allow: ['@githup']}");
    assertTrue(told.contains("there is no set of destinations `@githup`"), told);
    assertTrue(told.contains("help: did you mean `@github`?"), told);
  }

  @Test
  void optionsAddToListsAndReplaceWords() {
    NetworkAccess both = load("network: {allow: [a.example], log: none}", allow("b.example:1"));
    assertEquals(
        List.of("a.example", "b.example"),
        both.allow().stream().map(destination -> destination.host().text()).toList());
    assertEquals(Logging.NONE, both.logging());
    assertEquals(1, load("network: none", allow("b.example")).allow().size());
    assertEquals(Mode.LISTED, load("summary: x", allow("b.example")).mode());
    assertEquals(Mode.NONE, load("summary: x", network("none")).mode());
    assertEquals(Mode.HOST, load("network: {allow: [a.example]}", network("host")).mode());
    assertEquals(
        parts(DestinationFormat.allowed("a.example")),
        parts(load("network: {allow: [a.example]}", network("allow")).allow().get(0)));
  }

  @Test
  void whoeverIsAtTheTerminalIsAskedWhereThatIsSaid() {
    NetworkOverrides asks =
        new NetworkOverrides(Optional.empty(), List.of(), List.of(), List.of(), Optional.of("ask"));
    assertFalse(load("network: {allow: [a.example]}", NetworkOverrides.NONE).asks());
    String safe = "{terminal: safe, network: ";
    assertTrue(load(safe + "{allow: [a.example], on-deny: ask}}", NetworkOverrides.NONE).asks());
    assertTrue(load(safe + "{on-deny: ask}}", NetworkOverrides.NONE).asks());
    assertTrue(load("network: {allow: [a.example], on-deny: refuse}", asks).asks());
    assertTrue(refusal("summary: x", asks).contains("no destination is listed"));
    NetworkOverrides unknown =
        new NetworkOverrides(
            Optional.empty(), List.of("a.example"), List.of(), List.of(), Optional.of("prompt"));
    assertTrue(refusal("summary: x", unknown).contains("`prompt` is not a value of `--on-deny`"));
  }

  @Test
  void aPortIsPublishedFromASandboxWithoutOtherNetwork() {
    NetworkOverrides publish =
        new NetworkOverrides(
            Optional.empty(), List.of(), List.of(), List.of("8080:80"), Optional.empty());
    assertEquals(Mode.LISTED, load("network: none", publish).mode());
    assertTrue(refusal("summary: x", publish).contains("`--publish` is for a network"));
  }

  @Test
  void wishesThatContradictOneAnotherAreRefused() {
    assertTrue(refusal("summary: x", network("none", "a.example")).contains("exclude each other"));
    assertTrue(refusal("summary: x", network("host", "a.example")).contains("exclude each other"));
    assertTrue(refusal("summary: x", network("allow")).contains("lists no destination"));
    assertTrue(refusal("summary: x", network("al")).contains("`al` is not a network"));
    NetworkOverrides deny =
        new NetworkOverrides(
            Optional.empty(), List.of(), List.of("a.example"), List.of(), Optional.empty());
    assertTrue(refusal("summary: x", deny).contains("no destination is listed"));
    assertTrue(
        new Surroundings(root)
            .mistakes("network: {deny: [a.example]}")
            .contains("nothing is listed"));
    assertTrue(new Surroundings(root).mistakes("network: {}").contains("lists no destination"));
  }

  @Test
  void listsAppendToThoseOfTheProfileThatIsExtended() {
    Surroundings surroundings =
        new Surroundings(root)
            .write("work/base.yaml", "network: {allow: [a.example], tls: checked}");
    NetworkAccess network =
        surroundings
            .load("extends: ./base.yaml\nnetwork: {allow: [b.example], publish: [80]}")
            .separation()
            .network();
    assertEquals(2, network.allow().size());
    assertTrue(network.checkedNames());
    assertEquals(
        Mode.NONE,
        surroundings.load("extends: ./base.yaml\nnetwork: none").separation().network().mode());
  }

  @Test
  void whatIsDeniedByAProfileThatIsExtendedCannotBeAllowed() {
    Surroundings surroundings =
        new Surroundings(root)
            .write("work/site.yaml", "network: {allow: ['*'], deny: ['*.ads.example', 10.0.0.0/8]}")
            .write("work/base.yaml", "extends: ./site.yaml");
    String told =
        surroundings.mistakes(
            "extends: ./base.yaml\nnetwork: {allow: ['a.ads.example:443', 'ads.example:443']}");
    assertTrue(
        told.contains(
            "p.yaml:2:19: this is never reached: `deny: *.ads.example` of a profile that this one extends counts over it"),
        told);
    assertFalse(told.contains("p.yaml:2:40"), told);
    assertTrue(told.contains("help: take that out of the profile that says it"), told);
    // A network says nothing new, and what is left of a wider entry is reached.
    assertEquals(
        Mode.HOST,
        surroundings.load("extends: ./base.yaml\nnetwork: host").separation().network().mode());
    assertEquals(
        2,
        surroundings
            .load("extends: ./base.yaml\nnetwork: {allow: ['*.example']}")
            .separation()
            .network()
            .allow()
            .size());
  }

  @Test
  void whatIsExtendedMayAllowWhatIsDeniedLater() {
    new Surroundings(root).write("work/base.yaml", "network: {allow: [a.example, b.example]}");
    NetworkAccess network =
        load("extends: ./base.yaml\nnetwork: {deny: [a.example]}", NetworkOverrides.NONE);
    assertEquals(1, network.deny().size());
  }
}
