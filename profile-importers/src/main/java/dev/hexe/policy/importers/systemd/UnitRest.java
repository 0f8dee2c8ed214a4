package dev.hexe.policy.importers.systemd;

import dev.hexe.policy.importers.draft.Draft;
import dev.hexe.policy.importers.draft.Value;
import dev.hexe.policy.importers.report.Place;
import dev.hexe.policy.importers.report.Report;
import dev.hexe.policy.importers.shell.ShellScript;
import dev.hexe.policy.importers.shell.Word;
import java.util.Map;
import java.util.Optional;

/** Namespaces, limits, environment; and what is about starting the service. */
final class UnitRest {
  private static final String GRACE = "limits.grace";

  private static final Map<String, String> PLAIN =
      Map.ofEntries(
          Map.entry("MemoryMax", "limits.memory"),
          Map.entry("MemoryLimit", "limits.memory"),
          Map.entry("MemoryHigh", "limits.memory-high"),
          Map.entry("TasksMax", "limits.pids"),
          Map.entry("LimitNPROC", "limits.pids"),
          Map.entry("CPUQuota", "limits.cpu"),
          Map.entry("CPUWeight", "limits.cpu-weight"),
          Map.entry("IOWeight", "limits.io-weight"),
          Map.entry("AllowedCPUs", "limits.cpus"),
          Map.entry("CPUAffinity", "limits.cpus"),
          Map.entry("RuntimeMaxSec", "limits.time"),
          Map.entry("TimeoutStopSec", GRACE),
          Map.entry("UMask", "start.umask"),
          Map.entry("Nice", "start.nice"));

  private static final Map<String, String> RESOURCES =
      Map.of(
          "LimitNOFILE",
          "nofile",
          "LimitCORE",
          "core",
          "LimitFSIZE",
          "fsize",
          "LimitSTACK",
          "stack",
          "LimitAS",
          "as",
          "LimitCPU",
          "cpu");

  private static final Map<String, String> HELD =
      Map.of(
          "ProtectControlGroups", "cgroups",
          "ProtectKernelTunables",
              "files.read-if-present: /sys; an ordinary user cannot change /proc/sys",
          "RestrictSUIDSGID", "privileges.gain: such programs give nothing",
          "ProtectHostname", "a name is changed by the administrator alone",
          "KeyringMode", "processes.reach-others: the keyrings of the session are out of reach",
          "PrivateBPF", "privileges: bpf takes capabilities",
          "RemoveIPC", "ipc");

  private final Draft draft;
  private final Report report;
  private Optional<Runnable> grace = Optional.empty();

  UnitRest(Draft draft, Report report) {
    this.draft = draft;
    this.report = report;
  }

  void take(UnitLines.Line line, Place place) {
    switch (line.name()) {
      case "NoNewPrivileges" -> report.carried(place, line.text(), "privileges.gain");
      case "PrivateNetwork" -> flag(line, place, "network", "none");
      case "PrivateIPC" -> flag(line, place, "ipc", "private");
      case "PrivateMounts" -> report.carried(place, line.text(), "mounts");
      case "PrivateUsers", "DynamicUser", "User", "Group" ->
          report.approximated(place, line.text(), "identity: it runs as whoever starts it");
      case "PrivatePIDs", "ProtectProc", "ProcSubset" -> processes(line, place);
      case "RestrictNamespaces" -> namespaces(line, place);
      case "Environment" -> environment(line, place);
      case "UnsetEnvironment" -> {
        for (Word word : ShellScript.words(line.value())) {
          draft.add("environment.unset", word.text());
        }
        report.carried(place, line.text(), "environment.unset");
      }
      case "IPAddressDeny" -> {
        if (line.value().equals("any")) {
          draft.set("network", "none");
          report.approximated(
              place,
              line.text(),
              "network: none; what `IPAddressAllow=` lists is said in `network.allow` with ports");
        } else {
          report.lost(place, line.text(), "a profile lists what is allowed: `network.allow`");
        }
      }
      default -> other(line, place);
    }
  }

  private void other(UnitLines.Line line, Place place) {
    String key = PLAIN.get(line.name());
    String resource = RESOURCES.get(line.name());
    String held = HELD.get(line.name());
    if (GRACE.equals(key)) {
      grace = Optional.of(() -> grace(line, place));
    } else if (key != null) {
      limit(line, place, key);
    } else if (resource != null) {
      resource(line, place, resource);
    } else if (held != null) {
      held(line, place, held);
    } else {
      report.lost(
          place, line.text(), "nothing here says the same, or it is about starting the service");
    }
  }

  /** Said when it is known whether there is a limit on time. */
  private void grace(UnitLines.Line line, Place place) {
    if (draft.has("limits.time")) {
      limit(line, place, GRACE);
    } else {
      report.lost(
          place,
          line.text(),
          "nothing ends the command but a limit on time: `limits.grace` goes with `limits.time`");
    }
  }

  private void held(UnitLines.Line line, Place place, String held) {
    if (line.name().equals("ProtectKernelTunables") && UnitFiles.isOn(line)) {
      draft.add("files.read-if-present", "/sys");
    }
    if (line.name().equals("ProtectControlGroups") && UnitFiles.isOn(line)) {
      draft.set("cgroups", "private");
      draft.put("demand", "cgroups", Value.word("preferred"));
    }
    report.approximated(place, line.text(), held);
  }

  private void flag(UnitLines.Line line, Place place, String key, String value) {
    if (UnitFiles.isOn(line)) {
      draft.set(key, value);
    }
    report.carried(place, line.text(), key);
  }

  private void processes(UnitLines.Line line, Place place) {
    if (UnitFiles.isOn(line) && !line.value().equals("default") && !line.value().equals("all")) {
      draft.set("processes.others", "invisible");
      draft.set("processes.reach-others", "denied");
    }
    report.approximated(
        place, line.text(), "processes.others: there are none but the sandbox's own");
  }

  private void namespaces(UnitLines.Line line, Place place) {
    if (!UnitFiles.isOn(line)) {
      report.carried(place, line.text(), "it is off");
      return;
    }
    draft.set("privileges.user-namespaces", "none");
    if (line.value().matches("(?i)yes|y|true|t|on|1")) {
      report.carried(place, line.text(), "privileges.user-namespaces");
    } else {
      report.approximated(
          place,
          line.text(),
          "privileges.user-namespaces: without one an ordinary user can make no other");
    }
  }

  private void environment(UnitLines.Line line, Place place) {
    for (Word word : ShellScript.words(line.value())) {
      String[] both = word.text().split("=", 2);
      if (both.length == 2
          && both[0].matches("[A-Za-z_][A-Za-z0-9_]*")
          && !both[1].contains("%")
          && word.unknown().isEmpty()) {
        draft.put("environment.set", both[0], Value.word(both[1]));
        report.last(place, line.text(), "environment.set: " + both[0]);
      } else {
        report.lost(place, line.text(), "`" + word.text() + "` is only known to systemd");
      }
    }
  }

  private void limit(UnitLines.Line line, Place place, String key) {
    String value = value(key, line.value());
    if (value.isEmpty()) {
      report.lost(place, line.text(), "it is no value of `" + key + "`");
    } else if (!value.equals("infinity")) {
      draft.set(key, value);
      report.carried(place, line.text(), key);
    } else {
      report.carried(place, line.text(), "no limit");
    }
  }

  /** As a profile writes it; empty where it cannot. */
  private static String value(String key, String text) {
    if (text.equals("infinity") || text.equals("max")) {
      return "infinity";
    }
    if (key.equals("start.umask")) {
      return umask(text);
    }
    String plain = key.equals("limits.pids") ? text.split(":", 2)[0] : text;
    String shape =
        switch (key) {
          case "limits.memory", "limits.memory-high" -> "[1-9][0-9]{0,14}[KMGT]?";
          case "limits.pids" -> "[1-9][0-9]{0,6}";
          case "limits.cpu" -> "[1-9][0-9]{0,4}%";
          case "limits.cpu-weight", "limits.io-weight" -> "[1-9][0-9]{0,3}|10000";
          case "limits.cpus" -> "[0-9]{1,4}([-,][0-9]{1,4})*";
          case "start.nice" -> "1?[0-9]";
          default -> "[1-9][0-9]{0,8}(s|m|h|d|min|sec|ms)?";
        };
    if (!plain.matches(shape)) {
      return "";
    }
    boolean time = key.equals("limits.time") || key.equals(GRACE);
    String named = plain.replace("min", "m").replace("sec", "s");
    return time && named.matches("[0-9]+") ? named + "s" : time ? named : plain;
  }

  /** Bits beyond those for reading, writing and executing mean nothing to the kernel. */
  private static String umask(String text) {
    return text.matches("[0-7]{1,5}") ? "%03o".formatted(Integer.parseInt(text, 8) & 0777) : "";
  }

  private void resource(UnitLines.Line line, Place place, String name) {
    String value = line.value().substring(line.value().lastIndexOf(':') + 1);
    if (value.matches("[0-9]{1,12}[KMG]?")
        && !(name.equals("nofile") && value.matches(".*[KMG]"))) {
      draft.put("limits.rlimits", name, Value.word(name.equals("cpu") ? value + "s" : value));
      report.carried(place, line.text(), "limits.rlimits");
    } else if (value.equals("infinity")) {
      report.carried(place, line.text(), "no limit");
    } else {
      report.lost(place, line.text(), "it is no value of `limits.rlimits`");
    }
  }

  void write(String file) {
    grace.ifPresent(Runnable::run);
    draft.set("identity", "self").set("privileges.gain", "never").set("terminal", "safe");
    if (!draft.has("network")) {
      draft.set("network", "host");
    }
    draft.put("demand", "identity", Value.pairs("required", "partial"));
    for (String name : java.util.List.of("memory", "pids", "cpu", "cpus", "io")) {
      boolean said =
          draft.has("limits." + name)
              || (name.equals("cpu") && draft.has("limits.cpu-weight"))
              || (name.equals("io") && draft.has("limits.io-weight"))
              || (name.equals("memory") && draft.has("limits.memory-high"));
      if (said) {
        draft.put("demand", name, Value.word("preferred"));
      }
    }
    report.approximated(
        Place.all(file),
        "who runs it",
        "a service has root's rights where it names no user; here it has those of whoever starts it");
  }
}
