package dev.hexe.policy.api.profile;

import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Something a profile may promise about the command it runs. The constants are those of this
 * program; plug-ins {@linkplain #added add} others, which come behind them.
 */
public final class Guarantee implements Comparable<Guarantee> {
  private static final List<Guarantee> BUILT_IN = new ArrayList<>();

  public static final Guarantee FILES =
      builtIn(
          "files",
          "only listed paths are reachable",
          profile -> profile.files().unlisted() != Unlisted.ALLOWED);
  public static final Guarantee READ_ONLY =
      builtIn(
          "read-only",
          "files listed for reading cannot be written, replaced or removed",
          profile -> !profile.files().read().isEmpty());
  public static final Guarantee PROTECTED =
      builtIn(
          "protected",
          "files listed as protected cannot be changed, replaced or removed",
          profile -> !profile.protectedPaths().isEmpty());
  public static final Guarantee HIDDEN =
      builtIn(
          "hidden",
          "files listed as hidden cannot be opened",
          profile -> !profile.hiddenPaths().isEmpty());
  public static final Guarantee NEXT_RUN =
      builtIn(
          "next-run",
          "what decides the next run cannot be changed: profiles, plans, this program and its Java",
          profile -> !profile.nextRun().isEmpty() && profile.restrictsFiles());
  public static final Guarantee LAYOUT =
      builtIn(
          "layout",
          "what the profile puts at paths of its own is there, and nothing else",
          profile -> profile.files().fixtures().layOut());
  public static final Guarantee NO_EXECUTE =
      builtIn(
          "no-execute",
          "nothing in paths listed as free of programs can be executed",
          profile -> !profile.files().fixtures().noExecute().isEmpty());
  public static final Guarantee TMP =
      builtIn("tmp", "/tmp is private", profile -> profile.files().tmp().isPrivate());
  public static final Guarantee DEVICES =
      builtIn(
          "devices", "only harmless devices exist", profile -> profile.files().minimalDevices());
  public static final Guarantee PROCESSES_INVISIBLE =
      builtIn(
          "processes-invisible",
          "other processes are invisible",
          profile -> profile.separation().processesInvisible());
  public static final Guarantee PROCESSES_UNREACHABLE =
      builtIn(
          "processes-unreachable",
          "other processes get no signals, are not traced or limited, and share no keys",
          profile -> profile.separation().processesUnreachable());
  public static final Guarantee NETWORK =
      builtIn(
          "network", "no network but an own loopback", profile -> profile.separation().noNetwork());
  public static final Guarantee DESTINATIONS =
      builtIn(
          "destinations",
          "only listed destinations are reached over the network",
          profile -> profile.separation().network().listed());
  public static final Guarantee IPC =
      builtIn(
          "ipc",
          "System V IPC and POSIX message queues are private",
          profile -> profile.separation().privateIpc());
  public static final Guarantee TERMINAL =
      builtIn(
          "terminal",
          "nothing can be typed into the caller's terminal",
          profile -> profile.separation().safeTerminal());
  public static final Guarantee HOSTNAME =
      builtIn(
          "hostname",
          "the hostname is the sandbox's own",
          profile -> profile.separation().hostname() != null);
  public static final Guarantee CGROUPS =
      builtIn(
          "cgroups",
          "the view of control groups is the sandbox's own",
          profile -> profile.separation().privateCgroups());
  public static final Guarantee MOUNTS =
      builtIn(
          "mounts",
          "mounts are the sandbox's own",
          profile -> profile.separation().privateMounts());
  public static final Guarantee IDENTITY =
      builtIn(
          "identity",
          "the ids inside are the ones the profile names",
          profile -> profile.identity().kind() != Identity.Kind.HOST);
  public static final Guarantee PRIVILEGE_GAIN =
      builtIn(
          "privilege-gain",
          "no program gains privileges",
          profile -> profile.privileges().noGain());
  public static final Guarantee CAPABILITIES =
      builtIn(
          "capabilities",
          "no capability is held but those listed",
          profile -> profile.privileges().takesCapabilities());
  public static final Guarantee USER_NAMESPACES =
      builtIn(
          "user-namespaces",
          "no user namespace can be made inside",
          profile -> profile.privileges().noUserNamespaces());
  public static final Guarantee SYSCALLS =
      builtIn(
          "syscalls",
          "system calls listed as denied fail",
          profile ->
              !profile.privileges().deniedSystemCalls().isEmpty()
                  || profile.privileges().systemCalls().isSaid());
  public static final Guarantee MEMORY =
      builtIn("memory", "memory is limited", profile -> profile.limits().limitsMemory());
  public static final Guarantee PIDS =
      builtIn(
          "pids",
          "the number of processes is limited",
          profile -> profile.limits().pids().isPresent());
  public static final Guarantee CPU =
      builtIn("cpu", "processor time is limited", profile -> profile.limits().limitsCpu());
  public static final Guarantee CPUS =
      builtIn(
          "cpus", "only listed processors are used", profile -> !profile.limits().cpus().isEmpty());
  public static final Guarantee IO =
      builtIn("io", "the traffic with disks is limited", profile -> profile.limits().limitsIo());
  public static final Guarantee TIME =
      builtIn("time", "the command ends in time", profile -> profile.limits().time().isPresent());

  private final String id;
  private final String meaning;
  private final int place;
  private final Predicate<Profile> asked;

  private Guarantee(String id, String meaning, int place, Predicate<Profile> asked) {
    this.id = id;
    this.meaning = meaning;
    this.place = place;
    this.asked = asked;
  }

  private static Guarantee builtIn(String id, String meaning, Predicate<Profile> asked) {
    Guarantee guarantee = new Guarantee(id, meaning, BUILT_IN.size(), asked);
    BUILT_IN.add(guarantee);
    return guarantee;
  }

  /**
   * A guarantee of a plug-in. Two with one id are equal.
   *
   * @param id lower-case letters, digits and {@code -}, of no other guarantee
   * @param meaning what it promises, as a sentence without a period
   */
  public static Guarantee added(String id, String meaning) {
    return new Guarantee(
        id,
        meaning,
        Integer.MAX_VALUE,
        profile -> profile.added().guarantees().stream().anyMatch(it -> it.id.equals(id)));
  }

  /** Those of this program, in their natural order. */
  public static List<Guarantee> builtIn() {
    return Collections.unmodifiableList(BUILT_IN);
  }

  /** The word used in profiles and in output. */
  public String id() {
    return id;
  }

  /** What it promises, as a sentence without a period. */
  public String meaning() {
    return meaning;
  }

  /** Whether a profile asks for it at all. */
  boolean isAskedBy(Profile profile) {
    return asked.test(profile);
  }

  /** The guarantee of this program with this {@link #id()}. */
  public static Optional<Guarantee> withId(String id) {
    return BUILT_IN.stream().filter(guarantee -> guarantee.id.equals(id)).findFirst();
  }

  @Override
  public int compareTo(Guarantee other) {
    return place == other.place ? id.compareTo(other.id) : Integer.compare(place, other.place);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Guarantee guarantee && guarantee.id.equals(id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return id;
  }
}
