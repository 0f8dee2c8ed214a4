package dev.hexe.policy.api.host;

/** The kinds of changes that mend a lack, in the order of how much of the host they touch. */
public enum Remedy {
  /** Words for people; there is no one way to do it. */
  ADVICE,
  /** Install the library libseccomp. */
  LIBSECCOMP_PACKAGE,
  /** Allow user namespaces for this program alone, by an AppArmor profile. */
  APPARMOR_PROFILE,
  /** Let systemd hand control groups to users, see {@code systemd.resource-control(5)}. */
  CGROUP_DELEGATION,
  /** Raise {@code user.max_user_namespaces}. */
  USER_NAMESPACE_LIMIT,
  /** Switch {@code kernel.unprivileged_userns_clone} on. */
  USER_NAMESPACE_SWITCH,
  /** Boot with Landlock in the kernel parameter {@code lsm=}. */
  LANDLOCK_PARAMETER,
  /** Boot with version 2 of control groups alone. */
  CGROUP_VERSION_2
}
