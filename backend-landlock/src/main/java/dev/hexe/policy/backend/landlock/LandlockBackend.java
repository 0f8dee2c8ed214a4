package dev.hexe.policy.backend.landlock;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.decision.PathGrant.Access;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.JointProbe;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.host.Outcome;
import dev.hexe.policy.api.host.Probe;
import dev.hexe.policy.api.host.Remedy;
import dev.hexe.policy.api.plan.RestrictionActions;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.spi.Compilation;
import dev.hexe.policy.api.spi.Contribution;
import dev.hexe.policy.api.spi.IsolationBackend;
import java.util.ArrayList;
import java.util.List;

/**
 * Landlock, see {@code landlock(7)}: alone it is the rootless design, under namespaces a second
 * wall. One ruleset for each sandbox, because a second layer that does not handle REFER would break
 * renames.
 */
public final class LandlockBackend implements IsolationBackend {
  /** What is left of /dev where no /dev of its own can be mounted. */
  private static final List<String> DEVICES =
      List.of("null", "zero", "full", "random", "urandom", "tty");

  @Override
  public String id() {
    return "landlock";
  }

  @Override
  public List<Probe> probes(Caller caller, HostReader reader) {
    return List.of(
        Probe.trying(LandlockAbi.ABI, RestrictionActions.landlockQuery(LandlockAbi.QUERY_VERSION)),
        Probe.trying(
            LandlockAbi.ERRATA, RestrictionActions.landlockQuery(LandlockAbi.QUERY_ERRATA)));
  }

  @Override
  public List<JointProbe> jointProbes(Caller caller, HostReader reader) {
    return List.of(
        JointProbe.beginning(List.of())
            .then(RestrictionActions.landlockQuery(LandlockAbi.QUERY_VERSION))
            .answering(LandlockAbi.ABI)
            .then(RestrictionActions.landlockQuery(LandlockAbi.QUERY_ERRATA))
            .answering(LandlockAbi.ERRATA)
            .build());
  }

  @Override
  public List<Fact> facts(Findings findings) {
    Outcome version = findings.of(LandlockAbi.ABI);
    MissingFeature none = lack(version.errno());
    return List.of(
        findings.fact(LandlockAbi.ABI, none),
        findings.fact(
            LandlockAbi.ERRATA,
            version.succeeded()
                ? MissingFeature.of("this kernel does not say which Landlock errata it mends")
                : none));
  }

  private static MissingFeature lack(String errno) {
    return switch (errno) {
      case "EOPNOTSUPP" ->
          new MissingFeature(
              "Landlock is built into this kernel but not enabled",
              "add `landlock` to the kernel parameter `lsm=` and reboot",
              Remedy.LANDLOCK_PARAMETER);
      case "ENOSYS" ->
          new MissingFeature(
              "this kernel has no Landlock, or a filter hides it",
              "use Linux 5.13 or later built with CONFIG_SECURITY_LANDLOCK, and allow landlock_create_ruleset in the surrounding container");
      default ->
          new MissingFeature(
              "Landlock cannot be used (" + errno + ")",
              "allow landlock_create_ruleset in the surrounding container");
    };
  }

  @Override
  public List<Mechanism> mechanisms() {
    return LandlockMechanisms.all();
  }

  @Override
  public Contribution compile(Compilation compilation) {
    return Contribution.of(new LandlockRuleset(compilation).actions());
  }

  @Override
  public List<PathGrant> grants(Profile profile, Decisions decisions) {
    List<PathGrant> grants = new ArrayList<>();
    if (decisions.uses(LandlockMechanisms.PRIVATE_DIRECTORY)) {
      grants.add(new PathGrant(LandlockRuleset.PRIVATE, Access.WRITE, false));
    }
    boolean readOnly =
        decisions.uses(LandlockMechanisms.READ_ONLY_TREES) && !profile.asksFor(Guarantee.FILES);
    if (readOnly || decisions.uses(LandlockMechanisms.DEVICE_LIST)) {
      DEVICES.forEach(name -> grants.add(new PathGrant("/dev/" + name, Access.USE, true)));
    }
    return grants;
  }
}
