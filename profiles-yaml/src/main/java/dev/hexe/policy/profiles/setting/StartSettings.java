package dev.hexe.policy.profiles.setting;

import static java.util.stream.Collectors.joining;

import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Resource;
import dev.hexe.policy.api.profile.Startup;
import dev.hexe.policy.api.profile.Terminal;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.key.PidChoice;
import dev.hexe.policy.profiles.key.Words;
import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.reader.Said;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.reader.Values;
import dev.hexe.policy.profiles.reader.WordReader;
import dev.hexe.policy.profiles.shape.Shape;
import dev.hexe.policy.profiles.value.MountEntryYaml;
import dev.hexe.policy.profiles.value.ResourceFormats;
import dev.hexe.policy.profiles.value.StartFormats;
import dev.hexe.policy.profiles.value.StateFormats;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The settings on the start of the command, and the options on it. */
public final class StartSettings {
  private static final Setting<Optional<String>, Startup.Builder, Startup> ARGV0 =
      Setting.<Optional<String>, Startup.Builder, Startup>of(
              Key.replacing("start.argv0", Values.parsed(StartFormats::argv0), Optional.empty()),
              (start, name) -> start.argv0(name.orElse(null)))
          .shown(start -> Optional.ofNullable(start.argv0()));

  private static final Setting<OptionalInt, Startup.Builder, Startup> UMASK =
      Setting.<OptionalInt, Startup.Builder, Startup>of(
              Key.replacing("start.umask", Values.parsed(StartFormats::umask), OptionalInt.empty()),
              Startup.Builder::umask)
          .shown(start -> start.umask().stream().mapToObj("%03o"::formatted).findFirst());

  private static final Setting<OptionalInt, Startup.Builder, Startup> NICE =
      Setting.<OptionalInt, Startup.Builder, Startup>of(
              Key.replacing("start.nice", Values.parsed(StartFormats::nice), OptionalInt.empty()),
              Startup.Builder::nice)
          .shown(start -> start.nice().stream().boxed().findFirst());

  private static final Setting<Optional<PathRule>, Startup.Builder, Startup> DIRECTORY =
      Setting.<Optional<PathRule>, Startup.Builder, Startup>of(
              Key.replacing("start.cwd", StartFormats.directory(), Optional.<PathRule>empty())
                  .writing(MountEntryYaml::directory),
              StartSettings::directory)
          .shown(start -> Optional.ofNullable(start.directory()));

  private static final Setting<Boolean, Startup.Builder, Startup> ENDS_WITH_CALLER =
      Setting.<Boolean, Startup.Builder, Startup>of(
              Key.replacing(
                  "start.die-with-parent", new WordReader<>(Words.either("false", "true")), false),
              Startup.Builder::endsWithCaller)
          .shown(start -> start.endsWithCaller() ? Optional.of(true) : Optional.empty());

  private static final Setting<List<Integer>, Startup.Builder, Startup> PASSED_DESCRIPTORS =
      Setting.<List<Integer>, Startup.Builder, Startup>of(
              Key.appending(
                  "start.pass-fds",
                  Values.list("the number of a descriptor", StartFormats::descriptor)),
              Startup.Builder::passedDescriptors)
          .shown(
              start -> Optional.of(start.passedDescriptors()),
              start ->
                  Optional.of(start.passedDescriptors().toString())
                      .filter(list -> !start.passedDescriptors().isEmpty()));

  private static final Setting<List<PathRule>, Startup.Builder, Startup> LOCKS =
      Setting.of(
          Key.appending("start.lock-files", Values.paths(false)).writing(MountEntryYaml::path),
          (start, paths) -> start.locks(paths.stream().map(PathRule::path).toList()));

  public static final Setting<Map<String, List<PathRule>>, Startup.Builder, Startup> STATE =
      Setting.<Map<String, List<PathRule>>, Startup.Builder, Startup>of(
              Key.merging(
                  "start.state",
                  StateFormats.SHAPE,
                  (mapping, scope) -> mapping.entries(),
                  StateFormats::read),
              (start, directories) -> start.state(StateFormats.paths(directories)))
          .shown(
              start -> Optional.of(start.state()).filter(state -> !state.isEmpty()),
              start ->
                  Optional.of(start.state())
                      .filter(state -> !state.isEmpty())
                      .map(StateFormats::words));

  public static final Setting<Map<String, Long>, Startup.Builder, Startup> RESOURCES =
      Setting.<Map<String, Long>, Startup.Builder, Startup>of(
              Key.merging(
                  "limits.rlimits",
                  Shape.members(ResourceFormats.NAMES, Shape.TEXT),
                  ResourceFormats::known,
                  ResourceFormats::read),
              (start, limits) -> start.resources(ResourceFormats.byResource(limits)))
          .shown(StartSettings::numbers, StartSettings::words);

  /** The keys below {@code start}, in the order of a profile. */
  public static final List<Key<?>> KEYS =
      List.of(
          ARGV0.key(),
          UMASK.key(),
          NICE.key(),
          DIRECTORY.key(),
          ENDS_WITH_CALLER.key(),
          PASSED_DESCRIPTORS.key(),
          LOCKS.key(),
          STATE.key());

  /** All rows, in the order in which {@code explain} shows them. */
  public static final List<Setting<?, Startup.Builder, Startup>> ROWS =
      List.of(
          DIRECTORY,
          ARGV0,
          UMASK,
          NICE,
          PASSED_DESCRIPTORS,
          ENDS_WITH_CALLER,
          RESOURCES,
          LOCKS,
          STATE);

  /** The options, in the order of the help. */
  public static final List<SettingOption> OPTIONS =
      List.of(
          new SettingOption(
              "--chdir",
              "DIR",
              "start in this directory of the sandbox",
              SettingOption.Arity.SINGLE,
              "",
              (word, paths, origin, into) ->
                  into.put(
                      DIRECTORY.key(),
                      new Said<>(
                          Optional.of(paths.expand(word, false)), YamlText.scalar(word), origin))),
          SettingOption.single(
              "--argv0",
              "NAME",
              "start the command under this name",
              ARGV0.key(),
              StartFormats::argv0),
          SettingOption.single(
              "--umask",
              "MASK",
              "set the file mode mask, as in 027",
              UMASK.key(),
              StartFormats::umask),
          SettingOption.single(
              "--nice",
              "NUMBER",
              "raise the nice value to this: 0 to 19",
              NICE.key(),
              StartFormats::nice),
          SettingOption.adding(
              "--pass-fd",
              "NUMBER",
              "let the command keep this open descriptor",
              PASSED_DESCRIPTORS.key(),
              StartFormats::descriptor),
          SettingOption.flag(
              "--as-pid-1",
              "let the command be process 1 of its pid namespace",
              (word, paths, origin, into) ->
                  into.put(Keys.PID, new Said<>(PidChoice.FIRST, YamlText.scalar("1"), origin))),
          SettingOption.flag(
              "--die-with-parent",
              "kill the sandbox when the caller ends",
              (word, paths, origin, into) ->
                  into.put(
                      ENDS_WITH_CALLER.key(), new Said<>(true, YamlText.scalar("true"), origin))),
          SettingOption.flag(
              "--fresh-caches",
              "forget the kept changes of this project's caches",
              (word, paths, origin, into) ->
                  into.put(Keys.FRESH_CACHES, new Said<>(true, YamlText.scalar("true"), origin))),
          SettingOption.flag(
              "--no-pty",
              "share this terminal with the command",
              (word, paths, origin, into) -> {
                if (into.get(Keys.TERMINAL) == Terminal.SAFE) {
                  into.put(
                      Keys.TERMINAL,
                      new Said<>(Terminal.SHARED, YamlText.scalar("safe-no-pty"), origin));
                }
              }),
          SettingOption.flag(
              "--nesting",
              "let the command start sandboxes, as browsers and bwrap do",
              (word, paths, origin, into) -> {
                String written = YamlText.scalar("allowed");
                into.put(Keys.NESTING, new Said<>(true, written, origin));
                into.put(Keys.NO_USER_NAMESPACES, new Said<>(false, written, origin));
              }),
          SettingOption.repeated(
              "--seccomp",
              "FD",
              "install the system-call filter that this descriptor yields",
              (word, paths, origin, into) ->
                  into.add(
                      Keys.FILTER_DESCRIPTORS,
                      new Said<>(StartFormats.descriptor(word), YamlText.scalar(word), origin))),
          SettingOption.repeated(
              "--lock-file",
              "PATH",
              "hold a shared lock on this file while the command runs",
              (word, paths, origin, into) ->
                  into.add(
                      LOCKS.key(),
                      new Said<>(paths.expand(word, false), YamlText.scalar(word), origin))));

  /** Those that are applied first: reports list what is overruled in this order. */
  private static final List<String> APPLIED_FIRST =
      List.of(
          "--argv0",
          "--umask",
          "--nice",
          "--chdir",
          "--pass-fd",
          "--seccomp",
          "--lock-file",
          "--as-pid-1",
          "--nesting");

  private StartSettings() {}

  /** The options in the order in which they are applied. */
  public static List<SettingOption> applied() {
    return OPTIONS.stream().sorted(Comparator.comparingInt(StartSettings::turn)).toList();
  }

  private static int turn(SettingOption option) {
    int turn = APPLIED_FIRST.indexOf(option.name());
    return turn < 0 ? APPLIED_FIRST.size() : turn;
  }

  /** Everything that is said of the start. */
  public static Startup.Builder of(Settings settings) {
    Startup.Builder start = new Startup.Builder();
    ROWS.forEach(row -> row.put(settings, start));
    return start;
  }

  /** The directories of one entry of {@link #STATE}. */
  @SuppressWarnings("unchecked") // the entries of a key are what its reader makes
  public static List<String> stateOf(Said<Object> said) {
    return ((Map.Entry<String, List<PathRule>>) said.value())
        .getValue().stream().map(PathRule::path).toList();
  }

  private static void directory(Startup.Builder start, Optional<PathRule> directory) {
    start.directory(
        directory.map(PathRule::path).filter(path -> !path.equals(PathRule.CWD)).orElse(null));
  }

  private static Optional<Map<String, Optional<Long>>> numbers(Startup start) {
    Map<String, Optional<Long>> limits = new LinkedHashMap<>();
    start
        .resources()
        .forEach(
            (resource, limit) ->
                limits.put(
                    resource.label(),
                    Optional.of(limit).filter(number -> number != Resource.UNLIMITED)));
    return Optional.of(limits).filter(map -> !map.isEmpty());
  }

  private static Optional<String> words(Startup start) {
    return Optional.of(start.resources())
        .filter(limits -> !limits.isEmpty())
        .map(
            limits ->
                limits.entrySet().stream()
                    .map(
                        limit ->
                            limit.getKey().label()
                                + ": "
                                + ResourceFormats.text(limit.getKey(), limit.getValue()))
                    .collect(joining(", ", "{", "}")));
  }
}
