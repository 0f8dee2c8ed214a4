package dev.hexe.policy.importers.systemd;

import dev.hexe.policy.importers.report.Place;
import dev.hexe.policy.importers.report.Report;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The lines of a unit that count, as systemd reads them: of a setting with one value the last one,
 * of a list those behind the last empty one. Drop-ins are written that way.
 */
final class CountingLines {
  private static final Set<String> SINGLE =
      Set.of(
          "ProtectSystem",
          "ProtectHome",
          "ProtectClock",
          "ProtectControlGroups",
          "ProtectHostname",
          "ProtectKernelLogs",
          "ProtectKernelModules",
          "ProtectKernelTunables",
          "ProtectProc",
          "ProcSubset",
          "PrivateBPF",
          "PrivateDevices",
          "PrivateIPC",
          "PrivateMounts",
          "PrivateNetwork",
          "PrivatePIDs",
          "PrivateTmp",
          "PrivateUsers",
          "DynamicUser",
          "User",
          "Group",
          "DevicePolicy",
          "RootDirectory",
          "WorkingDirectory",
          "NoNewPrivileges",
          "MemoryDenyWriteExecute",
          "LockPersonality",
          "RestrictRealtime",
          "RestrictSUIDSGID",
          "RemoveIPC",
          "KeyringMode",
          "SystemCallErrorNumber",
          "MemoryMax",
          "MemoryLimit",
          "MemoryHigh",
          "TasksMax",
          "CPUQuota",
          "CPUWeight",
          "IOWeight",
          "RuntimeMaxSec",
          "TimeoutStopSec",
          "UMask",
          "Nice",
          "LimitNPROC",
          "LimitNOFILE",
          "LimitCORE",
          "LimitFSIZE",
          "LimitSTACK",
          "LimitAS",
          "LimitCPU");

  private static final Set<String> LISTS =
      Set.of(
          "ReadWritePaths",
          "ReadOnlyPaths",
          "InaccessiblePaths",
          "ExecPaths",
          "NoExecPaths",
          "TemporaryFileSystem",
          "BindPaths",
          "BindReadOnlyPaths",
          "StateDirectory",
          "CacheDirectory",
          "LogsDirectory",
          "RuntimeDirectory",
          "ConfigurationDirectory",
          "DeviceAllow",
          "Environment",
          "EnvironmentFile",
          "PassEnvironment",
          "UnsetEnvironment",
          "IPAddressAllow",
          "IPAddressDeny",
          "RestrictAddressFamilies",
          "SystemCallArchitectures",
          "SupplementaryGroups");

  private final Function<UnitLines.Line, Place> places;
  private final Report report;
  private final List<UnitLines.Line> counting = new ArrayList<>();
  private final Map<String, UnitLines.Line> last = new HashMap<>();

  private CountingLines(Function<UnitLines.Line, Place> places, Report report) {
    this.places = places;
    this.report = report;
  }

  /** Those that count, in order; the report has the others. */
  static List<UnitLines.Line> of(
      List<UnitLines.Line> lines, Function<UnitLines.Line, Place> places, Report report) {
    CountingLines reading = new CountingLines(places, report);
    lines.forEach(reading::take);
    return reading.counting;
  }

  private void take(UnitLines.Line line) {
    String name = name(line);
    if (SINGLE.contains(name)) {
      UnitLines.Line before = last.put(line.section() + " " + name, line);
      if (before != null) {
        replace(before, line);
      }
    }
    boolean empty = line.value().isEmpty();
    if (empty && isList(name)) {
      List.copyOf(counting).stream()
          .filter(it -> it.section().equals(line.section()) && name(it).equals(name))
          .forEach(it -> replace(it, line));
    }
    if (empty && (isList(name) || SINGLE.contains(name))) {
      report.carried(places.apply(line), line.text(), "nothing holds that was said before");
    } else {
      counting.add(line);
    }
  }

  private void replace(UnitLines.Line before, UnitLines.Line by) {
    if (counting.remove(before)) {
      report.replaced(places.apply(before), before.text(), "said again at " + places.apply(by));
    }
  }

  private static boolean isList(String name) {
    return LISTS.contains(name) || name.startsWith("Exec");
  }

  /** Older spellings mean the same setting. */
  private static String name(UnitLines.Line line) {
    return switch (line.name()) {
      case "ReadWriteDirectories" -> "ReadWritePaths";
      case "ReadOnlyDirectories" -> "ReadOnlyPaths";
      case "InaccessibleDirectories" -> "InaccessiblePaths";
      default -> line.name();
    };
  }
}
