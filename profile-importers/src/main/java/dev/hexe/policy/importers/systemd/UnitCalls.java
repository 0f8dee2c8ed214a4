package dev.hexe.policy.importers.systemd;

import dev.hexe.policy.importers.CallLists;
import dev.hexe.policy.importers.Capabilities;
import dev.hexe.policy.importers.SocketFamilies;
import dev.hexe.policy.importers.draft.Draft;
import dev.hexe.policy.importers.report.Place;
import dev.hexe.policy.importers.report.Report;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The system calls and capabilities of a unit. */
final class UnitCalls {
  private static final List<String> REAL_TIME =
      List.of(
          "sched_setscheduler(1 == 1)",
          "sched_setscheduler(1 == 2)",
          "sched_setscheduler(1 == 6)",
          "sched_setattr");

  /** Switches that deny calls, or are kept by what holds anyhow. */
  private static final Map<String, List<String>> SWITCHES =
      Map.of(
          "ProtectClock", List.of("@clock"),
          "ProtectKernelModules", List.of("@module"),
          "ProtectKernelLogs", List.of("syslog"),
          "RestrictRealtime", REAL_TIME,
          "LockPersonality", List.of("personality"));

  private final Draft draft;
  private final Report report;
  private final CallLists calls;
  private final Capabilities capabilities;
  private final Set<String> ambient = new LinkedHashSet<>();
  private boolean bounded;
  private boolean ordinary;
  private boolean allAmbient;
  private Optional<Boolean> allowing = Optional.empty();
  private final Set<String> filtered = new HashSet<>();
  private Optional<Boolean> allowingFamilies = Optional.empty();
  private final Set<Integer> families = new TreeSet<>();

  UnitCalls(Draft draft, Report report) {
    this.draft = draft;
    this.report = report;
    this.calls = new CallLists(draft, report);
    this.capabilities = new Capabilities(true, report);
  }

  /** Takes a line; false where it is about something else. */
  boolean take(UnitLines.Line line, Place place) {
    if (SWITCHES.containsKey(line.name())) {
      if (UnitFiles.isOn(line)) {
        calls.add(
            CallLists.DENY,
            place,
            line.text(),
            SWITCHES.getOrDefault(line.name(), List.of()).stream()
                .filter(it -> !it.contains("("))
                .toList());
        SWITCHES.getOrDefault(line.name(), List.of()).stream()
            .filter(it -> it.contains("("))
            .forEach(it -> draft.add(CallLists.DENY, it));
      } else {
        report.carried(place, line.text(), "it is off");
      }
      return true;
    }
    switch (line.name()) {
      case "SystemCallFilter" -> filter(line, place);
      case "SystemCallErrorNumber" -> {
        draft.set("syscalls.otherwise", line.value().split(":", 2)[0]);
        report.carried(place, line.text(), "syscalls.otherwise");
      }
      case "SystemCallArchitectures" ->
          report.approximated(
              place,
              line.text(),
              "filters hold for programs of 32 bits as well; those are not forbidden");
      case "RestrictAddressFamilies" -> families(line, place);
      case "MemoryDenyWriteExecute" -> {
        if (UnitFiles.isOn(line)) {
          calls.denyWritableCode();
        }
        report.carried(place, line.text(), CallLists.DENY);
      }
      case "CapabilityBoundingSet" -> bound(line, place);
      case "AmbientCapabilities" -> ambient(line, place);
      case "User" -> {
        ordinary |= !Set.of("", "root", "0").contains(line.value());
        return false;
      }
      case "DynamicUser" -> {
        ordinary |= UnitFiles.isOn(line);
        return false;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static List<String> words(String value) {
    return Arrays.stream(value.split("\\s+", -1)).filter(it -> !it.isEmpty()).toList();
  }

  /**
   * The first line decides whether the list is of calls that are allowed or of denied ones; later
   * lines add to it and take from it. What other settings deny is no part of it.
   */
  private void filter(UnitLines.Line line, Place place) {
    boolean denying = line.value().startsWith("~");
    List<String> names = words(denying ? line.value().substring(1) : line.value());
    if (names.isEmpty()) {
      draft.remove(CallLists.ALLOW);
      filtered.forEach(name -> draft.remove(CallLists.DENY, name));
      filtered.clear();
      allowing = Optional.empty();
      report.carried(place, line.text(), "what was said before is taken back");
      return;
    }
    allowing = allowing.or(() -> Optional.of(!denying));
    if (denying) {
      names.stream().filter(it -> !draft.words(CallLists.DENY).contains(it)).forEach(filtered::add);
      calls.add(CallLists.DENY, place, line.text(), names);
    } else if (allowing.get()) {
      takeBack(names);
      calls.add(CallLists.ALLOW, place, line.text(), names);
    } else if (filtered.containsAll(names)) {
      takeBack(names);
      report.carried(place, line.text(), "no longer in " + CallLists.DENY);
    } else {
      takeBack(names);
      report.lost(
          place,
          line.text(),
          "no line denies it by itself: where a group that is denied has it, list the others of the group");
    }
  }

  private void takeBack(List<String> names) {
    names.stream().filter(filtered::remove).forEach(it -> draft.remove(CallLists.DENY, it));
  }

  /** As with calls, the first line decides what the list is, and later ones add and take. */
  private void families(UnitLines.Line line, Place place) {
    boolean denying = line.value().startsWith("~");
    boolean adding = denying != allowingFamilies.orElse(!denying);
    allowingFamilies = allowingFamilies.or(() -> Optional.of(!denying));
    for (String name : words(denying ? line.value().substring(1) : line.value())) {
      Optional<Integer> number = SocketFamilies.number(name);
      if (number.isPresent() && adding) {
        families.add(number.get());
      } else if (number.isPresent()) {
        families.remove(number.get());
      } else if (!name.equals("none")) {
        report.lost(place, line.text(), "no such family of sockets is known: " + name);
      }
    }
    report.carried(place, line.text(), CallLists.DENY);
  }

  private void bound(UnitLines.Line line, Place place) {
    boolean dropping = line.value().startsWith("~");
    List<String> names = words(dropping ? line.value().substring(1) : line.value());
    if (dropping) {
      names.forEach(name -> capabilities.drop(place, line.text(), name));
      return;
    }
    if (!bounded || names.isEmpty()) {
      capabilities.only(place, line.text(), names);
      bounded = true;
      if (names.isEmpty()) {
        report.carried(place, line.text(), "privileges.capabilities");
      }
    } else {
      names.forEach(name -> capabilities.add(place, line.text(), name));
    }
  }

  /** A user other than root has no capabilities but these. */
  private void ambient(UnitLines.Line line, Place place) {
    if (line.value().isEmpty()) {
      ambient.clear();
      allAmbient = false;
    } else if (line.value().startsWith("~")) {
      allAmbient = true;
    } else {
      words(line.value())
          .forEach(name -> capabilities.harmless(place, line.text(), name).ifPresent(ambient::add));
    }
    report.approximated(
        place,
        line.text(),
        "privileges.capabilities: where `User=` is not root these alone, else those of `CapabilityBoundingSet=`; and of them what the caller has");
  }

  void write() {
    if (ordinary && !allAmbient) {
      capabilities.within(ambient);
    }
    capabilities.write(draft);
    if (allowingFamilies.orElse(false)) {
      calls.onlyFamilies(List.copyOf(families));
    } else if (!families.isEmpty()) {
      calls.noFamilies(List.copyOf(families));
    }
    if (draft.has("syscalls.otherwise") && !draft.has(CallLists.ALLOW)) {
      draft.remove("syscalls.otherwise");
    }
  }
}
