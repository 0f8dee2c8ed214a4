package dev.hexe.policy.backend.network;

import dev.hexe.policy.api.network.Destination;
import dev.hexe.policy.api.network.DestinationHost.Network;
import dev.hexe.policy.api.network.NetworkAccess;
import dev.hexe.policy.api.network.PublishedPort;
import dev.hexe.policy.api.network.SyntheticAddresses;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.EnvironmentActions;
import dev.hexe.policy.api.plan.Gateways;
import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.spi.Compilation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The actions for a sandbox behind the gateway. */
final class GatewayPlan {
  private static final String PID_NAMESPACE = "pid-namespace";

  /** Of the backend of terminals. */
  private static final String OWN_PTY = "own-pty";

  /** All there are: an address that the user is asked about is accepted first. */
  private static final List<String> ALL_ADDRESSES = List.of("0.0.0.0/0", "::/0");

  /** Where the gateway itself goes through a proxy of the caller's. */
  private static final List<String> PROXIES =
      List.of("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY");

  /**
   * Programs that obey these would look for a proxy that they do not reach; some are of one alone.
   */
  private static final List<String> UNSET =
      List.of(
          "http_proxy",
          "https_proxy",
          "ftp_proxy",
          "all_proxy",
          "no_proxy",
          "ws_proxy",
          "wss_proxy",
          "socks_proxy",
          "rsync_proxy",
          "pip_proxy",
          "cargo_http_proxy",
          "npm_config_proxy",
          "npm_config_http_proxy",
          "npm_config_https_proxy",
          "npm_config_noproxy",
          "yarn_http_proxy",
          "yarn_https_proxy",
          "global_agent_http_proxy",
          "global_agent_https_proxy",
          "global_agent_no_proxy");

  private final Compilation compilation;
  private final NetworkAccess access;

  GatewayPlan(Compilation compilation) {
    this.compilation = compilation;
    access = compilation.profile().separation().network();
  }

  List<Action> actions() {
    access.allow().forEach(GatewayPlan::refuseSynthetic);
    requireFirstProcess();
    requireTerminal();
    SyntheticAddresses addresses = new SyntheticAddresses(access);
    Listeners listeners = new Listeners(access, addresses);
    access.publish().forEach(port -> requireFree(port, listeners));
    List<Action> actions = new ArrayList<>();
    actions.add(
        Gateways.gateway(PolicyText.of(compilation.profile().name(), access, addresses), PROXIES));
    actions.add(EnvironmentActions.loopbackUp());
    actions.add(Gateways.localRoute(SyntheticAddresses.NETWORK_4));
    actions.add(Gateways.localRoute(SyntheticAddresses.NETWORK_6));
    networks().forEach(network -> actions.add(Gateways.localRoute(network)));
    actions.addAll(listeners.actions());
    actions.add(Gateways.handOver(!access.publish().isEmpty()));
    actions.add(Gateways.answer());
    actions.addAll(proxyVariables());
    return actions;
  }

  private Stream<String> networks() {
    Stream<String> listed =
        access.allow().stream()
            .map(Destination::host)
            .filter(Network.class::isInstance)
            .map(host -> host.text());
    return Stream.concat(listed, access.asks() ? ALL_ADDRESSES.stream() : Stream.of()).distinct();
  }

  /** Questions on the caller's terminal are the relay's, which is between two terminals. */
  private void requireTerminal() {
    if (access.asks() && !compilation.decisions().uses(OWN_PTY)) {
      throw new CannotCompileException(
          "`on-deny: ask` needs a terminal of the command's own: on the caller's, the command could answer",
          "say `terminal: safe` and leave out `--no-pty`, or say `on-deny: refuse`");
    }
  }

  private static void refuseSynthetic(Destination destination) {
    boolean ours =
        destination.host() instanceof Network network
            && SyntheticAddresses.isSynthetic(network.address());
    if (ours) {
      throw new CannotCompileException(
          "`" + destination.text() + "` is among the addresses that stand for names in a sandbox",
          "leave it out; nobody has such an address");
    }
  }

  /**
   * Refuses a port that the gateway has inside: a connection to it would come back to the gateway,
   * and with `localhost` go round for ever.
   */
  private static void requireFree(PublishedPort port, Listeners listeners) {
    Optional<String> holder = listeners.onLoopback(port.inside());
    if (holder.isPresent()) {
      throw new CannotCompileException(
          "port %d of the sandbox cannot be published: on its loopback the gateway has it, for %s"
              .formatted(port.inside(), holder.get()),
          "let the service inside listen at another port, and publish that one");
    }
  }

  private void requireFirstProcess() {
    boolean first =
        compilation.decisions().uses(PID_NAMESPACE)
            && !compilation.profile().startup().firstProcess();
    if (!access.publish().isEmpty() && !first) {
      throw new CannotCompileException(
          "ports can be published where the sandbox has a first process of its own, which connects to them",
          "say `processes: {others: invisible}`, and leave out `--as-pid-1`");
    }
  }

  private List<Action> proxyVariables() {
    Profile profile = compilation.profile();
    return UNSET.stream()
        .flatMap(name -> Stream.of(name, name.toUpperCase(Locale.ROOT)))
        .filter(name -> !profile.environment().set().containsKey(name))
        .map(EnvironmentActions::unsetenv)
        .toList();
  }
}
