package dev.hexe.policy.importers.nsjail;

import dev.hexe.policy.importers.Capabilities;
import dev.hexe.policy.importers.draft.Draft;
import dev.hexe.policy.importers.draft.Value;
import dev.hexe.policy.importers.nsjail.TextFormat.Field;
import dev.hexe.policy.importers.report.Place;
import dev.hexe.policy.importers.report.Report;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The settings of nsjail beside mounts; what it does not say has the value that nsjail gives it.
 */
final class NsjailSettings {
  private static final Set<String> ITS_OWN =
      Set.of(
          "name",
          "description",
          "silent",
          "log_fd",
          "log_file",
          "log_level",
          "stderr_to_null",
          "skip_setsid",
          "no_pivotroot",
          "forward_signals",
          "daemon",
          "mount_proc",
          "iface_no_lo",
          "use_cgroupv2",
          "detect_cgroupv2",
          "cgroupv2_mount",
          "max_conns",
          "max_conns_per_ip");

  /** What depends on other fields is reported when all are known. */
  private static final Set<String> LATER = Set.of("max_cpus", "rlimit_nproc", "rlimit_stack");

  private static final Map<String, String> WHY =
      Map.of(
          "seccomp_string", "Kafel is a language of its own: say it in `syscalls`",
          "seccomp_policy_file", "Kafel is a language of its own: say it in `syscalls`",
          "port", "it listens for nobody: a service manager does that",
          "bindhost", "it listens for nobody: a service manager does that",
          "macvlan_iface", "a profile lists destinations: `network.allow`",
          "user_net", "a profile lists destinations: `network.allow`");

  private final Draft draft;
  private final Report report;
  private final Capabilities capabilities;
  private final Map<String, String> said = new LinkedHashMap<>();
  private final Map<String, Place> places = new HashMap<>();
  private final List<String> uids = new ArrayList<>();
  private final List<String> gids = new ArrayList<>();

  NsjailSettings(Draft draft, Report report) {
    this.draft = draft;
    this.report = report;
    this.capabilities = new Capabilities(false, report);
  }

  void take(Place place, Field field) {
    String text = field.name() + ": " + field.value();
    switch (field.name()) {
      case "envar" -> environment(place, text, field.value());
      case "cap" -> capabilities.add(place, text, field.value());
      case "pass_fd" -> {
        if (field.value().matches("[0-9]{1,4}") && Integer.parseInt(field.value()) > 2) {
          draft.add("start.pass-fds", field.value());
        }
        report.carried(place, text, "start.pass-fds");
      }
      case "uidmap" -> identity(place, field, uids);
      case "gidmap" -> identity(place, field, gids);
      case "mode" -> {
        if (field.value().equals("LISTEN")) {
          report.lost(place, text, "it listens for nobody: a service manager does that");
        } else {
          report.carried(place, text, "a command runs once");
        }
      }
      default -> other(place, field, text);
    }
  }

  private void other(Place place, Field field, String text) {
    String name = field.name();
    boolean known =
        Set.of(
                "hostname",
                "cwd",
                "time_limit",
                "max_cpus",
                "nice_level",
                "keep_env",
                "keep_caps",
                "disable_no_new_privs",
                "disable_rl",
                "cgroup_mem_max",
                "cgroup_pids_max",
                "cgroup_cpu_ms_per_sec",
                "rlimit_as",
                "rlimit_core",
                "rlimit_cpu",
                "rlimit_fsize",
                "rlimit_nofile",
                "rlimit_nproc",
                "rlimit_stack")
            .contains(name);
    if (known || name.startsWith("clone_new") || name.endsWith("_type")) {
      said.put(name, field.value());
      places.put(name, place);
      if (!LATER.contains(name)) {
        report.last(place, text, key(name));
      }
    } else if (ITS_OWN.contains(name)
        || (name.startsWith("persona_") && field.value().equals("false"))) {
      report.carried(place, text, "it restricts nothing");
    } else {
      report.lost(place, text, WHY.getOrDefault(name, "nothing here says the same"));
    }
  }

  private static String key(String name) {
    return name.startsWith("clone_new")
        ? "namespaces follow from what is promised"
        : name.startsWith("rlimit") ? "limits.rlimits" : "the same";
  }

  private void environment(Place place, String text, String value) {
    String[] both = value.split("=", 2);
    if (both.length == 2) {
      draft.put("environment.set", both[0], Value.word(both[1]));
      report.last(place, text, "environment.set: " + both[0]);
    } else {
      draft.add("environment.keep", value);
      report.carried(place, text, "environment.keep");
    }
  }

  private void identity(Place place, Field field, List<String> ids) {
    field.fields().stream()
        .filter(it -> it.name().equals("inside_id") && it.value().matches("[0-9]{1,9}"))
        .forEach(it -> ids.add(it.value()));
    boolean own =
        field.fields().stream()
            .noneMatch(it -> it.name().equals("outside_id") && !it.value().isEmpty());
    if (own) {
      report.carried(place, field.name(), "identity");
    } else {
      report.approximated(place, field.name(), "identity: the id outside is the caller's");
    }
  }

  private boolean is(String name, boolean usual) {
    return said.containsKey(name) ? "true".equals(said.get(name)) : usual;
  }

  private String number(String name, String usual) {
    String value = said.getOrDefault(name, usual);
    return value.matches("[0-9]{1,12}") ? value : usual;
  }

  void write(String file) {
    draft.set("network", is("clone_newnet", true) ? "none" : "host");
    draft.set("ipc", is("clone_newipc", true) ? "private" : "host");
    if (is("clone_newuts", true)) {
      draft.set("hostname", said.getOrDefault("hostname", "NSJAIL"));
    }
    if (is("clone_newcgroup", true)) {
      draft.set("cgroups", "private");
      draft.put("demand", "cgroups", Value.word("preferred"));
    }
    draft.set("processes.others", is("clone_newpid", true) ? "invisible" : "visible");
    if (is("clone_newpid", true)) {
      draft.set("processes.reach-others", "denied");
    }
    draft.set("start.cwd", said.getOrDefault("cwd", "/"));
    if (!is("keep_env", false)) {
      draft.set("environment.clear", "true");
    } else {
      draft.remove("environment.keep");
    }
    draft.set("terminal", "safe");
    privileges();
    limits();
    report.carried(
        Place.all(file),
        "what nsjail does where nothing is said",
        "limits, environment, namespaces");
  }

  private void privileges() {
    draft.set("privileges.gain", is("disable_no_new_privs", false) ? "allowed" : "never");
    if (is("keep_caps", false)) {
      draft.set("privileges.capabilities", "keep");
    } else {
      capabilities.write(draft);
    }
    if (uids.isEmpty() && gids.isEmpty()) {
      draft.set("identity", is("clone_newuser", true) ? "self" : "host");
    } else {
      String uid = uids.isEmpty() ? gids.get(0) : uids.get(0);
      draft.set("identity", Value.pairs("uid", uid, "gid", gids.isEmpty() ? uid : gids.get(0)));
    }
    draft.put("demand", "identity", Value.pairs("required", "partial"));
  }

  private void limits() {
    String time = number("time_limit", "600");
    if (!time.equals("0")) {
      draft.set("limits.time", time + "s");
    }
    cgroup("cgroup_mem_max", "limits.memory");
    cgroup("cgroup_pids_max", "limits.pids");
    String cpu = number("cgroup_cpu_ms_per_sec", "0");
    if (!cpu.equals("0")) {
      draft.set("limits.cpu", Integer.parseInt(cpu) / 10 + "%");
    }
    processors(cpu);
    if (said.containsKey("nice_level") && number("nice_level", "0").matches("1?[0-9]")) {
      draft.set("start.nice", number("nice_level", "0"));
    }
    if (!is("disable_rl", false)) {
      resource("as", "4096", "M");
      resource("core", "0", "M");
      resource("cpu", "600", "s");
      resource("fsize", "1", "M");
      resource("nofile", "32", "");
      if (counts("rlimit_stack")) {
        resource("stack", "8", "M");
        report.carried(place("rlimit_stack"), text("rlimit_stack"), "limits.rlimits");
      }
      if (counts("rlimit_nproc")) {
        processes();
      }
    } else {
      Stream.of("rlimit_stack", "rlimit_nproc")
          .filter(said::containsKey)
          .forEach(it -> report.replaced(place(it), text(it), "`disable_rl` leaves all alone"));
    }
  }

  /**
   * Nsjail chooses that many processors; here their time is limited, unless there is less of it.
   */
  private void processors(String milliseconds) {
    String most = number("max_cpus", "0");
    if (most.equals("0")) {
      if (said.containsKey("max_cpus")) {
        report.carried(place("max_cpus"), text("max_cpus"), "no limit");
      }
      return;
    }
    boolean less =
        !milliseconds.equals("0") && Long.parseLong(milliseconds) < 1000 * Long.parseLong(most);
    if (!less) {
      draft.set("limits.cpu", most);
    }
    report.approximated(
        place("max_cpus"), text("max_cpus"), "limits.cpu: the time of so many processors");
  }

  private void processes() {
    String most = number("rlimit_nproc", "1024");
    if (!most.equals("0") && !draft.has("limits.pids")) {
      draft.set("limits.pids", most);
    }
    report.approximated(
        place("rlimit_nproc"),
        text("rlimit_nproc"),
        "limits.pids: of the sandbox, not of the user");
  }

  /** Whether a limit that nsjail leaves alone by default is one. */
  private boolean counts(String name) {
    boolean value = "VALUE".equals(said.get(name + "_type"));
    if (!value && said.containsKey(name)) {
      report.replaced(
          place(name), text(name), "nsjail takes it with `" + name + "_type: VALUE` alone");
    }
    return value;
  }

  private Place place(String name) {
    return places.getOrDefault(name, places.getOrDefault(name + "_type", Place.all("nsjail")));
  }

  private String text(String name) {
    return name + ": " + said.getOrDefault(name, "");
  }

  private void cgroup(String name, String key) {
    String value = number(name, "0");
    if (!value.equals("0")) {
      draft.set(key, value);
    }
  }

  /** SOFT and HARD leave the caller's own, INF takes the limit away. */
  private void resource(String name, String usual, String unit) {
    if (said.getOrDefault("rlimit_" + name + "_type", "VALUE").equals("VALUE")) {
      String value = number("rlimit_" + name, usual);
      draft.put(
          "limits.rlimits",
          name,
          Value.word(value.equals("0") ? value + (unit.equals("s") ? unit : "") : value + unit));
    }
  }
}
