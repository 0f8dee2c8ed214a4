package dev.hexe.policy.importers.firejail;

import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.importers.ProfilePaths;
import dev.hexe.policy.importers.draft.Draft;
import dev.hexe.policy.importers.draft.Value;
import dev.hexe.policy.importers.report.Report;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Directories that a sandbox has for itself, and what is put at paths. */
final class FirejailPlaces {
  private static final String HOME_KEY = "files.home";
  private static final Set<String> TOPS =
      Set.of(
          "/tmp",
          "/dev",
          "/var",
          "/opt",
          "/srv",
          "/mnt",
          "/media",
          "/run",
          "/etc",
          "/usr/share",
          "/sys",
          "/proc");

  /** Those that can be covered; others may not be there. */
  private static final Set<String> ON_EVERY_HOST = Set.of("/etc", "/run", "/usr/share", "/var");

  private final Draft draft;
  private final Report report;
  private final Macros macros;
  private final Map<String, Line> unsure = new LinkedHashMap<>();
  private final Set<String> closed = new LinkedHashSet<>();
  private boolean boundHome;

  FirejailPlaces(Draft draft, Report report, Macros macros) {
    this.draft = draft;
    this.report = report;
    this.macros = macros;
  }

  /** Takes a line; false where it is of another kind. */
  boolean take(Line line) {
    switch (line.command()) {
      case "private" -> home(line);
      case "private-tmp" -> {
        draft.set("files.tmp", Value.pairs("private", FirejailFiles.SIZE));
        report.approximated(
            line.place(),
            line.text(),
            "files.tmp, of " + FirejailFiles.SIZE + "; the X server's socket is not in it");
      }
      case "private-cache" -> memory(line, "~/.cache");
      case "private-etc", "private-opt", "private-srv" -> part(line);
      case "private-bin", "private-lib" ->
          report.lost(
              line.place(),
              line.text(),
              "a program needs others and libraries that it does not name; nothing of the system can be written");
      case "private-home" ->
          report.lost(
              line.place(),
              line.text(),
              "copies at the start are not made: whitelist the files, or use `files.caches`");
      case "private-cwd" -> cwd(line);
      case "tmpfs" -> memory(line, ProfilePaths.of(macros.expand(line.argument()).get(0)));
      case "bind" -> bind(line);
      case "noexec" -> noExecute(line);
      case "mkdir", "mkfile" ->
          report.lost(
              line.place(), line.text(), "nothing is made on the host: make it once yourself");
      case "disable-mnt" -> {
        List.of("/mnt", "/media", "/run/mount", "/run/media").forEach(it -> draft.add("hide", it));
        report.carried(line.place(), line.text(), "hide");
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void home(Line line) {
    if (line.argument().isEmpty()) {
      privateHome();
      report.carried(line.place(), line.text(), HOME_KEY);
      return;
    }
    String directory = ProfilePaths.of(macros.expand(line.argument()).get(0));
    if (ProfilePaths.problem(directory).isPresent()) {
      report.lost(line.place(), line.text(), ProfilePaths.problem(directory).get());
    } else {
      boundHome = true;
      draft.add("files.bind", Value.pairs("from", directory, "to", "~"));
      report.carried(line.place(), line.text(), "files.bind");
    }
  }

  void privateHome() {
    draft.set(HOME_KEY, Value.pairs("private", FirejailFiles.SIZE));
  }

  boolean hasPrivateHome() {
    return draft.has(HOME_KEY) || boundHome;
  }

  private void memory(Line line, String path) {
    if (ProfilePaths.problem(path).isPresent() || ProfilePaths.isPattern(path)) {
      report.lost(line.place(), line.text(), "a profile names one path");
    } else if (path.startsWith("~")) {
      draft.add("hide", path);
      report.approximated(
          line.place(), line.text(), "hide: the directory is empty, and cannot be written");
    } else {
      draft.add("files.tmpfs", Value.pairs("at", path, "size", FirejailFiles.SIZE));
      report.carried(line.place(), line.text(), "files.tmpfs");
    }
  }

  /** Leaves nothing of a directory but what is listed in it. */
  void close(String directory) {
    closed.add(directory);
    if (ON_EVERY_HOST.contains(directory)) {
      draft.add("files.tmpfs", Value.pairs("at", directory, "size", "16M"));
    } else {
      draft.add("hide", directory);
    }
  }

  /** Whether nothing is at a path but what is listed. */
  boolean isClosed(String path) {
    return closed.stream().anyMatch(it -> PathRule.isIn(path, it))
        || (draft.has("files.tmp") && PathRule.isIn(path, "/tmp"))
        || (hasPrivateHome() && PathRule.isIn(path, "~"))
        || draft.words("hide").stream().anyMatch(it -> PathRule.isIn(path, it));
  }

  /** {@code private-etc a,b}: of the directory these alone. */
  private void part(Line line) {
    String directory = "/" + line.command().substring("private-".length());
    close(directory);
    for (String name : EtcGroups.names(line.argument(), directory.equals("/etc"))) {
      String path = directory + "/" + name;
      if (name.startsWith("@") || ProfilePaths.isPattern(path)) {
        report.lost(line.place(), line.text(), "`" + name + "` is a pattern, or no known group");
      } else {
        draft.add("files.read-if-present", path);
      }
    }
    report.carried(line.place(), line.text(), "files.read-if-present, in an empty " + directory);
  }

  private void cwd(Line line) {
    draft.set(
        "start.cwd",
        line.argument().isEmpty() ? "~" : ProfilePaths.of(macros.expand(line.argument()).get(0)));
    report.carried(line.place(), line.text(), "start.cwd");
  }

  private void bind(Line line) {
    String[] both = line.argument().split(",", 2);
    if (both.length < 2) {
      report.lost(line.place(), line.text(), "two paths are needed");
      return;
    }
    draft.add(
        "files.bind",
        Value.pairs(
            "from", ProfilePaths.of(macros.expand(both[0].strip()).get(0)),
            "to", ProfilePaths.of(macros.expand(both[1].strip()).get(0))));
    report.carried(line.place(), line.text(), "files.bind");
  }

  private void noExecute(Line line) {
    String path = ProfilePaths.of(macros.expand(line.argument()).get(0));
    if (Set.of("~", "/tmp", "/var", "/dev/shm", "/var/tmp", "/dev").contains(path)) {
      draft.add("files.no-execute", path);
      report.carried(line.place(), line.text(), "files.no-execute");
    } else {
      unsure.put(path, line);
    }
  }

  /** The directory that a whitelisted path closes. */
  String top(String path) {
    if (PathRule.isIn(path, "~")) {
      return "~";
    }
    if (PathRule.isIn(path, macros.runtime())) {
      return macros.runtime();
    }
    return TOPS.stream()
        .filter(top -> PathRule.isIn(path, top))
        .max(java.util.Comparator.comparingInt(String::length))
        .orElse(path);
  }

  /** Says what depends on all the rest. */
  void write() {
    unsure.forEach(
        (path, line) -> {
          if (isClosed(path)) {
            report.carried(line.place(), line.text(), "nothing is there");
          } else {
            report.lost(
                line.place(), line.text(), "it may not be there, and then nothing would run");
          }
        });
  }
}
