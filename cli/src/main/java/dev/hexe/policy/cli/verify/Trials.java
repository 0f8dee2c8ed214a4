package dev.hexe.policy.cli.verify;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import java.util.List;

/** The acts that show whether a profile is kept. What is not promised is not tried. */
final class Trials {
  private final Profile profile;
  private final Scene scene;

  Trials(Profile profile, Scene scene) {
    this.profile = profile;
    this.scene = scene;
  }

  /** All acts, in the order of the guarantees. */
  List<Trial> of(Decisions decisions) {
    return decisions.all().stream()
        .map(Decision::guarantee)
        .flatMap(guarantee -> of(guarantee, decisions).stream())
        .toList();
  }

  private List<Trial> of(Guarantee guarantee, Decisions decisions) {
    return switch (guarantee) {
      case FILES -> new FileTrials(profile, decisions, scene).reach();
      case READ_ONLY -> new FileTrials(profile, decisions, scene).readOnly();
      case PROTECTED -> new GuardTrials(profile, scene).protectedPaths();
      case HIDDEN -> new GuardTrials(profile, scene).hiddenPaths();
      case NEXT_RUN -> new GuardTrials(profile, scene).nextRun();
      case LAYOUT -> new FixtureTrials(profile, scene).layout();
      case NO_EXECUTE -> new FixtureTrials(profile, scene).noExecute();
      case TMP -> new TmpTrials(profile, decisions, scene).all();
      case DEVICES -> DeviceTrials.all();
      case PROCESSES_INVISIBLE -> new ProcessTrials(scene).invisible();
      case PROCESSES_UNREACHABLE -> new ProcessTrials(scene).unreachable();
      case NETWORK -> new NetworkTrials(scene).none();
      case DESTINATIONS -> new NetworkTrials(scene).listed();
      case IPC -> new IpcTrials(scene).all();
      case TERMINAL -> SurroundingsTrials.terminal(profile, scene);
      case HOSTNAME -> SurroundingsTrials.hostname(profile);
      case CGROUPS -> SurroundingsTrials.cgroups();
      case MOUNTS -> SurroundingsTrials.mounts();
      case IDENTITY -> new IdentityTrials(profile, scene).identity();
      case PRIVILEGE_GAIN -> new IdentityTrials(profile, scene).privilegeGain(decisions);
      case CAPABILITIES -> PrivilegeTrials.capabilities(profile.privileges());
      case USER_NAMESPACES -> PrivilegeTrials.userNamespaces();
      case SYSCALLS -> PrivilegeTrials.systemCalls(profile, scene);
      case MEMORY -> LimitTrials.memory(profile);
      case PIDS -> LimitTrials.pids(profile);
      case CPU -> LimitTrials.cpu(profile);
      case CPUS -> new ProcessorTrials(profile, scene.processors()).all();
      case IO -> new DiskTrials(profile, scene.disks()).all();
      case TIME -> LimitTrials.time(profile);
    };
  }
}
