package dev.hexe.policy.backend.network;

import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.host.Probe;
import dev.hexe.policy.api.network.Destination.Protocol;
import dev.hexe.policy.api.network.SyntheticAddresses;
import dev.hexe.policy.api.plan.CloneFlag;
import dev.hexe.policy.api.plan.EnvironmentActions;
import dev.hexe.policy.api.plan.Gateways;
import dev.hexe.policy.api.plan.Processes;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.spi.Compilation;
import dev.hexe.policy.api.spi.Contribution;
import dev.hexe.policy.api.spi.IsolationBackend;
import java.util.List;
import java.util.Set;

/**
 * A gateway between the sandbox and the network: the sandbox has a network namespace of its own, in
 * which addresses that nobody uses are local; what listens there is handed to a process outside.
 */
public final class NetworkBackend implements IsolationBackend {
  private static final int PROBED_PORT = 443;

  @Override
  public String id() {
    return "network";
  }

  @Override
  public List<Probe> probes(Caller caller, HostReader reader) {
    return List.of(
        Probe.trying(
            GatewayMechanisms.FACT,
            Processes.spawn(Set.of(CloneFlag.NEWUSER, CloneFlag.NEWNET), false),
            Processes.idMap(caller.uid(), caller.uid(), caller.gid(), caller.gid()),
            EnvironmentActions.loopbackUp(),
            Gateways.localRoute(SyntheticAddresses.NETWORK_4),
            Gateways.localRoute(SyntheticAddresses.NETWORK_6),
            Gateways.listen(Protocol.TCP, SyntheticAddresses.ipv4(1), PROBED_PORT),
            Gateways.listen(Protocol.TCP, SyntheticAddresses.ipv6(1), PROBED_PORT),
            Gateways.networkCookieQuery()));
  }

  @Override
  public List<Fact> facts(Findings findings) {
    String errno = findings.of(GatewayMechanisms.FACT).errno();
    return List.of(
        findings.fact(
            GatewayMechanisms.FACT,
            new MissingFeature(
                "a gateway cannot listen inside a sandbox (" + errno + ")",
                "use Linux 5.14 or later where network namespaces can be made; `hexe-policy doctor` says what hinders those")));
  }

  @Override
  public List<Mechanism> mechanisms() {
    return GatewayMechanisms.all();
  }

  @Override
  public Contribution compile(Compilation compilation) {
    return compilation.decisions().uses(Guarantee.DESTINATIONS, GatewayMechanisms.GATEWAY)
        ? Contribution.of(new GatewayPlan(compilation).actions())
        : Contribution.NONE;
  }
}
