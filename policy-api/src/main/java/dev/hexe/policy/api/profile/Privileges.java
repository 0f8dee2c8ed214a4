package dev.hexe.policy.api.profile;

import java.util.List;

/**
 * What the command may do beyond an ordinary process.
 *
 * @param noGain whether no program can gain privileges (no_new_privs, see {@code prctl(2)})
 * @param noCapabilities whether every capability set is emptied, see {@code capabilities(7)}
 * @param noUserNamespaces whether making a user namespace inside is denied
 * @param deniedSystemCalls names of system calls that fail with EPERM, or with ENOSYS where
 *     programs then take another way
 * @param nesting whether sandboxes can be started inside, which make user namespaces and mount
 */
public record Privileges(
    boolean noGain,
    boolean noCapabilities,
    boolean noUserNamespaces,
    List<String> deniedSystemCalls,
    boolean nesting) {
  /** Whatever the caller has. */
  public static final Privileges HOST = new Privileges(false, false, false);

  /** Copies the list. */
  public Privileges {
    deniedSystemCalls = List.copyOf(deniedSystemCalls);
  }

  /** Privileges without a word on sandboxes inside. */
  public Privileges(
      boolean noGain,
      boolean noCapabilities,
      boolean noUserNamespaces,
      List<String> deniedSystemCalls) {
    this(noGain, noCapabilities, noUserNamespaces, deniedSystemCalls, false);
  }

  /** Privileges without a word on system calls. */
  public Privileges(boolean noGain, boolean noCapabilities, boolean noUserNamespaces) {
    this(noGain, noCapabilities, noUserNamespaces, List.of());
  }
}
