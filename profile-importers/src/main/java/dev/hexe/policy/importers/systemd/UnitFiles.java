package dev.hexe.policy.importers.systemd;

import dev.hexe.policy.importers.ProfilePaths;
import dev.hexe.policy.importers.draft.Draft;
import dev.hexe.policy.importers.draft.Value;
import dev.hexe.policy.importers.draft.Value.Pairs;
import dev.hexe.policy.importers.report.Place;
import dev.hexe.policy.importers.report.Report;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of a unit. */
final class UnitFiles {
  private static final String READ = "files.read-if-present";
  private static final String WRITE = "files.write-if-present";
  private static final Set<String> OFF = Set.of("", "no", "n", "false", "f", "off", "0");
  private static final List<String> HOMES = List.of("/home", "/root", "/run/user");
  private static final Map<String, String> DIRECTORIES =
      Map.of(
          "StateDirectory", "/var/lib/",
          "CacheDirectory", "/var/cache/",
          "LogsDirectory", "/var/log/",
          "RuntimeDirectory", "/run/",
          "ConfigurationDirectory", "/etc/");
  private static final Pattern SIZE = Pattern.compile("size=([0-9]+[KMG]?)(?:,|$)");

  private final Draft draft;
  private final Report report;

  UnitFiles(Draft draft, Report report) {
    this.draft = draft;
    this.report = report;
  }

  /** Takes a line; false where it is not about files. */
  boolean take(UnitLines.Line line, Place place) {
    switch (line.name()) {
      case "ProtectSystem" -> system(line, place);
      case "ProtectHome" -> homes(line, place);
      case "PrivateTmp" -> {
        if (isOn(line)) {
          draft.set("files.tmp", Value.pairs("private", "1G"));
        }
        report.carried(place, line.text(), "files.tmp");
      }
      case "PrivateDevices" -> {
        if (isOn(line)) {
          draft.set("files.devices", "minimal");
        }
        report.carried(place, line.text(), "files.devices");
      }
      case "ReadWritePaths", "ReadWriteDirectories" -> paths(line, place, WRITE);
      case "ReadOnlyPaths", "ReadOnlyDirectories" -> paths(line, place, READ);
      case "InaccessiblePaths", "InaccessibleDirectories" -> paths(line, place, "hide");
      case "NoExecPaths" -> paths(line, place, "files.no-execute");
      case "TemporaryFileSystem" -> words(line).forEach(it -> temporary(line, place, it));
      case "BindPaths" -> words(line).forEach(it -> bind(line, place, it, "files.bind"));
      case "BindReadOnlyPaths" ->
          words(line).forEach(it -> bind(line, place, it, "files.bind-read-only"));
      case "RootDirectory" -> root(line, place);
      case "WorkingDirectory" -> directory(line, place);
      case "StateDirectory",
          "CacheDirectory",
          "LogsDirectory",
          "RuntimeDirectory",
          "ConfigurationDirectory" ->
          own(line, place);
      case "DeviceAllow" -> device(line, place);
      case "DevicePolicy" -> {
        if (!line.value().equals("auto")) {
          draft.set("files.devices", "minimal");
        }
        report.carried(place, line.text(), "files.devices");
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** A word that is not known counts as on, so that nothing is dropped for how it is spelt. */
  static boolean isOn(UnitLines.Line line) {
    return !OFF.contains(line.value().toLowerCase(Locale.ROOT));
  }

  private static List<String> words(UnitLines.Line line) {
    return Arrays.stream(line.value().split("\\s+", -1))
        .map(it -> it.replace("\"", ""))
        .filter(it -> !it.isEmpty())
        .toList();
  }

  private void system(UnitLines.Line line, Place place) {
    switch (line.value()) {
      case "strict" -> draft.add("files.read-only", "/");
      case "full" -> List.of("/usr", "/boot", "/efi", "/etc").forEach(it -> draft.add(READ, it));
      default -> {
        if (isOn(line)) {
          List.of("/usr", "/boot", "/efi").forEach(it -> draft.add(READ, it));
        }
      }
    }
    report.carried(place, line.text(), line.value().equals("strict") ? "files.read-only" : READ);
  }

  private void homes(UnitLines.Line line, Place place) {
    if (line.value().equals("read-only")) {
      HOMES.forEach(it -> draft.add(READ, it));
      report.carried(place, line.text(), READ);
    } else if (line.value().equals("tmpfs") || isOn(line)) {
      HOMES.forEach(it -> draft.add("hide", it));
      report.carried(place, line.text(), "hide");
    } else {
      report.carried(place, line.text(), "nothing is hidden");
    }
  }

  private void paths(UnitLines.Line line, Place place, String key) {
    for (String word : words(line)) {
      Optional<String> path = Specifiers.path(word.replaceFirst("^[-+]+", ""));
      if (path.isEmpty() || ProfilePaths.isPattern(path.get())) {
        report.lost(place, line.text(), "`" + word + "` is only known to systemd");
      } else if (path.get().equals("/") && !key.equals(READ)) {
        report.lost(
            place,
            line.text(),
            "all files are meant: list what is needed in `files.read`, with `unlisted: absent`");
      } else if (path.get().equals("/")) {
        draft.add("files.read-only", "/");
        report.carried(place, line.text(), "files.read-only");
      } else {
        draft.add(key, path.get());
        report.carried(place, line.text(), key);
      }
    }
  }

  private void temporary(UnitLines.Line line, Place place, String word) {
    String[] both = word.split(":", 2);
    Optional<String> path = Specifiers.path(both[0]);
    String written = both.length > 1 ? both[1] : "";
    List<String> options = List.of(written.split(",", -1));
    Matcher size = SIZE.matcher(written);
    if (path.isEmpty() || path.get().equals("/")) {
      report.lost(place, line.text(), "it would be the root, or is only known to systemd");
      return;
    }
    Map<String, Value> entry = new LinkedHashMap<>();
    entry.put("at", Value.word(path.get()));
    entry.put("size", Value.word(size.find() ? size.group(1) : "128M"));
    draft.add("files.tmpfs", new Pairs(entry));
    if (options.contains("ro")) {
      draft.add("files.read-only", path.get());
    }
    if (options.contains("noexec")) {
      draft.add("files.no-execute", path.get());
    }
    report.carried(place, line.text(), "files.tmpfs");
  }

  private void bind(UnitLines.Line line, Place place, String word, String key) {
    boolean optional = word.startsWith("-");
    String[] parts = word.replaceFirst("^-", "").split(":", -1);
    Optional<String> from = Specifiers.path(parts[0]);
    Optional<String> to =
        parts.length > 1 && !parts[1].isEmpty() ? Specifiers.path(parts[1]) : from;
    if (from.isEmpty() || to.isEmpty()) {
      report.lost(place, line.text(), "`" + word + "` is only known to systemd");
    } else if (from.equals(to)) {
      draft.add(key.equals("files.bind") ? WRITE : READ, from.get());
      report.carried(place, line.text(), key.equals("files.bind") ? WRITE : READ);
    } else {
      draft.add(
          optional ? key + "-if-present" : key, Value.pairs("from", from.get(), "to", to.get()));
      report.carried(place, line.text(), key);
    }
  }

  private void root(UnitLines.Line line, Place place) {
    Optional<String> path = Specifiers.path(line.value());
    if (path.isEmpty()) {
      report.lost(place, line.text(), "it is only known to systemd");
    } else {
      draft.set("files.root", Value.pairs("from", path.get(), "access", "write"));
      report.carried(place, line.text(), "files.root");
    }
  }

  private void directory(UnitLines.Line line, Place place) {
    Optional<String> path = Specifiers.path(line.value().replaceFirst("^-", ""));
    if (path.isEmpty()) {
      report.lost(place, line.text(), "it is only known to systemd");
    } else {
      draft.set("start.cwd", path.get());
      report.carried(place, line.text(), "start.cwd");
    }
  }

  /** Systemd makes these for the service; here they are used where they are. */
  private void own(UnitLines.Line line, Place place) {
    for (String word : words(line)) {
      Optional<String> path =
          Specifiers.path(DIRECTORIES.getOrDefault(line.name(), "/") + word.split(":", 2)[0]);
      path.ifPresent(it -> draft.add(line.name().startsWith("Conf") ? READ : WRITE, it));
    }
    report.approximated(
        place, line.text(), "it can be used where it is there; nothing is made on the host");
  }

  private void device(UnitLines.Line line, Place place) {
    String[] words = line.value().strip().split("\\s+", 2);
    String device = words[0];
    String key = words.length > 1 && !words[1].contains("w") ? READ : WRITE;
    if (device.startsWith("/dev/") && ProfilePaths.problem(device).isEmpty()) {
      draft.add(key, device);
      draft.set("files.devices", "minimal");
      report.carried(place, line.text(), key);
    } else {
      report.lost(place, line.text(), "a profile lists devices by path");
    }
  }

  void write() {
    draft.set("files.unlisted", draft.has("files.root") ? "absent" : "allowed");
    draft.set("mounts", "private");
    for (String path : draft.words("hide")) {
      draft.remove(READ, path).remove(WRITE, path);
    }
    for (String path : draft.words(WRITE)) {
      draft.remove(READ, path);
    }
  }
}
