package dev.hexe.policy.verification.checks;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.verification.act.AddedChecks;
import dev.hexe.policy.verification.act.Check;
import dev.hexe.policy.verification.environment.TestEnvironment;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The acts that show whether a profile is kept. What is not promised is not tried. */
public final class Checks {
  private final Profile profile;
  private final TestEnvironment scene;

  public Checks(Profile profile, TestEnvironment scene) {
    this.profile = profile;
    this.scene = scene;
  }

  /** All acts, in the order of the guarantees. */
  public List<Check> of(Decisions decisions) {
    return decisions.all().stream()
        .map(Decision::guarantee)
        .flatMap(guarantee -> of(guarantee, decisions).stream())
        .toList();
  }

  private List<Check> of(Guarantee guarantee, Decisions decisions) {
    return byGuarantee(decisions)
        .getOrDefault(guarantee, () -> AddedChecks.of(guarantee, profile))
        .get();
  }

  private Map<Guarantee, Supplier<List<Check>>> byGuarantee(Decisions decisions) {
    FileChecks files = new FileChecks(profile, decisions, scene);
    ProtectedPathChecks guards = new ProtectedPathChecks(profile, scene);
    return Map.ofEntries(
        Map.entry(Guarantee.FILES, files::reach),
        Map.entry(Guarantee.READ_ONLY, files::readOnly),
        Map.entry(Guarantee.PROTECTED, guards::protectedPaths),
        Map.entry(Guarantee.HIDDEN, guards::hiddenPaths),
        Map.entry(Guarantee.NEXT_RUN, guards::nextRun),
        Map.entry(Guarantee.LAYOUT, () -> new MountEntryChecks(profile, scene).layout()),
        Map.entry(Guarantee.NO_EXECUTE, () -> new MountEntryChecks(profile, scene).noExecute()),
        Map.entry(Guarantee.TMP, () -> new TmpChecks(profile, decisions, scene).all()),
        Map.entry(Guarantee.DEVICES, () -> DeviceChecks.all(decisions)),
        Map.entry(Guarantee.PROCESSES_INVISIBLE, () -> new ProcessChecks(scene).invisible()),
        Map.entry(Guarantee.PROCESSES_UNREACHABLE, () -> new ProcessChecks(scene).unreachable()),
        Map.entry(Guarantee.NETWORK, () -> new NetworkChecks(scene).none()),
        Map.entry(
            Guarantee.DESTINATIONS,
            () -> new NetworkChecks(scene).listed(profile.separation().network())),
        Map.entry(Guarantee.IPC, () -> new IpcChecks(scene).all()),
        Map.entry(Guarantee.TERMINAL, () -> SurroundingsChecks.terminal(profile, scene)),
        Map.entry(Guarantee.HOSTNAME, () -> SurroundingsChecks.hostname(profile)),
        Map.entry(Guarantee.CGROUPS, SurroundingsChecks::cgroups),
        Map.entry(Guarantee.MOUNTS, SurroundingsChecks::mounts),
        Map.entry(Guarantee.IDENTITY, () -> new IdentityChecks(profile, scene).identity()),
        Map.entry(
            Guarantee.PRIVILEGE_GAIN,
            () -> new IdentityChecks(profile, scene).privilegeGain(decisions)),
        Map.entry(Guarantee.CAPABILITIES, () -> PrivilegeChecks.capabilities(profile.privileges())),
        Map.entry(Guarantee.USER_NAMESPACES, PrivilegeChecks::userNamespaces),
        Map.entry(Guarantee.SYSCALLS, () -> PrivilegeChecks.systemCalls(profile, scene)),
        Map.entry(Guarantee.MEMORY, () -> LimitChecks.memory(profile)),
        Map.entry(Guarantee.PIDS, () -> LimitChecks.pids(profile)),
        Map.entry(Guarantee.CPU, () -> LimitChecks.cpu(profile)),
        Map.entry(Guarantee.CPUS, () -> new ProcessorChecks(profile, scene.processors()).all()),
        Map.entry(Guarantee.IO, () -> new DiskChecks(profile, scene.disks()).all()),
        Map.entry(Guarantee.TIME, () -> LimitChecks.time(profile)));
  }
}
