package dev.hexe.policy.api.profile;

/**
 * What the command may do beyond an ordinary process.
 *
 * @param noGain whether no program can gain privileges (no_new_privs, see {@code prctl(2)})
 * @param noCapabilities whether every capability set is emptied, see {@code capabilities(7)}
 * @param noUserNamespaces whether making a user namespace inside is denied
 */
public record Privileges(boolean noGain, boolean noCapabilities, boolean noUserNamespaces) {
  /** Whatever the caller has. */
  public static final Privileges HOST = new Privileges(false, false, false);
}
