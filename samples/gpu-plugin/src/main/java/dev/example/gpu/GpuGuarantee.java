package dev.example.gpu;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.api.spi.GuaranteeCheck;
import dev.hexe.policy.api.spi.GuaranteeProvider;
import dev.hexe.policy.api.spi.OpenSpot;
import dev.hexe.policy.api.spi.ProfileKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The guarantee {@code gpu}, asked for by {@code gpu: denied}. */
public final class GpuGuarantee implements GuaranteeProvider {
  static final Guarantee GPU = Guarantee.added("gpu", "graphics processors cannot be opened");

  /** Nodes that show it, where the host has them; the mechanism hides more. */
  private static final List<String> SHOWING =
      List.of("/dev/dri/renderD128", "/dev/dri/card0", "/dev/kfd", "/dev/nvidiactl", "/dev/nvidia0");

  @Override
  public Guarantee guarantee() {
    return GPU;
  }

  @Override
  public ProfileKey key() {
    return ProfileKey.ofWords("gpu", "allowed", "denied");
  }

  @Override
  public List<GuaranteeCheck> checks(Profile profile) {
    return SHOWING.stream().map(node -> GuaranteeCheck.denied("open-read", node)).toList();
  }

  @Override
  public List<OpenSpot> exposures(Profile profile, Optional<Decision> decision) {
    boolean closed = decision.filter(it -> it.strength() == Strength.FULL).isPresent();
    List<String> there = SHOWING.stream().filter(node -> Files.exists(Path.of(node))).toList();
    boolean open = !closed && !profile.files().minimalDevices() && !there.isEmpty();
    return open
        ? List.of(
            new OpenSpot(
                "host-gpu",
                1,
                "graphics processors can be used, and their drivers attacked",
                there,
                "gpu: denied"))
        : List.of();
  }
}
