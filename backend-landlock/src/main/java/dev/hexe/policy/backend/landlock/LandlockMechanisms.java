package dev.hexe.policy.backend.landlock;

import static dev.hexe.policy.api.decision.Mechanism.named;
import static dev.hexe.policy.api.profile.Strength.FULL;
import static dev.hexe.policy.api.profile.Strength.PARTIAL;

import dev.hexe.policy.api.decision.Effect;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import java.util.List;
import java.util.function.Predicate;

/** The rules that choose Landlock. */
final class LandlockMechanisms {
  static final String ALLOWLIST = "landlock";
  static final String PRIVATE_DIRECTORY = "landlock-private-directory";
  static final String DEVICE_LIST = "landlock-devices";
  static final String WITHOUT_PROC = "landlock-without-proc";
  static final String SIGNAL_SCOPE = "landlock-scope";
  static final String DOMAIN = "landlock-domain";
  static final String ABSTRACT_SCOPE = "landlock-abstract-scope";
  static final String SIBLINGS = "landlock-siblings";
  static final String TCP = "landlock-tcp";
  static final String READ_ONLY_TREES = "landlock-read-only";
  static final String PORTS = "landlock-ports";

  /** Facts of the backend that filters system calls, which closes what no scope covers. */
  private static final String SECCOMP_FILTER = "seccomp.filter";

  private static final String SECCOMP_LIBRARY = "seccomp.library";

  private static final MissingFeature WHOLE_TREES =
      new MissingFeature(
          "a path to read lies below one to write, and Landlock gives rights to whole trees",
          "list what is to be written beside it instead of the whole");

  private static final MissingFeature DATA_BELOW =
      new MissingFeature(
          "a path without programs lies below one with programs, and Landlock gives rights to whole trees",
          "list it beside the others, or say `no-execute` of the whole");

  private static final MissingFeature NO_LIST =
      new MissingFeature(
          "Landlock gives rights to what is listed, and the profile leaves all files open",
          "say `unlisted: denied` under `files`, and list what is needed");

  private static final MissingFeature NOTHING_NEW =
      new MissingFeature(
          "Landlock can protect a file only where nothing new can be made beside it, which most commands do in a project",
          "say `protected: {required: partial}` under `demand`, where that will do");

  private static final String VISIBLE = "unlisted paths cannot be opened, but stay visible to stat";
  private static final String METADATA =
      "mode, owner and times of the user's own files can still be changed";
  private static final String LOADED =
      "a program that may be executed can still load or interpret what is in it";
  private static final MissingFeature NO_WAY_IN =
      new MissingFeature(
          "Landlock can open no port of a sandbox on another one of the host",
          "leave out `network.publish`, or use a host where network namespaces can be made");

  private static final MissingFeature NOBODY_ASKED =
      new MissingFeature(
          "Landlock refuses by itself, and nobody can be asked",
          "leave out `on-deny: ask`, or use a host where network namespaces can be made");

  private LandlockMechanisms() {}

  private static MissingFeature listed(String path) {
    return new MissingFeature(
        "the profile lists `" + path + "`, or a path above it", "take it off the list");
  }

  static List<Mechanism> all() {
    return List.of(
        allowlist(Guarantee.FILES, LandlockAbi.TRUNCATE, true)
            .suiting(LandlockMechanisms::denies)
            .rule("unlisted files are denied by Landlock, from ABI 3 on")
            .build(),
        allowlist(Guarantee.FILES, LandlockAbi.FILES, false)
            .suiting(LandlockMechanisms::denies)
            .caveat("unlisted files that the user may write can be truncated")
            .leavesOpen("stat", "connect-unix", "truncate")
            .rule("unlisted files are denied by Landlock but for truncation, before ABI 3")
            .build(),
        secondWall(Guarantee.FILES, LandlockMechanisms::hides)
            .caveat(VISIBLE)
            .leavesOpen("stat", "connect-unix", "truncate")
            .rule("unlisted files that cannot be made absent are denied by Landlock")
            .build(),
        onlyWall(Guarantee.FILES, LandlockMechanisms::hides)
            .caveat(VISIBLE)
            .leavesOpen("stat", "connect-unix", "truncate")
            .rule(
                "unlisted files that cannot be made absent are denied by Landlock, though nothing nests then")
            .build(),
        allowlist(Guarantee.READ_ONLY, LandlockAbi.TRUNCATE, true)
            .suiting(LandlockMechanisms::denies)
            .rank(50)
            .needs((profile, facts) -> !ListedTrees.readBelowWrite(profile.files()), WHOLE_TREES)
            .rule("read-only paths get no right to write from Landlock, from ABI 3 on")
            .build(),
        allowlist(Guarantee.READ_ONLY, LandlockAbi.FILES, false)
            .suiting(LandlockMechanisms::denies)
            .needs((profile, facts) -> !ListedTrees.readBelowWrite(profile.files()), WHOLE_TREES)
            .caveat("files that the user may write can be truncated")
            .leavesOpen("truncate")
            .rule(
                "read-only paths get no right to write from Landlock but for truncation, before ABI 3")
            .build(),
        secondWall(Guarantee.READ_ONLY, LandlockMechanisms::hides)
            .needs((profile, facts) -> !ListedTrees.readBelowWrite(profile.files()), WHOLE_TREES)
            .caveat(METADATA)
            .leavesOpen("truncate")
            .rule("read-only paths that cannot be mounted get no right to write from Landlock")
            .build(),
        onlyWall(Guarantee.READ_ONLY, LandlockMechanisms::hides)
            .needs((profile, facts) -> !ListedTrees.readBelowWrite(profile.files()), WHOLE_TREES)
            .caveat(METADATA)
            .leavesOpen("truncate")
            .rule(
                "read-only paths that cannot be mounted get no right to write from Landlock, though nothing nests then")
            .build(),
        abi(READ_ONLY_TREES, Guarantee.LAYOUT, LandlockAbi.TRUNCATE, false)
            .suiting(ReadOnlyTrees::suits)
            .needs((profile, facts) -> ReadOnlyTrees.areWhole(profile.files()), WHOLE_TREES)
            .rank(200)
            .caveat(METADATA)
            .leavesOpen("change-mode")
            .rule("a read-only tree that cannot be mounted gets no right to write from Landlock")
            .build(),
        secondWall(Guarantee.NO_EXECUTE, LandlockMechanisms::lists)
            .needs((profile, facts) -> !ListedTrees.dataBelowPrograms(profile.files()), DATA_BELOW)
            .caveat(LOADED)
            .leavesOpen()
            .rule("data paths get no right to execute from Landlock")
            .build(),
        onlyWall(Guarantee.NO_EXECUTE, LandlockMechanisms::lists)
            .needs((profile, facts) -> !ListedTrees.dataBelowPrograms(profile.files()), DATA_BELOW)
            .caveat(LOADED)
            .leavesOpen()
            .rule(
                "data paths that cannot be mounted get no right to execute from Landlock, though nothing nests then")
            .build(),
        abi(PRIVATE_DIRECTORY, Guarantee.TMP, LandlockAbi.FILES, false)
            .suiting(LandlockMechanisms::lists)
            .needs((profile, facts) -> !ListedTrees.opens(profile.files(), "/tmp"), listed("/tmp"))
            .caveat(
                "a directory of its own below /tmp, named by TMPDIR, without a limit of its size; the rest of /tmp is denied")
            .leavesOpen("stat", "fill")
            .effects(Effect.STANDS_ELSEWHERE)
            .rule("a private /tmp that cannot be mounted is a directory of its own under Landlock")
            .build(),
        abi(DEVICE_LIST, Guarantee.DEVICES, LandlockAbi.FILES, false)
            .suiting(LandlockMechanisms::lists)
            .needs((profile, facts) -> !ListedTrees.opens(profile.files(), "/dev"), listed("/dev"))
            .caveat("other devices cannot be opened, but stay visible, and no terminal can be made")
            .leavesOpen("other-devices")
            .rule("devices that cannot be left out are denied by Landlock")
            .build(),
        abi(WITHOUT_PROC, Guarantee.PROCESSES_INVISIBLE, LandlockAbi.FILES, false)
            .suiting(LandlockMechanisms::lists)
            .needs(
                (profile, facts) -> !ListedTrees.shows(profile.files(), "/proc"), listed("/proc"))
            .caveat("/proc is denied as a whole, yet pids can be guessed")
            .leavesOpen("see-process", "guess-process")
            .rule("processes that cannot be hidden lose /proc under Landlock")
            .build(),
        abi(SIGNAL_SCOPE, Guarantee.PROCESSES_UNREACHABLE, LandlockAbi.SCOPES, true)
            .rank(200)
            .reinforcing()
            .needs(SECCOMP_FILTER, SECCOMP_LIBRARY)
            .rule(
                "unreachable processes are outside a Landlock domain with a signal scope, and a filter spares their limits and keys")
            .build(),
        abi(SIGNAL_SCOPE, Guarantee.PROCESSES_UNREACHABLE, LandlockAbi.SCOPES, false)
            .rank(Mechanism.ORDINARY - 1)
            .caveat(
                "limits and priorities of the user's other processes can be changed, and the user's keys used")
            .leavesOpen("limit-process", "slow-process-down", "move-process", "find-key")
            .rule(
                "unreachable processes are outside a Landlock domain with a signal scope, where nothing can be filtered")
            .build(),
        abi(DOMAIN, Guarantee.PROCESSES_UNREACHABLE, LandlockAbi.FILES, false)
            .suiting(LandlockMechanisms::lists)
            .caveat("other processes are not traced, but signals reach those of the same user")
            .leavesOpen(
                "signal-process", "limit-process", "slow-process-down", "move-process", "find-key")
            .rule("unreachable processes are outside a Landlock domain, before ABI 6")
            .build(),
        abi(ABSTRACT_SCOPE, Guarantee.IPC, LandlockAbi.SCOPES, false)
            .suiting(profile -> !Displays.grants(profile.files()))
            .reinforcing()
            .caveat("abstract sockets are out of reach, System V IPC and message queues are not")
            .leavesOpen("get-segment", "attach-segment", "open-queue")
            .effects(Effect.CONFINES_ABSTRACT_SOCKETS)
            .rule("abstract sockets are outside a Landlock scope")
            .build(),
        abi(TCP, Guarantee.NETWORK, LandlockAbi.TCP, false)
            .caveat("TCP is denied, but not UDP, raw sockets or other protocols")
            .leavesOpen("echo-udp", "connect-abstract", "interfaces", "socket", "own-loopback")
            .rule("no network without a network namespace is no TCP under Landlock")
            .build(),
        abi(PORTS, Guarantee.DESTINATIONS, LandlockAbi.TCP, false)
            .needs(
                (profile, facts) -> profile.separation().network().publish().isEmpty(), NO_WAY_IN)
            .needs((profile, facts) -> !profile.separation().network().asks(), NOBODY_ASKED)
            .caveat(
                "ports, not names: every host is reached at each listed port of TCP, what is denied as well, and any port by UDP, with which names are asked for")
            .leavesOpen(
                "resolve",
                "reach",
                "connect",
                "send",
                "echo-udp",
                "connect-abstract",
                "interfaces",
                "socket",
                "own-loopback")
            .rule("destinations without a network namespace are the ports of TCP under Landlock")
            .build(),
        siblings(Guarantee.HIDDEN)
            .caveat(
                "names and sizes stay visible, and nothing new can be made beside them, such as right in your home; before Landlock ABI 3 they can be truncated")
            .leavesOpen()
            .rule(
                "hidden files that cannot be covered get no rights from Landlock, but those beside them do")
            .build(),
        siblings(Guarantee.PROTECTED)
            .needs(
                (profile, facts) -> acceptsPart(profile.demand(Guarantee.PROTECTED)), NOTHING_NEW)
            .caveat(
                "mode, owner and times can still be changed, and nothing new can be made beside them, such as right in your home and in the working directory; before Landlock ABI 3 they can be truncated")
            .leavesOpen("change-mode", "truncate")
            .rule(
                "protected files that cannot be mounted get no right to write from Landlock, but those beside them do")
            .build(),
        siblings(Guarantee.NEXT_RUN)
            .caveat(
                "mode, owner and times can still be changed; and where a part of it lies in what can be written, such as a profile in the project, nothing new can be made beside it or in a directory above: keep profiles in a directory of their own outside of what is written, as in ~/.config/hexe-policy/profiles")
            .leavesOpen("change-mode", "truncate")
            .rule(
                "what decides the next run gets no right to write from Landlock, but what lies beside it does")
            .build());
  }

  /** Applied behind the mounts as well; nothing can be mounted under it. */
  private static Mechanism.Builder secondWall(Guarantee guarantee, Predicate<Profile> profiles) {
    return allowlist(guarantee, LandlockAbi.FILES, false)
        .suiting(profile -> profiles.test(profile) && !profile.privileges().nesting())
        .reinforcing();
  }

  /** For profiles that let sandboxes start inside: only where the mounts cannot be had. */
  private static Mechanism.Builder onlyWall(Guarantee guarantee, Predicate<Profile> profiles) {
    return allowlist(guarantee, LandlockAbi.FILES, false)
        .suiting(profile -> profiles.test(profile) && profile.privileges().nesting());
  }

  /** Rights for what lies beside a path, instead of for the directory that holds it. */
  private static Mechanism.Builder siblings(Guarantee guarantee) {
    return abi(SIBLINGS, guarantee, LandlockAbi.FILES, false)
        .needs((profile, facts) -> lists(profile), NO_LIST)
        .effects(Effect.CLOSES_DIRECTORIES);
  }

  private static Mechanism.Builder allowlist(Guarantee guarantee, long abi, boolean full) {
    return abi(ALLOWLIST, guarantee, abi, full)
        .effects(Effect.RIGHTS_OF_TREES)
        .effectFrom(Effect.RULES_SOCKETS, LandlockAbi.ABI, LandlockAbi.SOCKETS);
  }

  private static boolean acceptsPart(Demand demand) {
    return PARTIAL.reaches(demand.atLeast());
  }

  private static boolean denies(Profile profile) {
    return profile.files().unlisted() == Unlisted.DENIED;
  }

  private static boolean hides(Profile profile) {
    return profile.files().unlisted() == Unlisted.ABSENT;
  }

  private static boolean lists(Profile profile) {
    return denies(profile) || hides(profile);
  }

  private static Mechanism.Builder abi(String id, Guarantee guarantee, long abi, boolean full) {
    return named(id, guarantee, full ? FULL : PARTIAL)
        .needs(LandlockAbi.ABI)
        .needsAtLeast(
            LandlockAbi.ABI,
            abi,
            new MissingFeature(
                "this kernel's Landlock is older than ABI " + abi, "use a newer kernel"));
  }
}
