package dev.hexe.policy.api.profile;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The privileges of the command beyond those of an ordinary process.
 *
 * @param noGain whether no program can gain privileges (no_new_privs, see {@code prctl(2)})
 * @param noCapabilities whether every capability set is emptied but for {@code capabilities}, see
 *     {@code capabilities(7)}
 * @param capabilities those that the command has, whatever user it runs as
 * @param takenCapabilities those that it has not, where others stay as they are
 * @param noUserNamespaces whether making a user namespace inside is denied
 * @param deniedSystemCalls names of system calls that fail with EPERM, or with ENOSYS where
 *     programs then take another way
 * @param nesting whether sandboxes can be started inside, which make user namespaces and mount
 * @param systemCalls which system calls can be made
 */
public record Privileges(
    boolean noGain,
    boolean noCapabilities,
    Set<Capability> capabilities,
    Set<Capability> takenCapabilities,
    boolean noUserNamespaces,
    List<String> deniedSystemCalls,
    boolean nesting,
    SystemCalls systemCalls) {
  /** Whatever the caller has. */
  public static final Privileges HOST = new Privileges(false, false, false);

  /** Copies the collections; capabilities come in order. */
  public Privileges {
    capabilities = Collections.unmodifiableSortedSet(new TreeSet<>(capabilities));
    takenCapabilities = Collections.unmodifiableSortedSet(new TreeSet<>(takenCapabilities));
    deniedSystemCalls = List.copyOf(deniedSystemCalls);
  }

  /** Privileges without a word on single capabilities and sandboxes inside. */
  public Privileges(
      boolean noGain,
      boolean noCapabilities,
      boolean noUserNamespaces,
      List<String> deniedSystemCalls) {
    this(noGain, noCapabilities, noUserNamespaces, deniedSystemCalls, false);
  }

  /** Privileges without a word on single capabilities. */
  public Privileges(
      boolean noGain,
      boolean noCapabilities,
      boolean noUserNamespaces,
      List<String> deniedSystemCalls,
      boolean nesting) {
    this(noGain, noCapabilities, Set.of(), Set.of(), noUserNamespaces, deniedSystemCalls, nesting);
  }

  /** Privileges without lists of system calls of the profile's own. */
  public Privileges(
      boolean noGain,
      boolean noCapabilities,
      Set<Capability> capabilities,
      Set<Capability> takenCapabilities,
      boolean noUserNamespaces,
      List<String> deniedSystemCalls,
      boolean nesting) {
    this(
        noGain,
        noCapabilities,
        capabilities,
        takenCapabilities,
        noUserNamespaces,
        deniedSystemCalls,
        nesting,
        SystemCalls.ALL);
  }

  /** Whether a capability that the caller has may not be the command's. */
  public boolean takesCapabilities() {
    return noCapabilities || !takenCapabilities.isEmpty();
  }

  /** Privileges without a word on system calls. */
  public Privileges(boolean noGain, boolean noCapabilities, boolean noUserNamespaces) {
    this(noGain, noCapabilities, noUserNamespaces, List.of());
  }
}
