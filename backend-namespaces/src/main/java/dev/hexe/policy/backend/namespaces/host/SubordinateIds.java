package dev.hexe.policy.backend.namespaces.host;

import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.host.Probe;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.CloneFlag;
import dev.hexe.policy.api.plan.Processes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * 65,536 ids: the caller's as 0, and subordinate ones from 1 on, see {@code subuid(5)}. What the
 * files grant is tried, not believed.
 */
public final class SubordinateIds {
  public static final String UIDS = "subordinate.uids";
  public static final String GIDS = "subordinate.gids";

  private static final long COUNT = 65_536;

  /** Where systemd has the ids of containers; root needs no line in a file. */
  private static final long START_FOR_ROOT = 0x80000;

  /** An id that is nobody's to give away: the try fails as it should. */
  private static final long NONE = 1;

  private static final String UID_HELPER =
      "/usr/bin/newuidmap:/bin/newuidmap:/usr/local/bin/newuidmap:/run/wrappers/bin/newuidmap";
  private static final String GID_HELPER = UID_HELPER.replace("newuidmap", "newgidmap");
  private static final int CAP_SETGID = 6;
  private static final int CAP_SETUID = 7;

  private SubordinateIds() {}

  /** Two tries, because each answers with one number: the first subordinate id. */
  public static List<Probe> probes(Caller caller, HostReader reader) {
    long uids = start(caller, reader, "/etc/subuid");
    long gids = start(caller, reader, "/etc/subgid");
    return List.of(probe(UIDS, caller, uids, gids, uids), probe(GIDS, caller, uids, gids, gids));
  }

  private static Probe probe(String fact, Caller caller, long uids, long gids, long answer) {
    return new Probe(
        fact,
        List.of(
            Processes.spawn(Set.of(CloneFlag.NEWUSER), false), maps(caller, uids, gids, answer)));
  }

  /** The maps for a host of which the facts are known. */
  public static Action maps(Caller caller, HostFacts facts) {
    return maps(caller, facts.value(UIDS), facts.value(GIDS), 0);
  }

  private static Action maps(Caller caller, long uids, long gids, long answer) {
    boolean direct = writesMaps(caller);
    return Processes.idMaps(
        map(caller.uid(), uids),
        map(caller.gid(), gids),
        direct ? "" : UID_HELPER,
        direct ? "" : GID_HELPER,
        answer);
  }

  private static String map(long own, long start) {
    return "0 " + own + " 1\n1 " + start + " " + (COUNT - 1);
  }

  /** Whether the caller may map any ids by itself. */
  public static boolean writesMaps(Caller caller) {
    long needed = 1L << CAP_SETUID | 1L << CAP_SETGID;
    return caller.uid() == 0 && (caller.capabilities() & needed) == needed;
  }

  private static long start(Caller caller, HostReader reader, String file) {
    return granted(caller, reader, file)
        .orElseGet(() -> writesMaps(caller) ? START_FOR_ROOT : NONE);
  }

  /** The first range of the caller's that is large enough. */
  private static Optional<Long> granted(Caller caller, HostReader reader, String file) {
    Set<String> names = names(caller, reader);
    return reader.read(file).stream()
        .flatMap(String::lines)
        .map(line -> line.split(":", -1))
        .filter(fields -> fields.length == 3 && names.contains(fields[0]))
        .filter(fields -> isNumber(fields[1]) && isNumber(fields[2]))
        .filter(fields -> Long.parseLong(fields[2]) >= COUNT - 1)
        .map(fields -> Long.parseLong(fields[1]))
        .findFirst();
  }

  private static Set<String> names(Caller caller, HostReader reader) {
    String uid = Long.toString(caller.uid());
    return reader
        .read("/etc/passwd")
        .flatMap(
            text ->
                text.lines()
                    .map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > 2 && fields[2].equals(uid))
                    .map(fields -> fields[0])
                    .filter(name -> !name.equals(uid))
                    .findFirst())
        .map(name -> Set.of(name, uid))
        .orElse(Set.of(uid));
  }

  private static boolean isNumber(String text) {
    return text.matches("[0-9]{1,10}");
  }

  /** Why there are none. */
  public static MissingFeature lack(Findings findings, String fact) {
    return findings.of(fact).errno().equals("ENOENT")
        ? new MissingFeature(
            "newuidmap and newgidmap, which map subordinate ids, are not installed",
            "install the package uidmap (Debian) or shadow-utils")
        : new MissingFeature(
            "this user has no 65,536 subordinate ids (/etc/subuid, /etc/subgid), or they cannot be mapped here",
            "usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER, with ids that are free");
  }
}
