package dev.hexe.policy.importers.container;

import dev.hexe.policy.importers.Imported;
import dev.hexe.policy.importers.ProfilePaths;
import dev.hexe.policy.importers.Source;
import dev.hexe.policy.importers.container.ContainerCapabilities.Entries;
import dev.hexe.policy.importers.draft.Draft;
import dev.hexe.policy.importers.draft.Value;
import dev.hexe.policy.importers.report.Place;
import dev.hexe.policy.importers.report.Report;
import dev.hexe.policy.importers.shell.ShellScript;
import dev.hexe.policy.importers.shell.Word;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One service. */
final class ComposeService {
  private static final Map<String, String> LIMITS =
      Map.of("mem_limit", "memory", "pids_limit", "pids", "cpus", "cpu", "cpuset", "cpus");

  /** Where a network of the engine's would be used. */
  static final String NO_NETWORKS =
      "the networks of an engine are not made: `network: none`, or destinations in `network.allow`";

  private static final Map<String, String> FROM_DEPLOY =
      Map.of("memory", "memory", "pids", "pids", "cpus", "cpu");

  private final Source source;
  private final Draft draft;
  private final Imported imported;
  private final Report report;
  private final boolean only;
  private final ComposePlaces places;
  private final ContainerCapabilities capabilities;
  private List<String> entrypoint = List.of();
  private List<String> command = List.of();
  private String service = "";

  ComposeService(Source source, Draft draft, Imported imported, boolean only) {
    this.source = source;
    this.draft = draft;
    this.imported = imported;
    this.report = imported.report();
    this.only = only;
    this.places = new ComposePlaces(source);
    this.capabilities = new ContainerCapabilities(report);
  }

  void read(String name, Map<?, ?> keys) {
    service = name;
    ContainerBase.say(draft, report, source.name());
    draft.set("summary", "service " + name.replaceAll("\\p{Cntrl}", " "));
    keys.forEach((key, value) -> take(String.valueOf(key), value));
    capabilities.write(draft);
    if (!keys.containsKey("network_mode")) {
      report.approximated(
          Place.all(source.name()),
          service + ": the network",
          "network: host, where an engine would give it one of its own; "
              + "`network: none`, or destinations in `network.allow`, is less");
    }
    if (only) {
      imported.runs(Stream.concat(entrypoint.stream(), command.stream()).toList());
    }
  }

  private void take(String key, @org.jspecify.annotations.Nullable Object value) {
    Place place = places.in(service, key);
    String said = service + "." + key + ": " + (value instanceof Map ? "…" : value);
    switch (key) {
      case "user" -> ContainerBase.user(draft, report, place, said, String.valueOf(value));
      case "cap_add" -> capabilities.add(new Entries(place, said, list(value)));
      case "cap_drop" -> capabilities.drop(new Entries(place, said, list(value)));
      case "security_opt" -> list(value).forEach(it -> option(place, it));
      case "read_only" -> report.carried(place, said, "the system is read-only");
      case "tmpfs" -> list(value).forEach(it -> tmpfs(place, said, it));
      case "volumes" -> volumes(place, value);
      case "network_mode" -> network(place, said, String.valueOf(value));
      case "ipc" ->
          say("ipc", String.valueOf(value).equals("host") ? "host" : "private", place, said);
      case "hostname" -> say("hostname", String.valueOf(value), place, said);
      case "shm_size" -> size(place, said, String.valueOf(value));
      case "environment" -> environment(place, said, value);
      case "ulimits" -> ulimits(place, ComposeImporter.map(value));
      case "mem_limit", "pids_limit", "cpus", "cpuset" ->
          limit(LIMITS.getOrDefault(key, ""), place, said, String.valueOf(value));
      case "deploy" -> deploy(place, ComposeImporter.map(value));
      case "command" -> command = command(place, said, value);
      case "entrypoint" -> entrypoint = command(place, said, value);
      case "networks" -> report.lost(place, said, NO_NETWORKS);
      case "extends" ->
          report.lost(
              place,
              said,
              "what it takes from there is not read: import the output of `docker compose config`");
      case "stop_grace_period" -> say("limits.grace", String.valueOf(value), place, said);
      case "privileged" ->
          report.lost(
              place, said, "a sandbox that allows everything is none: the profile is `none`");
      case "pid", "userns_mode", "cgroup", "uts" ->
          report.lost(place, said, "a namespace of others' is not entered");
      case "devices" -> list(value).forEach(it -> device(place, said, it));
      case "init", "tty", "stdin_open" -> report.carried(place, said, "so it is here");
      default ->
          report.lost(
              place,
              said,
              "it says nothing of what the service may do, or nothing here says the same");
    }
  }

  private static List<String> list(@org.jspecify.annotations.Nullable Object value) {
    List<String> list = new ArrayList<>();
    if (value instanceof List<?> items) {
      items.forEach(it -> list.add(String.valueOf(it)));
    } else if (value != null) {
      list.add(String.valueOf(value));
    }
    return list;
  }

  private void say(String key, String value, Place place, String said) {
    draft.set(key, value);
    report.carried(place, said, key);
  }

  private void option(Place place, String option) {
    if (option.replace("=", ":").startsWith("no-new-privileges")) {
      report.carried(place, option, "privileges.gain");
    } else if (option.replace("=", ":").startsWith("seccomp:")) {
      report.lost(place, option, "that of `sandbox` is taken; say another in `syscalls`");
    } else {
      report.lost(place, option, "no guarantee rests on AppArmor or SELinux");
    }
  }

  private void tmpfs(Place place, String said, String entry) {
    String path = entry.split(":", 2)[0].replaceAll("(?<=.)/+$", "");
    java.util.regex.Matcher size = Pattern.compile("size=([0-9]+)([kmgKMG]?)(,|$)").matcher(entry);
    String bytes =
        size.find() ? size.group(1) + size.group(2).toUpperCase(java.util.Locale.ROOT) : "128M";
    if (!path.startsWith("/") || path.equals("/") || ProfilePaths.problem(path).isPresent()) {
      report.lost(place, said, "it is no path in the sandbox");
      return;
    }
    if (path.equals("/tmp")) {
      draft.set("files.tmp", Value.pairs("private", bytes));
      report.carried(place, said, "files.tmp");
    } else {
      draft.add("files.tmpfs", Value.pairs("at", path, "size", bytes));
      report.carried(place, said, "files.tmpfs");
    }
    // An engine lets nothing be executed there unless it is told to.
    if (!List.of(entry.replaceFirst("^[^:]*:?", "").split(",", -1)).contains("exec")) {
      draft.add("files.no-execute", path);
    }
  }

  private void volumes(Place place, @org.jspecify.annotations.Nullable Object value) {
    if (!(value instanceof List<?> items)) {
      return;
    }
    for (Object item : items) {
      if (item instanceof Map<?, ?> map) {
        boolean reading = "true".equals(String.valueOf(map.get("read_only")));
        volume(
            place, String.valueOf(map.get("source")), String.valueOf(map.get("target")), reading);
      } else {
        String[] parts = String.valueOf(item).split(":", -1);
        boolean reading = parts.length > 2 && List.of(parts[2].split(",", -1)).contains("ro");
        volume(place, parts[0], parts.length > 1 ? parts[1] : "", reading);
      }
    }
  }

  private void volume(Place place, String from, String to, boolean reading) {
    String said = service + ".volumes: " + from + ":" + to;
    boolean path = from.startsWith(".") || from.startsWith("/") || from.startsWith("~");
    Optional<String> problem = ProfilePaths.problem(from).or(() -> ProfilePaths.placeProblem(to));
    if (!path
        || !to.startsWith("/")
        || to.equals("/")
        || problem.isPresent()
        || from.contains("$")) {
      report.lost(
          place,
          said,
          path
              ? problem.orElse("it is no path in the sandbox")
              : "a volume of the engine's has no path");
      return;
    }
    String key = reading ? "files.bind-read-only" : "files.bind";
    draft.add(key, Value.pairs("from", from, "to", to.replaceAll("(?<=.)/+$", "")));
    report.carried(place, said, key);
  }

  private void network(Place place, String said, String mode) {
    if (mode.equals("none") || mode.equals("host")) {
      say("network", mode, place, said);
    } else {
      report.approximated(place, said, "network: host; `network.allow` lists destinations");
    }
  }

  private void size(Place place, String said, String value) {
    Optional<String> size = bytes(value);
    size.ifPresent(it -> draft.set("files.shm", Value.pairs("private", it)));
    if (size.isPresent()) {
      report.carried(place, said, "files.shm");
    } else {
      report.lost(place, said, "it is no size");
    }
  }

  /** {@code 512m}, {@code 1gb}. */
  private static Optional<String> bytes(String value) {
    String plain = value.strip().toUpperCase(java.util.Locale.ROOT).replaceFirst("B$", "");
    return plain.matches("[0-9]{1,6}\\.[0-9]{1,3}[KMG]")
        ? Optional.of(inSmallerUnit(plain)).filter(it -> !it.startsWith("0"))
        : Optional.of(plain).filter(it -> it.matches("[1-9][0-9]{0,14}[KMG]?"));
  }

  /** {@code 1.5G} is {@code 1536M}. */
  private static String inSmallerUnit(String size) {
    int unit = "KMG".indexOf(size.charAt(size.length() - 1));
    return new BigDecimal(size.substring(0, size.length() - 1))
            .multiply(BigDecimal.valueOf(1024))
            .toBigInteger()
        + List.of("", "K", "M").get(unit);
  }

  private void environment(
      Place place, String said, @org.jspecify.annotations.Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (name, text) ->
              variable(
                  place, said, String.valueOf(name), text == null ? null : String.valueOf(text)));
    } else {
      for (String pair : list(value)) {
        String[] both = pair.split("=", 2);
        variable(place, said, both[0], both.length > 1 ? both[1] : null);
      }
    }
  }

  private void variable(
      Place place, String said, String name, @org.jspecify.annotations.Nullable String value) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*") || (value != null && value.contains("$"))) {
      report.lost(place, said, "`" + name + "`: a profile sets no value with a variable in it");
    } else if (value == null) {
      report.carried(place, said, "`" + name + "` stays as it is");
    } else {
      draft.put("environment.set", name, Value.word(value));
      report.carried(place, service + ".environment: " + name, "environment.set");
    }
  }

  private void ulimits(Place place, Map<?, ?> limits) {
    limits.forEach(
        (name, value) -> {
          Object hard = value instanceof Map<?, ?> map ? map.get("hard") : value;
          String text = String.valueOf(hard);
          String said = service + ".ulimits: " + name;
          if (List.of("nofile", "core", "fsize", "stack", "as").contains(String.valueOf(name))
              && text.matches("[0-9]{1,12}")) {
            draft.put("limits.rlimits", String.valueOf(name), Value.word(text));
            report.carried(place, said, "limits.rlimits");
          } else if (String.valueOf(name).equals("nproc") && text.matches("[1-9][0-9]{0,6}")) {
            draft.set("limits.pids", text);
            report.approximated(place, said, "limits.pids: of the sandbox");
          } else {
            report.lost(place, said, "nothing here says the same");
          }
        });
  }

  private void limit(String name, Place place, String said, String value) {
    Optional<String> plain =
        switch (name) {
          case "memory" -> bytes(value);
          case "pids" -> Optional.of(value).filter(it -> it.matches("[1-9][0-9]{0,6}"));
          case "cpu" ->
              Optional.of(value)
                  .filter(
                      it -> it.matches("[0-9]{1,4}(\\.[0-9]{1,3})?") && !it.matches("0+(\\.0+)?"));
          default -> Optional.of(value).filter(it -> it.matches("[0-9]{1,4}([-,][0-9]{1,4})*"));
        };
    plain.ifPresent(it -> say("limits." + name, it, place, said));
    if (plain.isEmpty()) {
      report.lost(place, said, "it is no limit that can be set");
    }
  }

  private void deploy(Place place, Map<?, ?> deploy) {
    Map<?, ?> limits =
        ComposeImporter.map(ComposeImporter.map(deploy.get("resources")).get("limits"));
    limits.forEach(
        (name, value) -> {
          String said = service + ".deploy.resources.limits." + name + ": " + value;
          String key = FROM_DEPLOY.get(String.valueOf(name));
          if (key == null) {
            report.lost(place, said, "nothing here says the same");
          } else {
            limit(key, place, said, String.valueOf(value));
          }
        });
    deploy.keySet().stream()
        .map(String::valueOf)
        .filter(it -> !it.equals("resources"))
        .forEach(
            it ->
                report.lost(
                    place,
                    service + ".deploy." + it,
                    "it says nothing of what the service may do"));
  }

  private void device(Place place, String said, String entry) {
    String path = entry.split(":", 2)[0];
    if (path.startsWith("/dev/")) {
      draft.add("files.write-if-present", path);
      report.carried(place, said, "files.write-if-present");
    } else {
      report.lost(place, said, "devices are below /dev");
    }
  }

  private List<String> command(
      Place place, String said, @org.jspecify.annotations.Nullable Object value) {
    report.carried(place, said, "the command to run");
    return value == null || value instanceof List<?>
        ? list(value)
        : ShellScript.words(String.valueOf(value)).stream().map(Word::text).toList();
  }
}
