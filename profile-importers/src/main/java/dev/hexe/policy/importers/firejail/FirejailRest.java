package dev.hexe.policy.importers.firejail;

import dev.hexe.policy.importers.ProfilePaths;
import dev.hexe.policy.importers.draft.Draft;
import dev.hexe.policy.importers.draft.Value;
import dev.hexe.policy.importers.report.Place;
import dev.hexe.policy.importers.report.Report;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Network, devices, environment, limits, and what a profile cannot say. */
final class FirejailRest {
  private static final Map<String, String> DEVICES =
      Map.of(
          "nosound", "/dev/snd",
          "novideo", "/dev/v4l",
          "no3d", "/dev/dri",
          "nodvd", "/dev/sr0",
          "notpm", "/dev/tpm0",
          "notv", "/dev/dvb",
          "noinput", "/dev/input",
          "nou2f", "/dev/hidraw0",
          "noprinters", "/dev/lp0");

  private static final Map<String, String> LIMITS =
      Map.of(
          "rlimit-nofile",
          "nofile",
          "rlimit-fsize",
          "fsize",
          "rlimit-as",
          "as",
          "rlimit-cpu",
          "cpu");

  private static final Map<String, String> WHY =
      Map.ofEntries(
          Map.entry("apparmor-replace", "no guarantee rests on AppArmor"),
          Map.entry("apparmor", "no guarantee rests on AppArmor"),
          Map.entry("machine-id", "the host's machine id is what it is"),
          Map.entry("dns", "names are resolved as on the host"),
          Map.entry("x11", "a display is granted by path, see docs/profiles.md"),
          Map.entry("overlay", "give each directory in `files.overlays`"),
          Map.entry("private-lib", "libraries are those of the system"));

  private static final Set<String> ITS_OWN =
      Set.of(
          "quiet",
          "tracelog",
          "shell",
          "name",
          "join-or-start",
          "deterministic-exit-code",
          "deterministic-shutdown",
          "keep-fd",
          "oom",
          "tab");

  private final Draft draft;
  private final Report report;
  private final Macros macros;
  private final Set<String> devices = new HashSet<>();
  private final List<Line> filters = new ArrayList<>();
  private boolean hasInterface;

  FirejailRest(Draft draft, Report report, Macros macros) {
    this.draft = draft;
    this.report = report;
    this.macros = macros;
  }

  /** Takes whatever is left. */
  void take(Line line) {
    String value = line.argument();
    switch (line.command()) {
      case "net" -> network(line);
      case "netfilter", "netfilter6" -> filters.add(line);
      case "dbus-user", "dbus-system", "nodbus" -> bus(line);
      case "private-dev" -> {
        draft.set("files.devices", "minimal");
        report.carried(line.place(), line.text(), "files.devices");
      }
      case "env" -> environment(line);
      case "rmenv" -> say("environment.unset", line, true);
      case "hostname" -> say("hostname", line, false);
      case "nice" -> say("start.nice", line, false);
      case "cpu" -> say("limits.cpus", line, false);
      case "timeout" -> timeout(line);
      case "rlimit-nproc" -> {
        draft.set("limits.pids", value);
        report.replace("limits.pids", line.place(), line.text());
        report.approximated(
            line.place(), line.text(), "limits.pids: of the sandbox, not of the user");
      }
      case "rlimit-nofile", "rlimit-fsize", "rlimit-as", "rlimit-cpu" -> limit(line);
      default -> other(line);
    }
  }

  private void other(Line line) {
    String command = line.command();
    if (command.startsWith("dbus-")) {
      report.approximated(line.place(), line.text(), "the bus is not reached at all");
      return;
    }
    if (DEVICES.containsKey(command)) {
      devices.add(DEVICES.getOrDefault(command, ""));
      draft.set("files.devices", "minimal");
      report.carried(line.place(), line.text(), "files.devices");
      if (command.equals("nosound")) {
        List.of("/pulse", "/pipewire-0").forEach(it -> draft.add("hide", macros.runtime() + it));
      }
    } else if (ITS_OWN.contains(command)) {
      report.carried(line.place(), line.text(), "it restricts nothing");
    } else {
      report.lost(
          line.place(), line.text(), WHY.getOrDefault(command, "nothing here says the same"));
    }
  }

  private void say(String key, Line line, boolean list) {
    if (list) {
      draft.add(key, line.argument());
      report.carried(line.place(), line.text(), key);
    } else {
      draft.set(key, line.argument());
      report.last(line.place(), line.text(), key);
    }
  }

  private void network(Line line) {
    if (line.argument().equals("none")) {
      draft.set("network", "none");
      report.carried(line.place(), line.text(), "network");
    } else {
      hasInterface = true;
      report.lost(
          line.place(),
          line.text(),
          "a profile lists destinations, not interfaces: `network.allow`");
    }
  }

  /** Where firejail would let some names through, nothing is reached here. */
  private void bus(Line line) {
    String command = line.command();
    if (line.argument().equals("allow")) {
      report.carried(line.place(), line.text(), "it is reached as it is outside");
      return;
    }
    String socket = command.equals("dbus-system") ? "/run/dbus" : macros.runtime() + "/bus";
    draft.add("hide", socket);
    if (command.equals("nodbus")) {
      draft.add("hide", "/run/dbus");
    }
    if (line.argument().equals("filter")) {
      report.approximated(line.place(), line.text(), "hide: the bus is not reached at all");
    } else {
      report.carried(line.place(), line.text(), "hide");
    }
  }

  private void environment(Line line) {
    String[] both = line.argument().split("=", 2);
    if (both.length < 2 || both[1].contains("${")) {
      report.lost(
          line.place(), line.text(), "a profile sets `NAME=VALUE`, without variables in it");
    } else {
      draft.put("environment.set", both[0], Value.word(both[1]));
      report.last(line.place(), line.text(), "environment.set: " + both[0]);
    }
  }

  private void timeout(Line line) {
    String[] parts = line.argument().split(":", -1);
    if (parts.length == 3 && line.argument().matches("[0-9]{1,4}:[0-9]{1,2}:[0-9]{1,2}")) {
      int seconds =
          Integer.parseInt(parts[0]) * 3600
              + Integer.parseInt(parts[1]) * 60
              + Integer.parseInt(parts[2]);
      draft.set("limits.time", seconds + "s");
      report.last(line.place(), line.text(), "limits.time");
    } else {
      report.lost(line.place(), line.text(), "a time is `HH:MM:SS`");
    }
  }

  /** Firejail filters packets where the sandbox has an interface of its own alone. */
  private void filter(Line line) {
    if (hasInterface) {
      report.lost(line.place(), line.text(), "a profile lists destinations: `network.allow`");
    } else {
      report.carried(line.place(), line.text(), "it restricts nothing without `net INTERFACE`");
    }
  }

  private void limit(Line line) {
    String name = LIMITS.getOrDefault(line.command(), "");
    String value = name.equals("cpu") ? line.argument() + "s" : line.argument();
    draft.put("limits.rlimits", name, Value.word(value));
    report.last(line.place(), line.text(), "limits.rlimits");
  }

  /** Says what holds as a whole. */
  void write(String file) {
    draft.set("processes.others", "invisible");
    draft.set("processes.reach-others", "denied");
    draft.set("terminal", "safe");
    if (!draft.has("network")) {
      draft.set("network", "host");
    }
    filters.forEach(this::filter);
    if (draft.word("files.devices").isPresent()) {
      DEVICES.values().stream()
          .filter(
              it ->
                  Set.of("/dev/snd", "/dev/dri", "/dev/input").contains(it)
                      && !devices.contains(it))
          .sorted()
          .forEach(it -> draft.add("files.write-if-present", it));
    }
    if (ProfilePaths.isPattern(macros.runtime())) {
      report.lost(Place.all(file), "${RUNUSER}", "the directory's name is a pattern");
    }
  }
}
