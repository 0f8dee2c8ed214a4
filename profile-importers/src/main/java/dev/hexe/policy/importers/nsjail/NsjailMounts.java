package dev.hexe.policy.importers.nsjail;

import dev.hexe.policy.importers.ProfilePaths;
import dev.hexe.policy.importers.draft.Draft;
import dev.hexe.policy.importers.draft.Value;
import dev.hexe.policy.importers.nsjail.TextFormat.Field;
import dev.hexe.policy.importers.report.Place;
import dev.hexe.policy.importers.report.Report;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The mounts of nsjail, which begins with nothing. */
final class NsjailMounts {
  private static final String SIZE = "64M";

  /** A device is written through a mount that is read-only; files beside it are not. */
  private static final Set<String> TREES_OF_DEVICES =
      Set.of("/dev", "/dev/shm", "/dev/mqueue", "/dev/hugepages");

  private static final Pattern TMPFS_SIZE = Pattern.compile("size=([0-9]+[kKmMgG]?)");

  private final Draft draft;
  private final Report report;
  private boolean hostRoot;
  private boolean tmp;
  private boolean dev;

  NsjailMounts(Draft draft, Report report) {
    this.draft = draft;
    this.report = report;
  }

  void add(Place place, List<Field> fields) {
    String at = path(fields, "dst");
    String from = path(fields, "src");
    String said = "mount { " + (from.isEmpty() ? value(fields, "fstype") : from) + " " + at + " }";
    Optional<String> problem =
        ProfilePaths.placeProblem(at)
            .or(() -> from.isEmpty() ? Optional.empty() : ProfilePaths.problem(from));
    if (problem.isPresent()) {
      report.lost(place, said, problem.get());
      return;
    }
    tmp |= at.equals("/tmp");
    if (Set.of("/dev/fd", "/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/ptmx", "/dev/pts")
        .contains(at)) {
      dev = true;
      report.carried(place, said, "files.devices");
      return;
    }
    if (is(fields, "is_symlink")) {
      draft.add("files.symlinks", Value.pairs("to", value(fields, "src"), "at", at));
      report.carried(place, said, "files.symlinks");
    } else if (has(fields, "src_content")) {
      draft.add("files.contents", Value.pairs("at", at, "text", value(fields, "src_content")));
      report.carried(place, said, "files.contents");
    } else if (is(fields, "is_bind")) {
      bind(place, said, fields, from, at);
    } else {
      fileSystem(place, said, fields, at);
    }
    if (is(fields, "noexec") && !at.equals("/proc") && !at.equals("/dev")) {
      draft.add("files.no-execute", at);
    }
  }

  private void bind(Place place, String said, List<Field> fields, String from, String at) {
    boolean writable = is(fields, "rw");
    String end = value(fields, "mandatory").equals("false") ? "-if-present" : "";
    if (at.equals("/dev") || at.startsWith("/dev/")) {
      dev = true;
      boolean minimal =
          List.of("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty")
              .contains(at);
      boolean tree = TREES_OF_DEVICES.contains(at);
      String key = (tree && !writable ? "files.read" : "files.write") + end;
      if (!minimal) {
        draft.add(key, at);
      }
      report.carried(place, said, minimal ? "files.devices" : key);
    } else if (at.equals("/") && from.equals("/")) {
      hostRoot = true;
      if (!writable) {
        draft.add("files.read-only", "/");
      }
      report.carried(place, said, "files.unlisted");
    } else if (at.equals("/")) {
      draft.set(
          "files.root",
          writable ? Value.pairs("from", from, "access", "write") : Value.pairs("from", from));
      report.carried(place, said, "files.root");
    } else if (at.equals(from)) {
      draft.add((writable ? "files.write" : "files.read") + end, at);
      report.carried(place, said, (writable ? "files.write" : "files.read") + end);
    } else {
      String key = (writable ? "files.bind" : "files.bind-read-only") + end;
      draft.add(key, Value.pairs("from", from, "to", at));
      report.carried(place, said, key);
    }
  }

  private void fileSystem(Place place, String said, List<Field> fields, String at) {
    String type = value(fields, "fstype");
    if (type.equals("tmpfs")) {
      Matcher size = TMPFS_SIZE.matcher(value(fields, "options"));
      String bytes = size.find() ? size.group(1).toUpperCase(java.util.Locale.ROOT) : SIZE;
      if (at.equals("/tmp")) {
        draft.set("files.tmp", Value.pairs("private", bytes));
      } else if (at.equals("/dev/shm")) {
        draft.set("files.shm", Value.pairs("private", bytes));
      } else if (at.equals("/dev")) {
        dev = true;
      } else if (!at.equals("/")) {
        draft.add("files.tmpfs", Value.pairs("at", at, "size", bytes));
      }
      report.carried(place, said, "files.tmpfs");
    } else if (type.equals("proc") && at.equals("/proc")) {
      report.carried(place, said, "processes.others");
    } else {
      report.lost(place, said, "a profile has no file systems of this type");
    }
  }

  void write(String file) {
    draft.set("mounts", "private");
    draft.set("files.unlisted", hostRoot ? "allowed" : "absent");
    draft.set("files.devices", "minimal");
    if (!dev) {
      report.approximated(
          Place.all(file), "no /dev", "a minimal /dev is there: null, zero, random, terminals");
    }
    if (!tmp && !hostRoot) {
      draft.set("files.tmp", Value.pairs("private", SIZE));
      report.approximated(
          Place.all(file), "no /tmp", "an empty /tmp of the sandbox's own is there");
    }
  }

  /** With the variable before it, where one is named that profiles know. */
  private static String path(List<Field> fields, String name) {
    String before = value(fields, "prefix_" + name + "_env");
    String path = value(fields, name).replaceAll("(?<=.)/+$", "");
    return before.isEmpty() ? path : ProfilePaths.of("${" + before + "}" + path);
  }

  private static boolean has(List<Field> fields, String name) {
    return fields.stream().anyMatch(it -> it.name().equals(name));
  }

  private static boolean is(List<Field> fields, String name) {
    return value(fields, name).equals("true");
  }

  private static String value(List<Field> fields, String name) {
    return fields.stream()
        .filter(it -> it.name().equals(name))
        .reduce((one, other) -> other)
        .map(Field::value)
        .orElse("");
  }
}
