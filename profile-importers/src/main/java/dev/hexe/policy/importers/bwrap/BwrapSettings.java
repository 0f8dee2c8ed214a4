package dev.hexe.policy.importers.bwrap;

import dev.hexe.policy.importers.Capabilities;
import dev.hexe.policy.importers.ProfilePaths;
import dev.hexe.policy.importers.draft.Draft;
import dev.hexe.policy.importers.draft.Value;
import dev.hexe.policy.importers.report.Place;
import dev.hexe.policy.importers.report.Report;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of a call beside files: namespaces, privileges, environment, start. */
final class BwrapSettings {
  private static final String HOSTNAME = "hostname";
  private static final String NESTING = "privileges.nesting";
  private static final String USERS = "privileges.user-namespaces";

  /** What has no key, and what says it here. */
  private static final Map<String, String> FOR_ONE_RUN =
      Map.of(
          "info-fd", "it belongs to one run: `hexe-policy apply --info-fd=FD`",
          "block-fd", "it belongs to one run: `hexe-policy apply --block-fd=FD`",
          "sync-fd", "it belongs to one run: `hexe-policy apply --sync-fd=FD`",
          "json-status-fd", "it belongs to one run: `hexe-policy apply --status-fd=FD`",
          "args", "what the descriptor yields is not known: import it as a file",
          "level-prefix", "programs read `--status-fd` here",
          "exec-label", "no guarantee rests on SELinux: `runcon LABEL hexe-policy apply …`",
          "file-label", "no guarantee rests on SELinux");

  private static final String FOREIGN = "namespaces that others have made cannot be vouched for";

  private final Draft draft;
  private final Report report;
  private final String file;
  private final Capabilities capabilities;
  private final BwrapEnvironment environment;
  private boolean sharesNetwork = true;
  private boolean ownPids;
  private Optional<String> ownName = Optional.empty();
  private String uid = "";
  private String gid = "";

  BwrapSettings(Draft draft, Report report, String file) {
    this.draft = draft;
    this.report = report;
    this.file = file;
    this.capabilities = new Capabilities(false, report);
    this.environment = new BwrapEnvironment(draft, report);
  }

  /** One option that puts nothing at a path. */
  void take(String name, Place place, String said, List<String> values) {
    String value = values.isEmpty() ? "" : values.get(0);
    switch (name) {
      case "unshare-all" -> {
        List.of("ipc", "net", "pid", "uts", "cgroup-try").forEach(it -> unshare(it, said));
        report.carried(place, said, "network, ipc, hostname, cgroups, processes.others");
      }
      case "unshare-user", "unshare-user-try" -> report.carried(place, said, "identity");
      case "unshare-ipc",
          "unshare-net",
          "unshare-pid",
          "unshare-uts",
          "unshare-cgroup",
          "unshare-cgroup-try" ->
          report.carried(place, said, unshare(name.substring("unshare-".length()), said));
      case "share-net" -> {
        sharesNetwork = true;
        report.replace("network", place, "--unshare-net");
        report.carried(place, said, "network");
      }
      case "uid" -> uid = number(place, said, value, "${UID}");
      case "gid" -> gid = number(place, said, value, "${GID}");
      case "cap-add" -> capabilities.add(place, said, value);
      case "cap-drop" -> capabilities.drop(place, said, value);
      case "clearenv", "setenv", "unsetenv" -> environment.take(name, place, said, values);
      case "chdir" -> path("start.cwd", place, said, value);
      case "lock-file" -> lock(place, said, value);
      case "seccomp" -> {
        draft.remove("syscalls.filter-fds");
        report.replace("syscalls.filter-fds; the caller opens the descriptor", place, said);
        filter(place, said, value);
      }
      case "add-seccomp-fd" -> filter(place, said, value);
      default -> word(name, place, said, value);
    }
  }

  private void word(String name, Place place, String said, String value) {
    switch (name) {
      case "hostname" -> say(HOSTNAME, value, place, said);
      case "argv0" -> say("start.argv0", value, place, said);
      case "as-pid-1" -> say("processes.pid", "1", place, said);
      case "die-with-parent" -> say("start.die-with-parent", "true", place, said);
      case "new-session" -> report.carried(place, said, "terminal: the command has one of its own");
      case "disable-userns", "assert-userns-disabled" -> {
        draft.set(NESTING, "denied");
        say(USERS, "none", place, said);
      }
      case "userns", "userns2", "pidns", "userns-block-fd" -> report.lost(place, said, FOREIGN);
      default ->
          report.lost(
              place, said, FOR_ONE_RUN.getOrDefault(name, "no such option of bubblewrap is known"));
    }
  }

  private void say(String key, String value, Place place, String said) {
    draft.set(key, value);
    report.last(place, said, key);
  }

  private String unshare(String what, String said) {
    switch (what) {
      case "net" -> {
        sharesNetwork = false;
        return "network";
      }
      case "ipc" -> {
        draft.set("ipc", "private");
        return "ipc";
      }
      case "pid" -> {
        ownPids = true;
        return "processes.others";
      }
      case "uts" -> {
        ownName = Optional.of(said);
        return HOSTNAME;
      }
      default -> {
        draft.set("cgroups", "private");
        if (what.endsWith("-try")) {
          draft.set("demand.cgroups", "preferred");
        }
        return "cgroups";
      }
    }
  }

  /** An id; empty where it is the caller's own, or none. */
  private String number(Place place, String said, String value, String own) {
    if (value.matches("[0-9]{1,10}")) {
      report.last(place, said, "identity");
      return value;
    }
    if (value.equals(own)) {
      report.last(place, said, "identity");
    } else {
      report.lost(place, said, "an id is a number");
    }
    return "";
  }

  private void path(String key, Place place, String said, String value) {
    Optional<String> problem = ProfilePaths.problem(value);
    if (problem.isPresent()) {
      report.lost(place, said, problem.get());
    } else {
      say(key, ProfilePaths.of(value), place, said);
    }
  }

  private void lock(Place place, String said, String value) {
    Optional<String> problem = ProfilePaths.problem(value);
    problem.ifPresent(it -> report.lost(place, said, it));
    if (problem.isEmpty()) {
      draft.add("start.lock-files", ProfilePaths.of(value));
      report.approximated(place, said, "start.lock-files: the path is one of the host's");
    }
  }

  private void filter(Place place, String said, String value) {
    if (value.matches("[1-9][0-9]{0,3}") && !value.matches("[12]")) {
      draft.add("syscalls.filter-fds", value);
      report.carried(place, said, "syscalls.filter-fds; the caller opens the descriptor");
    } else {
      report.lost(place, said, "a descriptor is a number from 3 on");
    }
  }

  /** Says what holds as a whole. */
  void write() {
    draft.set("network", sharesNetwork ? "host" : "none");
    if (ownPids) {
      draft.set("processes.others", "invisible");
      draft.set("processes.reach-others", "denied");
    }
    if (ownName.isPresent() && !draft.has(HOSTNAME)) {
      draft.set(HOSTNAME, "hexe");
      report.approximated(
          Place.all(file), ownName.get(), "the name inside is `hexe`, not that of the host");
    }
    environment.write();
    identity();
    draft.set("terminal", "safe");
    draft.set("privileges.gain", "never");
    if (!draft.has(USERS)) {
      draft.set(USERS, "allowed");
      draft.set(NESTING, "allowed");
    }
    capabilities.write(draft);
    draft.put("demand", "identity", Value.pairs("required", "partial"));
    if (draft.has("demand.cgroups")) {
      draft.remove("demand.cgroups");
      draft.put("demand", "cgroups", Value.word("preferred"));
    }
    report.approximated(
        Place.all(file),
        "the terminal",
        "the command has a terminal of its own, and shares none with the caller");
  }

  private void identity() {
    if (uid.isEmpty() && gid.isEmpty()) {
      draft.set("identity", "self");
    } else {
      String other = uid.isEmpty() ? gid : uid;
      draft.set(
          "identity",
          Value.pairs("uid", uid.isEmpty() ? other : uid, "gid", gid.isEmpty() ? other : gid));
    }
  }
}
