package dev.hexe.policy.backend.network;

import static dev.hexe.policy.api.decision.Mechanism.named;
import static dev.hexe.policy.api.profile.Strength.FULL;
import static dev.hexe.policy.api.profile.Strength.PARTIAL;

import dev.hexe.policy.api.decision.Effect;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Strength;
import java.util.List;

/** The rules that choose the gateway. */
final class GatewayMechanisms {
  /** The backend of namespaces knows it by this name, and makes the namespaces that it needs. */
  static final String GATEWAY = "gateway";

  /** What the gateway needs of the kernel, tried by this backend. */
  static final String FACT = "network.gateway";

  /** Facts of other backends. */
  private static final String MOUNT_NAMESPACE = "namespace.mount";

  private static final String SECCOMP_FILTER = "seccomp.filter";
  private static final String SECCOMP_LIBRARY = "seccomp.library";
  private static final int BEFORE_PORTS = 50;

  private static final MissingFeature IN_PLACE =
      new MissingFeature(
          "the command takes the caller's place, and gets no network of its own",
          "say `processes: {pid: any}`, as the profiles other than `isolated` do");

  private GatewayMechanisms() {}

  static List<Mechanism> all() {
    return List.of(
        gateway(FULL)
            .needs(SECCOMP_FILTER, SECCOMP_LIBRARY)
            .rule("destinations are let through by a gateway, from a network namespace")
            .build(),
        gateway(PARTIAL)
            .caveat(
                "sockets to the hypervisor (AF_VSOCK) are in no namespace, and cannot be filtered here")
            .leavesOpen("socket")
            .rule(
                "destinations without filters are let through by a gateway, beside the hypervisor's sockets")
            .build());
  }

  private static Mechanism.Builder gateway(Strength strength) {
    return named(GATEWAY, Guarantee.DESTINATIONS, strength)
        .rank(BEFORE_PORTS)
        .effects(Effect.OWN_NAMES, Effect.WAITS_FOR_ANSWERS)
        .needs((profile, facts) -> own(profile), IN_PLACE)
        .needs(FACT, MOUNT_NAMESPACE);
  }

  private static boolean own(Profile profile) {
    return !profile.separation().inPlace();
  }
}
