package dev.hexe.policy.gateway.policy;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The destinations that a sandbox may reach. What is denied is denied, whatever is allowed.
 *
 * @param allow what is let through
 * @param deny what is not
 */
public record Rules(List<Rule> allow, List<Rule> deny) {
  /** Copies the lists. */
  public Rules {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
  }

  /** Whether a name means anything to the sandbox: whether it is answered at all. */
  public Verdict name(String name) {
    Optional<Rule> denied =
        deny.stream().filter(rule -> rule.ports().isEmpty() && rule.names(name)).findFirst();
    return denied
        .map(Verdict::deniedBy)
        .orElseGet(() -> allowedBy(rule -> rule.names(name), Verdict.UNLISTED));
  }

  /** Whether a host with this name may be connected to. */
  public Verdict name(String name, String protocol, int port) {
    return decide(rule -> rule.covers(name, protocol, port));
  }

  /** Whether this address may be connected to by itself. */
  public Verdict address(InetAddress address, String protocol, int port) {
    return denial(address, protocol, port)
        .orElseGet(
            () ->
                allowedBy(
                    rule -> rule.covers(address, protocol, port) && means(rule, address),
                    Verdict.UNLISTED));
  }

  /** Whether a service of the host's own loopback may be connected to. */
  public Verdict loopback(String protocol, int port) {
    return decide(rule -> rule.coversLoopback(protocol, port));
  }

  /**
   * Whether an address that a name resolved to may be connected to: one of the Internet, or one
   * that is listed as well; and none that is denied.
   */
  public Verdict resolved(InetAddress address, String protocol, int port) {
    Optional<Verdict> denied = denial(address, protocol, port);
    if (denied.isPresent()) {
      return denied.get();
    }
    Optional<String> kind = SpecialAddresses.kind(address);
    if (kind.isEmpty()) {
      return new Verdict(true, "");
    }
    String shown = address.getHostAddress();
    return allowedBy(
        rule -> rule.covers(address, protocol, port) && means(rule, address),
        Verdict.refused(
            "it resolves to "
                + shown
                + ", which is "
                + kind.get()
                + " and not listed as `"
                + written(address, port)
                + "`"));
  }

  /**
   * The same for an address that this host has itself, which other users of the Internet may not
   * even reach: it has to be listed, by itself or as the private one it is.
   */
  public Verdict ofThisHost(InetAddress address, String protocol, int port) {
    return allowedBy(
        rule ->
            rule.covers(address, protocol, port)
                && (rule.isSingle() || (means(rule, address) && isSpecial(address))),
        Verdict.refused(
            "it leads to "
                + address.getHostAddress()
                + ", which is of this host and not listed as `"
                + written(address, port)
                + "`"));
  }

  private Optional<Verdict> denial(InetAddress address, String protocol, int port) {
    return deny.stream()
        .filter(rule -> rule.denies(address, protocol, port))
        .findFirst()
        .map(Verdict::deniedBy);
  }

  /** Whether a server is denied by its name, wherever it is. */
  public Optional<Verdict> denial(String name, String protocol, int port) {
    return deny.stream()
        .filter(rule -> rule.covers(name, protocol, port))
        .findFirst()
        .map(Verdict::deniedBy);
  }

  /** Whether any name is denied. */
  public boolean denyNames() {
    return deny.stream().anyMatch(rule -> rule.network().isEmpty());
  }

  private static boolean isSpecial(InetAddress address) {
    return SpecialAddresses.kind(address).isPresent();
  }

  private static String written(InetAddress address, int port) {
    String shown = address.getHostAddress();
    return (shown.indexOf(':') < 0 ? shown : "[" + shown + "]") + ":" + port;
  }

  /** A network as wide as the Internet does not mean the private addresses in it. */
  private static boolean means(Rule rule, InetAddress address) {
    return SpecialAddresses.kind(address).isEmpty()
        || rule.network().filter(it -> SpecialAddresses.means(it, address)).isPresent();
  }

  private Verdict decide(Predicate<Rule> covers) {
    return deny.stream()
        .filter(covers)
        .findFirst()
        .map(Verdict::deniedBy)
        .orElseGet(() -> allowedBy(covers, Verdict.UNLISTED));
  }

  private Verdict allowedBy(Predicate<Rule> covers, Verdict otherwise) {
    return allow.stream().filter(covers).findFirst().map(Verdict::allowedBy).orElse(otherwise);
  }
}
