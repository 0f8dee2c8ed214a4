package dev.hexe.policy.importers.bwrap;

import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.importers.ProfilePaths;
import dev.hexe.policy.importers.draft.Draft;
import dev.hexe.policy.importers.draft.Value;
import dev.hexe.policy.importers.draft.Value.Pairs;
import dev.hexe.policy.importers.report.Report;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says each mount of bubblewrap's in the keys of a profile. */
final class MountEntries {
  /** What a directory in memory holds where nothing is said; bubblewrap's takes half the memory. */
  static final String SIZE = "1G";

  private final Draft draft;
  private final Report report;

  MountEntries(Draft draft, Report report) {
    this.draft = draft;
    this.report = report;
  }

  /** Says one; {@code all} are those that remain. */
  void write(Mount mount, List<Mount> all) {
    boolean own = all.stream().anyMatch(it -> it.option().equals("dev"));
    if (own && mount.at().matches("/dev/(fd|stdin|stdout|stderr|ptmx|pts)")) {
      report.carried(mount.place(), mount.said(), "files.devices");
      return;
    }
    switch (mount.plainOption()) {
      case "bind", "ro-bind", "dev-bind" -> bind(mount, all);
      case "dev" -> dev(mount);
      case "proc" -> proc(mount);
      case "tmpfs" -> tmpfs(mount);
      case "dir" -> directory(mount, all);
      case "symlink" -> symlink(mount, all);
      case "file", "bind-data", "ro-bind-data" -> content(mount);
      case "overlay", "tmp-overlay", "ro-overlay" -> overlay(mount);
      case "mqueue" -> {
        draft.set("ipc", "private");
        plain(mount, "files.message-queues");
      }
      default ->
          report.lost(
              mount.place(), mount.said(), "a profile names paths, not descriptors: give the path");
    }
  }

  private void plain(Mount mount, String key) {
    draft.add(key, ProfilePaths.of(mount.at()));
    report.carried(mount.place(), mount.said(), key);
  }

  private void bind(Mount mount, List<Mount> all) {
    boolean covered = all.stream().anyMatch(it -> it.option().equals("tmpfs") && it.covers(mount));
    boolean reading = mount.plainOption().equals("ro-bind");
    String end = mount.isOptional() ? "-if-present" : "";
    if (mount.at().equals("/")) {
      root(mount, reading);
    } else if (!(covered && !reading)
        && mount.at().equals(mount.source().replaceAll("(?<=.)/+$", ""))) {
      plain(mount, (reading ? "files.read" : "files.write") + end);
    } else {
      String key = (reading ? "files.bind-read-only" : "files.bind") + end;
      draft.add(
          key, Value.pairs("from", relative(mount.source()), "to", ProfilePaths.of(mount.at())));
      report.carried(mount.place(), mount.said(), key);
    }
    if (mount.plainOption().equals("dev-bind")
        && !PathRule.isIn(mount.at(), "/dev")
        && !mount.at().equals("/")) {
      report.approximated(mount.place(), mount.said(), "devices work below /dev alone");
    }
  }

  /**
   * A path that bubblewrap takes from the caller's directory; a profile would take it from its own.
   */
  private static String relative(String source) {
    return source.equals(".") ? "${CWD}" : ProfilePaths.of(source);
  }

  private void root(Mount mount, boolean reading) {
    if (!mount.source().equals("/")) {
      draft.set(
          "files.root",
          reading
              ? Value.pairs("from", relative(mount.source()))
              : Value.pairs("from", relative(mount.source()), "access", "write"));
      report.carried(mount.place(), mount.said(), "files.root");
    } else if (reading) {
      draft.add("files.read-only", "/");
      report.carried(mount.place(), mount.said(), "files.unlisted, files.read-only");
    } else {
      report.carried(mount.place(), mount.said(), "files.unlisted");
    }
  }

  private void dev(Mount mount) {
    if (mount.at().equals("/dev")) {
      draft.set("files.devices", "minimal");
      report.carried(mount.place(), mount.said(), "files.devices");
    } else {
      report.lost(mount.place(), mount.said(), "a minimal /dev is at /dev alone");
    }
  }

  private void proc(Mount mount) {
    if (mount.at().equals("/proc")) {
      report.carried(mount.place(), mount.said(), "processes.others");
    } else {
      report.lost(mount.place(), mount.said(), "the processes are at /proc alone");
    }
  }

  private void tmpfs(Mount mount) {
    String size = mount.details().getOrDefault("size", SIZE);
    String key =
        switch (mount.at()) {
          case "/tmp" -> "files.tmp";
          case "/dev/shm" -> "files.shm";
          default -> "files.tmpfs";
        };
    if (key.equals("files.tmpfs")) {
      Map<String, Value> entry = new LinkedHashMap<>();
      entry.put("at", Value.word(ProfilePaths.of(mount.at())));
      entry.put("size", Value.word(size));
      mode(mount, entry);
      draft.add(key, new Pairs(entry));
    } else {
      draft.set(key, Value.pairs("private", size));
    }
    if (mount.details().containsKey("size")) {
      report.carried(mount.place(), mount.said(), key);
    } else {
      report.approximated(
          mount.place(),
          mount.said(),
          key + ", of " + SIZE + "; bubblewrap's holds half the memory");
    }
  }

  private static void mode(Mount mount, Map<String, Value> entry) {
    String mode = mount.details().get("mode");
    if (mode != null && mode.matches("[0-7]{1,4}")) {
      entry.put("mode", Value.word(mode));
    }
  }

  private void directory(Mount mount, List<Mount> all) {
    if (mount.at().equals("/tmp")) {
      if (all.stream().noneMatch(it -> it.at().equals("/tmp") && !it.equals(mount))) {
        draft.set("files.tmp", Value.pairs("private", SIZE));
        report.approximated(
            mount.place(), mount.said(), "files.tmp, of " + SIZE + ": a file system of its own");
      }
    } else if (isBelowHost(mount, all) || isMade(mount, all)) {
      report.carried(mount.place(), mount.said(), "it is there already");
    } else {
      Map<String, Value> entry = new LinkedHashMap<>();
      entry.put("at", Value.word(ProfilePaths.of(mount.at())));
      entry.put("size", Value.word(SIZE));
      mode(mount, entry);
      draft.add("files.tmpfs", new Pairs(entry));
      report.approximated(
          mount.place(),
          mount.said(),
          "files.tmpfs, of " + SIZE + ": a file system of its own, so that it can be written");
    }
  }

  private static boolean isBelowHost(Mount mount, List<Mount> all) {
    return all.stream()
        .anyMatch(it -> it.plainOption().endsWith("bind") && PathRule.isIn(mount.at(), it.at()));
  }

  /** Whether something else is put at the same path, or below it, which makes it. */
  private static boolean isMade(Mount mount, List<Mount> all) {
    return all.stream()
        .anyMatch(it -> !it.equals(mount) && !it.option().equals("dir") && mount.covers(it));
  }

  private void symlink(Mount mount, List<Mount> all) {
    if (mount.at().equals("/var/tmp") && all.stream().anyMatch(it -> it.at().equals("/tmp"))) {
      report.approximated(
          mount.place(), mount.said(), "/var/tmp is a file system of its own, as /tmp is");
    } else if (mount.source().isEmpty() || mount.source().contains("${")) {
      report.lost(mount.place(), mount.said(), "a symlink's text has no variables in a profile");
    } else {
      draft.add(
          "files.symlinks", Value.pairs("to", mount.source(), "at", ProfilePaths.of(mount.at())));
      report.carried(mount.place(), mount.said(), "files.symlinks");
    }
  }

  private void content(Mount mount) {
    if (!mount.source().matches("[0-9]{1,4}") || mount.source().matches("[012]")) {
      report.lost(mount.place(), mount.said(), "a descriptor is a number from 3 on");
      return;
    }
    Map<String, Value> entry = new LinkedHashMap<>();
    entry.put("at", Value.word(ProfilePaths.of(mount.at())));
    entry.put("descriptor", Value.word(mount.source()));
    mode(mount, entry);
    draft.add("files.contents", new Pairs(entry));
    if (mount.option().equals("ro-bind-data")) {
      draft.add("files.read-only", ProfilePaths.of(mount.at()));
    }
    report.carried(mount.place(), mount.said(), "files.contents; the caller opens the descriptor");
  }

  private void overlay(Mount mount) {
    List<String> lower =
        new ArrayList<>(mount.layers().stream().map(MountEntries::relative).toList());
    Collections.reverse(lower);
    if (lower.isEmpty()) {
      report.lost(mount.place(), mount.said(), "there is no `--overlay-src` before it");
      return;
    }
    Map<String, Value> entry = new LinkedHashMap<>();
    entry.put("at", Value.word(ProfilePaths.of(mount.at())));
    entry.put("lower", Value.words(lower));
    if (mount.option().equals("ro-overlay")) {
      entry.put("access", Value.word("read"));
    } else if (mount.option().equals("overlay")) {
      entry.put("upper", Value.word(ProfilePaths.of(mount.details().getOrDefault("upper", ""))));
      entry.put("work", Value.word(ProfilePaths.of(mount.details().getOrDefault("work", ""))));
    }
    draft.add("files.overlays", new Pairs(entry));
    report.carried(mount.place(), mount.said(), "files.overlays");
  }
}
