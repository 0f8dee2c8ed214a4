package dev.hexe.policy.verification.trials;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.verification.AddedTrials;
import dev.hexe.policy.verification.Scene;
import dev.hexe.policy.verification.Trial;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The acts that show whether a profile is kept. What is not promised is not tried. */
public final class Trials {
  private final Profile profile;
  private final Scene scene;

  public Trials(Profile profile, Scene scene) {
    this.profile = profile;
    this.scene = scene;
  }

  /** All acts, in the order of the guarantees. */
  public List<Trial> of(Decisions decisions) {
    return decisions.all().stream()
        .map(Decision::guarantee)
        .flatMap(guarantee -> of(guarantee, decisions).stream())
        .toList();
  }

  private List<Trial> of(Guarantee guarantee, Decisions decisions) {
    return byGuarantee(decisions)
        .getOrDefault(guarantee, () -> AddedTrials.of(guarantee, profile))
        .get();
  }

  private Map<Guarantee, Supplier<List<Trial>>> byGuarantee(Decisions decisions) {
    FileTrials files = new FileTrials(profile, decisions, scene);
    GuardTrials guards = new GuardTrials(profile, scene);
    return Map.ofEntries(
        Map.entry(Guarantee.FILES, files::reach),
        Map.entry(Guarantee.READ_ONLY, files::readOnly),
        Map.entry(Guarantee.PROTECTED, guards::protectedPaths),
        Map.entry(Guarantee.HIDDEN, guards::hiddenPaths),
        Map.entry(Guarantee.NEXT_RUN, guards::nextRun),
        Map.entry(Guarantee.LAYOUT, () -> new FixtureTrials(profile, scene).layout()),
        Map.entry(Guarantee.NO_EXECUTE, () -> new FixtureTrials(profile, scene).noExecute()),
        Map.entry(Guarantee.TMP, () -> new TmpTrials(profile, decisions, scene).all()),
        Map.entry(Guarantee.DEVICES, DeviceTrials::all),
        Map.entry(Guarantee.PROCESSES_INVISIBLE, () -> new ProcessTrials(scene).invisible()),
        Map.entry(Guarantee.PROCESSES_UNREACHABLE, () -> new ProcessTrials(scene).unreachable()),
        Map.entry(Guarantee.NETWORK, () -> new NetworkTrials(scene).none()),
        Map.entry(
            Guarantee.DESTINATIONS,
            () -> new NetworkTrials(scene).listed(profile.separation().network())),
        Map.entry(Guarantee.IPC, () -> new IpcTrials(scene).all()),
        Map.entry(Guarantee.TERMINAL, () -> SurroundingsTrials.terminal(profile, scene)),
        Map.entry(Guarantee.HOSTNAME, () -> SurroundingsTrials.hostname(profile)),
        Map.entry(Guarantee.CGROUPS, SurroundingsTrials::cgroups),
        Map.entry(Guarantee.MOUNTS, SurroundingsTrials::mounts),
        Map.entry(Guarantee.IDENTITY, () -> new IdentityTrials(profile, scene).identity()),
        Map.entry(
            Guarantee.PRIVILEGE_GAIN,
            () -> new IdentityTrials(profile, scene).privilegeGain(decisions)),
        Map.entry(Guarantee.CAPABILITIES, () -> PrivilegeTrials.capabilities(profile.privileges())),
        Map.entry(Guarantee.USER_NAMESPACES, PrivilegeTrials::userNamespaces),
        Map.entry(Guarantee.SYSCALLS, () -> PrivilegeTrials.systemCalls(profile, scene)),
        Map.entry(Guarantee.MEMORY, () -> LimitTrials.memory(profile)),
        Map.entry(Guarantee.PIDS, () -> LimitTrials.pids(profile)),
        Map.entry(Guarantee.CPU, () -> LimitTrials.cpu(profile)),
        Map.entry(Guarantee.CPUS, () -> new ProcessorTrials(profile, scene.processors()).all()),
        Map.entry(Guarantee.IO, () -> new DiskTrials(profile, scene.disks()).all()),
        Map.entry(Guarantee.TIME, () -> LimitTrials.time(profile)));
  }
}
