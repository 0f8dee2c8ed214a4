package dev.example.gpu;

import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.host.Probe;
import dev.hexe.policy.api.plan.Guards;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.api.spi.Compilation;
import dev.hexe.policy.api.spi.Contribution;
import dev.hexe.policy.api.spi.IsolationBackend;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Hides the nodes of graphics processors, in a mount namespace that the profile asks for. */
public final class GpuBackend implements IsolationBackend {
  private static final String HIDDEN = "gpu-hidden";
  private static final String NONE_THERE = "gpu-absent";

  /** What is not there at a start is passed over then; a directory counts with all in it. */
  private static final List<String> NODES =
      Stream.concat(
              Stream.of("dri", "kfd", "nvidiactl", "nvidia-uvm", "nvidia-modeset", "nvidia-caps"),
              IntStream.range(0, 16).mapToObj(number -> "nvidia" + number))
          .map(name -> "/dev/" + name)
          .toList();

  @Override
  public String id() {
    return "gpu";
  }

  /** What is needed is tried by others: a mount namespace, by {@code namespaces}. */
  @Override
  public List<Probe> probes(Caller caller, HostReader reader) {
    return List.of();
  }

  @Override
  public List<Fact> facts(Findings findings) {
    return List.of();
  }

  @Override
  public List<Mechanism> mechanisms() {
    return List.of(
        Mechanism.named(NONE_THERE, GpuGuarantee.GPU, Strength.FULL)
            .suiting(profile -> profile.files().minimalDevices())
            .needs("namespace.mount")
            .rule("no graphics processor is among minimal devices")
            .build(),
        Mechanism.named(HIDDEN, GpuGuarantee.GPU, Strength.FULL)
            .suiting(profile -> !profile.files().minimalDevices())
            .needs("namespace.mount")
            .needs(
                (profile, facts) -> ownMounts(profile),
                new MissingFeature("the profile has no mounts of its own", "say `mounts: private` as well"))
            .rule("graphics processors are hidden in the sandbox's own mounts")
            .build());
  }

  private static boolean ownMounts(Profile profile) {
    return profile.asksFor(Guarantee.MOUNTS);
  }

  @Override
  public Contribution compile(Compilation compilation) {
    if (!compilation.decisions().uses(GpuGuarantee.GPU, HIDDEN)) {
      return Contribution.NONE;
    }
    return Contribution.of(List.of(Guards.hide(NODES, Set.of())));
  }
}
