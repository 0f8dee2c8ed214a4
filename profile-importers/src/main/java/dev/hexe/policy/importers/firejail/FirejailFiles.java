package dev.hexe.policy.importers.firejail;

import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.importers.ProfilePaths;
import dev.hexe.policy.importers.draft.Draft;
import dev.hexe.policy.importers.draft.Value;
import dev.hexe.policy.importers.report.Place;
import dev.hexe.policy.importers.report.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files of a profile of firejail. */
final class FirejailFiles {
  static final String SIZE = "1G";
  private static final String HOME = "~";
  private static final String WRITE = "files.write-if-present";
  private static final String BIND = "files.bind-if-present";
  private static final String READ = "files.read-if-present";

  private final Draft draft;
  private final Report report;
  private final Macros macros;
  private final Set<String> open = new LinkedHashSet<>();
  private final Map<String, Line> hidden = new LinkedHashMap<>();
  private final Map<String, Line> readOnly = new LinkedHashMap<>();
  private final Map<String, Line> whitelist = new LinkedHashMap<>();
  private final Set<String> whitelistedToRead = new LinkedHashSet<>();
  private final Map<String, Line> writable = new LinkedHashMap<>();
  private final List<Map.Entry<String, Line>> patterns = new ArrayList<>();
  private final FirejailPlaces places;

  FirejailFiles(Draft draft, Report report, Macros macros) {
    this.draft = draft;
    this.report = report;
    this.macros = macros;
    this.places = new FirejailPlaces(draft, report, macros);
  }

  /** Takes a line; false where it is not about files. */
  boolean take(Line line) {
    switch (line.command()) {
      case "noblacklist", "nowhitelist", "nodeny", "noallow" -> except(line);
      case "blacklist", "blacklist-nolog", "deny", "deny-nolog" -> each(line, hidden);
      case "whitelist", "allow" -> each(line, whitelist);
      case "whitelist-ro" -> {
        each(line, whitelist);
        whitelistedToRead.addAll(paths(line));
      }
      case "read-only" -> each(line, readOnly);
      case "read-write" -> {
        paths(line).forEach(readOnly::remove);
        each(line, writable);
      }
      default -> {
        return places.take(line);
      }
    }
    return true;
  }

  private List<String> paths(Line line) {
    return macros.expand(line.argument()).stream().map(ProfilePaths::of).toList();
  }

  private void except(Line line) {
    boolean hiding = line.command().equals("noblacklist") || line.command().equals("nodeny");
    for (String path : paths(line)) {
      (hiding ? hidden : whitelist).remove(path);
      open.add((hiding ? "hide " : "white ") + path);
    }
    report.carried(line.place(), line.text(), "lines below that name it are left out");
  }

  private void each(Line line, Map<String, Line> list) {
    String kind = list == hidden ? "hide " : list == whitelist ? "white " : "";
    for (String path : paths(line)) {
      Optional<String> problem = ProfilePaths.problem(path);
      if (problem.isPresent()) {
        report.lost(line.place(), line.text(), problem.get());
      } else if (ProfilePaths.isPattern(path)) {
        patterns.add(Map.entry(path, line));
      } else if (open.contains(kind + path)) {
        report.carried(line.place(), line.text(), "left out, as an earlier line has it");
      } else {
        again(list.put(path, line), line);
      }
    }
  }

  private void again(@Nullable Line before, Line line) {
    if (before != null && !before.equals(line)) {
      report.carried(before.place(), before.text(), "said again at " + line.place());
    }
  }

  /** Says all of it. */
  void write(String file) {
    draft.set("mounts", "private");
    draft.set("files.unlisted", "allowed");
    hidden.keySet().forEach(whitelist::remove);
    closeTops();
    List.of("/usr", "/etc", "/var", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32").stream()
        .filter(it -> !places.isClosed(it))
        .forEach(it -> draft.add(READ, it));
    whitelist.forEach(this::open);
    writable.forEach((path, line) -> say(WRITE, path, line));
    readOnly.forEach(this::protect);
    hidden.forEach(this::hide);
    patterns.forEach(it -> pattern(it.getKey(), it.getValue()));
    places.write();
    report.carried(Place.all(file), "system directories", "files.read-if-present");
  }

  /** A directory of which something is whitelisted holds nothing else. */
  private void closeTops() {
    Set<String> tops = new LinkedHashSet<>();
    whitelist.keySet().forEach(path -> tops.add(places.top(path)));
    for (String top : tops) {
      switch (top) {
        case HOME -> places.privateHome();
        case "/tmp" -> draft.set("files.tmp", Value.pairs("private", SIZE));
        case "/dev" -> draft.set("files.devices", "minimal");
        default -> places.close(top);
      }
    }
  }

  private void open(String path, Line line) {
    boolean reading = readOnly.containsKey(path) || whitelistedToRead.contains(path);
    boolean system =
        PathRule.isIn(path, "/usr") || PathRule.isIn(path, "/var") || PathRule.isIn(path, "/etc");
    say(reading || system ? READ : WRITE, path, line);
  }

  private void say(String key, String path, Line line) {
    if (path.equals(places.top(path))) {
      report.lost(
          line.place(), line.text(), "it is all of the directory that it would open a part of");
      return;
    }
    boolean binding = key.equals(WRITE) && places.isClosed(path);
    if (draft.words("hide").contains(path)) {
      report.carried(line.place(), line.text(), "left out: it is hidden");
    } else if (binding) {
      draft.add(BIND, Value.pairs("from", path, "to", path));
      report.carried(line.place(), line.text(), BIND);
    } else {
      draft.add(key, path);
      report.carried(line.place(), line.text(), key);
    }
  }

  private void protect(String path, Line line) {
    if (whitelist.containsKey(path) || hidden.containsKey(path)) {
      report.carried(line.place(), line.text(), READ);
    } else if (isGone(path)) {
      report.carried(line.place(), line.text(), "nothing is there but what is whitelisted");
    } else {
      draft.add("protect", path);
      report.carried(line.place(), line.text(), "protect");
    }
  }

  private void hide(String path, Line line) {
    if (isGone(path) && !whitelist.containsKey(path)) {
      report.carried(line.place(), line.text(), "nothing is there but what is whitelisted");
    } else {
      draft.remove(READ, path).remove(WRITE, path).remove("protect", path);
      draft.add("hide", path);
      report.carried(line.place(), line.text(), "hide");
    }
  }

  /** One that could match nothing but what is not there is no loss. */
  private void pattern(String path, Line line) {
    boolean opening = line.command().startsWith("white") || line.command().equals("allow");
    if (places.isClosed(path) && !opening) {
      report.carried(line.place(), line.text(), "nothing is there but what is whitelisted");
    } else {
      report.lost(
          line.place(),
          line.text(),
          "a pattern keeps nothing that appears later: name the directory that holds it");
    }
  }

  /** Whether it is where nothing is but what is whitelisted, and none of that is in it. */
  private boolean isGone(String path) {
    return places.isClosed(path)
        && whitelist.keySet().stream()
            .noneMatch(it -> PathRule.isIn(path, it) || PathRule.isIn(it, path));
  }
}
