package dev.hexe.policy.api.plan;

/**
 * The time at which an action happens. The order of the constants is the order of execution; it is
 * a safety property: mounts are impossible once Landlock is in force, and nothing may follow the
 * system-call filter but exec.
 */
public enum Phase {
  /** For readers and people; nothing is executed. */
  NOTES,
  /** What has to be had before anything is given up. */
  SOURCES,
  CGROUP,
  NAMESPACES,
  /** Needs no more than the namespaces, and gives others time to answer. */
  NETWORK,
  PROPAGATION,
  MOUNTS,
  ROOT_SWITCH,
  /** Processes outside are told of the tree, and have their say before the command. */
  OUTSIDE,
  RLIMITS,
  CAPABILITIES,
  NO_NEW_PRIVILEGES,
  ENVIRONMENT,
  DESCRIPTORS,
  LANDLOCK,
  SECCOMP,
  /** PID 1 parts from the command. */
  INIT
}
