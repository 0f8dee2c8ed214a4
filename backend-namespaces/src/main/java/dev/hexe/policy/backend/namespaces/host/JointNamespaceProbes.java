package dev.hexe.policy.backend.namespaces.host;

import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.JointProbe;
import dev.hexe.policy.api.plan.CloneFlag;
import dev.hexe.policy.api.plan.Mounts;
import dev.hexe.policy.api.plan.Processes;
import java.util.List;

/**
 * Tries of many namespaces at once. Where all is to be had two children find that out, in the place
 * of fifteen.
 */
public final class JointNamespaceProbes {
  private JointNamespaceProbes() {}

  public static List<JointProbe> of(Caller caller) {
    return List.of(namespaces(caller), mounts(caller));
  }

  /** But for the limit on processes, which would leave no room for more, and which many lack. */
  private static JointProbe namespaces(Caller caller) {
    JointProbe.Builder joint =
        JointProbe.beginning(
                NamespaceFacts.inside(
                    caller,
                    CloneFlag.NEWPID,
                    CloneFlag.NEWNET,
                    CloneFlag.NEWUTS,
                    CloneFlag.NEWIPC,
                    CloneFlag.NEWCGROUP))
            .answering(
                NamespaceFacts.USER, NamespaceFacts.PID, NamespaceFacts.IPC, NamespaceFacts.CGROUP);
    if (!caller.hasOtherGroups()) {
      joint.answering(NamespaceFacts.GROUPS);
    }
    return joint
        .then(NamespaceFacts.LOOPBACK)
        .answering(NamespaceFacts.NETWORK)
        .then(NamespaceFacts.NAME)
        .answering(NamespaceFacts.UTS)
        .then(NamespaceFacts.NO_MORE)
        .answering(NamespaceFacts.USER_LIMIT)
        .then(Processes.clone3Query())
        .answering(NamespaceFacts.CLONE3)
        .then(Mounts.mountApiQuery())
        .answering(NamespaceFacts.MOUNT_API)
        .build();
  }

  /** Behind the switch to the new root nothing can be mounted any more. */
  private static JointProbe mounts(Caller caller) {
    return JointProbe.beginning(
            NamespaceFacts.newRoot(
                NamespaceFacts.inside(caller, CloneFlag.NEWNS, CloneFlag.NEWPID)))
        .then(NamespaceFacts.FRESH_PROC)
        .answering(NamespaceFacts.PROC)
        .then(NamespaceFacts.LAYERS)
        .answering(NamespaceFacts.OVERLAY)
        .then(NamespaceFacts.CHANGES)
        .answering(NamespaceFacts.OVERLAY_MEMORY)
        .then(NamespaceFacts.TERMINALS, NamespaceFacts.DEVICE, NamespaceFacts.SWITCH)
        .answering(NamespaceFacts.MOUNT)
        .then(NamespaceFacts.TERMINAL)
        .answering(NamespaceFacts.DEVPTS)
        .build();
  }
}
