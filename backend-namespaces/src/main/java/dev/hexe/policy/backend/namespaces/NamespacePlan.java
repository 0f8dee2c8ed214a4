package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.CloneFlag;
import dev.hexe.policy.api.plan.EnvironmentActions;
import dev.hexe.policy.api.plan.Processes;
import dev.hexe.policy.api.plan.RestrictionActions;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Identity;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.api.spi.Compilation;
import dev.hexe.policy.api.spi.Contribution;
import dev.hexe.policy.backend.namespaces.host.NamespaceFacts;
import dev.hexe.policy.backend.namespaces.host.SubordinateIds;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** The namespaces a set of decisions needs, and what is done in them. */
final class NamespacePlan {
  /** {@code CAP_SYS_ADMIN} could undo the mounts, {@code CAP_SYS_RESOURCE} the limits. */
  private static final long KEEP_BUT_UNDOING = ~(1L << 21 | 1L << 24);

  private static final Map<String, CloneFlag> FLAGS =
      Map.ofEntries(
          Map.entry(NamespaceMechanisms.PROCESS_LIMIT, CloneFlag.NEWUSER),
          Map.entry(NamespaceMechanisms.PID_NAMESPACE, CloneFlag.NEWPID),
          Map.entry(NamespaceMechanisms.NETWORK_NAMESPACE, CloneFlag.NEWNET),
          Map.entry(NamespaceMechanisms.GATEWAY, CloneFlag.NEWNET),
          Map.entry(NamespaceMechanisms.IPC_NAMESPACE, CloneFlag.NEWIPC),
          Map.entry(NamespaceMechanisms.UTS_NAMESPACE, CloneFlag.NEWUTS),
          Map.entry(NamespaceMechanisms.CGROUP_NAMESPACE, CloneFlag.NEWCGROUP),
          Map.entry(NamespaceMechanisms.MOUNT_NAMESPACE, CloneFlag.NEWNS),
          Map.entry(NamespaceMechanisms.USER_NAMESPACE, CloneFlag.NEWUSER),
          Map.entry(NamespaceMechanisms.USER_NAMESPACE_LIMIT, CloneFlag.NEWUSER));

  private final Compilation compilation;
  private final Profile profile;
  private final Decisions decisions;
  private final boolean mounts;

  NamespacePlan(Compilation compilation) {
    this.compilation = compilation;
    profile = compilation.profile();
    decisions = compilation.decisions();
    mounts = MountPlan.isNeeded(decisions);
  }

  Contribution contribution() {
    EnumSet<CloneFlag> flags = flags();
    if (flags.isEmpty()) {
      return Contribution.NONE;
    }
    // Nothing is kept from the command by these alone, so it may undo them.
    if (!mounts && SystemCopies.areNeeded(compilation)) {
      flags.add(CloneFlag.NEWNS);
    }
    List<Action> actions = new ArrayList<>(identity());
    if (flags.contains(CloneFlag.NEWNS)) {
      actions.addAll(new MountPlan(compilation).actions());
    }
    actions.addAll(surroundings());
    if (decisions.uses(Guarantee.PROCESSES_UNREACHABLE, NamespaceMechanisms.PID_NAMESPACE)) {
      actions.add(RestrictionActions.ownKeyring());
    }
    if (couldBeUndone() && !losesCapabilities()) {
      actions.add(
          nests()
              ? Processes.nest()
              : RestrictionActions.dropCapabilities(KEEP_BUT_UNDOING, false));
    }
    return new Contribution(flags, actions);
  }

  private boolean couldBeUndone() {
    return mounts || decisions.uses(NamespaceMechanisms.USER_NAMESPACE_LIMIT);
  }

  /**
   * Programs that are 0 take their capabilities for granted, and make no user namespace before they
   * mount. In one of their own they have them, and cannot undo what was mounted before.
   */
  private boolean nests() {
    boolean isZero =
        switch (profile.identity().kind()) {
          case HOST, SELF -> compilation.caller().uid() == 0;
          case ROOT, SUBORDINATE -> true;
          case IDS -> profile.identity().uid() == 0;
        };
    return isZero && profile.privileges().nesting() && seesProcesses();
  }

  /** The ids are written through /proc. */
  private boolean seesProcesses() {
    return decisions.uses(Guarantee.PROCESSES_INVISIBLE, NamespaceMechanisms.PID_NAMESPACE)
        || !decisions.uses(NamespaceMechanisms.NEW_ROOT);
  }

  /** What counts is what was decided: a profile may ask in vain. */
  private boolean losesCapabilities() {
    return profile.privileges().noCapabilities()
        && decisions
            .of(Guarantee.CAPABILITIES)
            .filter(decision -> decision.strength() == Strength.FULL)
            .isPresent();
  }

  private EnumSet<CloneFlag> flags() {
    EnumSet<CloneFlag> flags = EnumSet.noneOf(CloneFlag.class);
    FLAGS.forEach(
        (mechanism, flag) -> {
          if (decisions.uses(mechanism)) {
            flags.add(flag);
          }
        });
    if (mounts) {
      flags.add(CloneFlag.NEWNS);
    }
    if (decisions.of(Guarantee.IDENTITY).flatMap(Decision::chosen).isPresent()) {
      flags.add(CloneFlag.NEWUSER);
    }
    if (!flags.isEmpty()) {
      flags.add(CloneFlag.NEWUSER);
    }
    return flags;
  }

  private List<Action> identity() {
    Caller caller = compilation.caller();
    List<Action> actions = new ArrayList<>();
    if (caller.hasOtherGroups() && compilation.facts().has(NamespaceFacts.GROUPS)) {
      actions.add(Processes.clearGroups());
    }
    actions.add(idMap(caller));
    if (decisions.uses(NamespaceMechanisms.USER_NAMESPACE_LIMIT)) {
      actions.add(Processes.limitUserNamespaces(0));
    }
    if (decisions.uses(NamespaceMechanisms.PROCESS_LIMIT)) {
      profile
          .limits()
          .pids()
          .ifPresent(
              count ->
                  actions.add(
                      RestrictionActions.rlimit(NamespaceFacts.RLIMIT_NPROC, count, count)));
    }
    return actions;
  }

  private Action idMap(Caller caller) {
    if (decisions.uses(NamespaceMechanisms.ID_RANGES)) {
      return SubordinateIds.maps(caller, compilation.facts());
    }
    Identity identity = profile.identity();
    if (identity.kind() == Identity.Kind.HOST
        && SubordinateIds.writesMaps(caller)
        && compilation.facts().has(SubordinateIds.UIDS)) {
      return Processes.allIds();
    }
    return switch (identity.kind()) {
      case HOST, SELF -> Processes.idMap(caller.uid(), caller.uid(), caller.gid(), caller.gid());
      case ROOT, SUBORDINATE -> Processes.idMap(0, caller.uid(), 0, caller.gid());
      case IDS -> Processes.idMap(identity.uid(), caller.uid(), identity.gid(), caller.gid());
    };
  }

  private List<Action> surroundings() {
    List<Action> actions = new ArrayList<>();
    if (decisions.uses(NamespaceMechanisms.NETWORK_NAMESPACE)) {
      actions.add(EnvironmentActions.loopbackUp());
    }
    String hostname = profile.separation().hostname();
    if (hostname != null && decisions.uses(Guarantee.HOSTNAME, NamespaceMechanisms.UTS_NAMESPACE)) {
      actions.add(EnvironmentActions.hostname(hostname));
    }
    return actions;
  }
}
