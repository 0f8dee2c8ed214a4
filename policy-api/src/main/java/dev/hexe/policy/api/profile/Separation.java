package dev.hexe.policy.api.profile;

import dev.hexe.policy.api.network.NetworkAccess;
import org.jspecify.annotations.Nullable;

/**
 * The things that the command does not share with the host.
 *
 * @param processesInvisible whether other processes cannot be seen
 * @param processesUnreachable whether other processes cannot be signalled or traced
 * @param network what is reached over the network
 * @param privateIpc whether inter-process communication is private
 * @param hostname the hostname inside, or null for the host's
 * @param privateCgroups whether the cgroup tree seen starts at the sandbox's own
 * @param privateMounts whether mounts made inside stay inside
 * @param inPlace whether the command takes the place of the caller's process and keeps its pid;
 *     then nothing is separated but what the profile names by its identity and its mounts
 * @param terminal what it has for a terminal
 */
public record Separation(
    boolean processesInvisible,
    boolean processesUnreachable,
    NetworkAccess network,
    boolean privateIpc,
    @Nullable String hostname,
    boolean privateCgroups,
    boolean privateMounts,
    boolean inPlace,
    Terminal terminal) {
  /** Everything is shared. */
  public static final Separation HOST =
      new Separation(
          false, false, NetworkAccess.HOST, false, null, false, false, false, Terminal.HOST);

  /** The same where nobody is asked about destinations. */
  public Separation withoutQuestions() {
    return new Separation(
        processesInvisible,
        processesUnreachable,
        network.withoutQuestions(),
        privateIpc,
        hostname,
        privateCgroups,
        privateMounts,
        inPlace,
        terminal);
  }

  /** A separation that leaves the terminal as it is. */
  public Separation(
      boolean processesInvisible,
      boolean processesUnreachable,
      boolean noNetwork,
      boolean privateIpc,
      @Nullable String hostname,
      boolean privateCgroups,
      boolean privateMounts,
      boolean inPlace) {
    this(
        processesInvisible,
        processesUnreachable,
        noNetwork,
        privateIpc,
        hostname,
        privateCgroups,
        privateMounts,
        inPlace,
        Terminal.HOST);
  }

  /** A separation from all of the network, or from nothing of it. */
  public Separation(
      boolean processesInvisible,
      boolean processesUnreachable,
      boolean noNetwork,
      boolean privateIpc,
      @Nullable String hostname,
      boolean privateCgroups,
      boolean privateMounts,
      boolean inPlace,
      Terminal terminal) {
    this(
        processesInvisible,
        processesUnreachable,
        noNetwork ? NetworkAccess.NONE : NetworkAccess.HOST,
        privateIpc,
        hostname,
        privateCgroups,
        privateMounts,
        inPlace,
        terminal);
  }

  /** Whether there is no network but an own loopback. */
  public boolean noNetwork() {
    return network.none();
  }

  /** Whether the command is kept from pushing input into the terminal it was started on. */
  public boolean safeTerminal() {
    return terminal != Terminal.HOST;
  }
}
