package dev.hexe.policy.exposure;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * All that can be left open. The weights, in tenths, make 10.0 together, so that a score is the
 * plain sum of what was found; {@code docs/exposures.md} has the reason for each.
 */
public enum Kind implements ExposureKind {
  WRITABLE_SHELL_STARTUP(
      6,
      true,
      "files that shells run when they start can be written",
      "protect: [default], or write less than the home directory"),
  WRITABLE_PROGRAMS(
      4,
      true,
      "folders in which the host looks for programs can be written",
      "protect: [default], or write less than the home directory"),
  WRITABLE_AUTOSTART(
      4,
      true,
      "folders of services, timers and programs to start by themselves can be written",
      "protect: [default], or write less than the home directory"),
  WRITABLE_GIT_CONFIGURATION(
      3,
      true,
      "git's configuration can be written, and git runs programs that it names",
      "protect: [default], or write less than the home directory"),
  WRITABLE_SSH_CONFIGURATION(
      4,
      true,
      "ssh's configuration can be written: who may log in, and what runs on connecting",
      "protect: [default], or write less than the home directory"),
  WRITABLE_EDITOR_CONFIGURATION(
      2,
      true,
      "editors' configuration and extensions can be written",
      "protect: [default], or write less than the home directory"),
  WRITABLE_AGENT_CONFIGURATION(
      3,
      true,
      "coding agents' configuration can be written: hooks, tools and instructions",
      "protect: [default], or write less than the home directory"),
  WRITABLE_GIT_HOOKS(
      3,
      true,
      "the git directory of the project can be written, and git runs what is in it",
      "list `.git` for reading, or work on a copy"),
  WRITABLE_HEXE_POLICY(
      4,
      true,
      "this program, or its profiles, can be written: the next sandbox would be another one",
      "install it where only root writes, and write less than the home directory"),
  REACHABLE_CONTAINER_ENGINE(
      5,
      true,
      "a container engine answers on its socket, and starts what it is told",
      "files.unlisted: absent, without the socket's folder"),
  REACHABLE_MESSAGE_BUS(
      4,
      true,
      "a message bus or the service manager answers on its socket",
      "files.unlisted: absent, without the socket's folder"),
  REACHABLE_MULTIPLEXER(
      2,
      true,
      "a terminal multiplexer answers on its socket, and types what it is told",
      "files.tmp: {private: 128M}"),
  REACHABLE_X11(
      2,
      true,
      "the X server answers, and lets its clients type into and see each other's windows",
      "files.tmp: {private: 128M}, and files.unlisted: absent"),
  REACHABLE_WAYLAND(
      1,
      false,
      "the Wayland compositor answers on its socket",
      "files.unlisted: absent, without the socket's folder"),
  REACHABLE_KEY_AGENT(
      3,
      false,
      "an agent that signs with your keys answers on its socket",
      "files.unlisted: absent, without the socket's folder"),
  ABSTRACT_SOCKETS(
      2,
      false,
      "sockets without a path can be connected to, as X11 and some buses have them",
      "ipc: private where Landlock has scopes (ABI 6), or network: none"),
  READABLE_PRIVATE_KEYS(
      4, false, "private keys can be read", "hide: [default], or list no more than is needed"),
  READABLE_CREDENTIALS(
      4,
      false,
      "stored passwords and tokens can be read",
      "hide: [default], or list no more than is needed"),
  READABLE_BROWSER_PROFILES(
      2,
      false,
      "browsers' profiles can be read: cookies, passwords, history",
      "hide: [default], or list no more than is needed"),
  READABLE_KEYRINGS(
      2, false, "keyrings can be read", "hide: [default], or list no more than is needed"),
  SECRET_ENVIRONMENT(
      2,
      false,
      "environment variables whose names speak of secrets are handed on",
      "environment: {unset: [default]}, or `--unsetenv NAME`"),
  HOST_NETWORK(
      3, false, "the host's network can be used: what is read can be sent", "network: none"),
  LOCAL_SERVICES(
      2, false, "services that trust whoever is on this host can be reached", "network: none"),
  CLOUD_METADATA(
      2,
      false,
      "a cloud's metadata service (169.254.169.254), which gives credentials, can be reached where there is one",
      "network: none, or let the cloud demand a hop limit of 1 and session tokens"),
  PRIVILEGE_GAIN(
      2,
      false,
      "setuid programs give the privileges they give on the host",
      "privileges.gain: never"),
  SETUID_FILES(
      1,
      false,
      "files of the host can be made setuid, and give whoever runs them there the rights of their owner",
      "as root, `privileges: {gain: never, capabilities: none}`; else trees that are mounted nosuid"),
  HOST_CAPABILITIES(
      3, true, "capabilities over the whole host are kept", "privileges.capabilities: none"),
  SUPPLEMENTARY_GROUPS(
      3,
      false,
      "supplementary groups stay in force: what they may open can be opened",
      "start it with `setpriv --clear-groups` as root, or from an account without them"),
  UNLISTED_FILES(
      2,
      false,
      "every file is there that the account may open",
      "files.unlisted: absent, or denied"),
  REACHABLE_PROCESSES(
      2,
      true,
      "the account's other processes can be traced and signalled",
      "processes.reach-others: denied"),
  TERMINAL(2, true, "input can be pushed into the terminal it is started from", "terminal: safe"),
  NESTED_USER_NAMESPACES(
      1,
      false,
      "user namespaces can be made inside, which opens much of the kernel",
      "privileges.user-namespaces: none"),
  SYSTEM_CALLS(
      1,
      false,
      "every system call of the kernel is open",
      "list some in `privileges.deny-system-calls`"),
  VISIBLE_PROCESSES(
      1,
      false,
      "other processes, and their command lines, can be seen",
      "processes.others: invisible"),
  HOST_PROC(
      1,
      false,
      "the host's /proc can be read, with the processes of every account",
      "processes.others: invisible, or mount /proc with hidepid=invisible"),
  HOST_DEVICES(1, false, "devices of the host can be opened", "files.devices: minimal"),
  HOST_TMP(1, false, "the host's /tmp is shared with other programs", "files.tmp: {private: 128M}"),
  SHARED_IPC(1, false, "System V IPC and POSIX message queues are the host's", "ipc: private"),
  PASSED_DESCRIPTORS(
      1,
      false,
      "descriptors of the caller are kept: what they lead to can be used whatever the profile lists",
      "start.pass-fds without them, or files and sockets that may be reached"),
  UNLIMITED_MEMORY(1, false, "all memory of the host can be taken", "set `limits.memory`"),
  UNLIMITED_PIDS(1, false, "processes can be made without end", "set `limits.pids`"),
  UNLIMITED_CPU(1, false, "all processors can be taken", "set `limits.cpu`"),
  WEAK_GUARANTEES(
      1,
      false,
      "guarantees of the profile that are not enforced in full",
      "`hexe-policy doctor` says what this host lacks");

  private final int weight;
  private final boolean wayOut;
  private final String what;
  private final String close;

  Kind(int weight, boolean wayOut, String what, String close) {
    this.weight = weight;
    this.wayOut = wayOut;
    this.what = what;
    this.close = close;
  }

  /** Its stable name. */
  @Override
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The one of a name; empty where there is none. */
  static Optional<Kind> withId(String id) {
    return Arrays.stream(values()).filter(kind -> kind.id().equals(id)).findFirst();
  }

  /** The most it counts, in tenths. */
  @Override
  public int weight() {
    return weight;
  }

  /** Whether it alone, with no flaw in anything, lets the command act outside in the end. */
  @Override
  public boolean wayOut() {
    return wayOut;
  }

  /** What can be done, as a sentence without a period. */
  @Override
  public String what() {
    return what;
  }

  /** What would close it. */
  @Override
  public String close() {
    return close;
  }
}
