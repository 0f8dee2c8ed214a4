package dev.hexe.policy.profiles;

import dev.hexe.policy.api.profile.Environment;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.api.profile.Overruled;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Terminal;
import dev.hexe.policy.profiles.key.AddedKeys;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.key.NetworkChoice;
import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.reader.Said;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.setting.LimitSettings;
import dev.hexe.policy.profiles.setting.StartSettings;
import dev.hexe.policy.profiles.yaml.FileMistake;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what a profile's own file says without any effect, which its author hardly means. */
final class Futile {
  /** No option brings these: a demand on one waits for nothing. */
  private static final Set<Guarantee> OF_PROFILES_ALONE =
      Set.of(
          Guarantee.FILES,
          Guarantee.TMP,
          Guarantee.DEVICES,
          Guarantee.PROCESSES_INVISIBLE,
          Guarantee.PROCESSES_UNREACHABLE,
          Guarantee.IPC,
          Guarantee.TERMINAL,
          Guarantee.HOSTNAME,
          Guarantee.CGROUPS,
          Guarantee.MOUNTS,
          Guarantee.PRIVILEGE_GAIN,
          Guarantee.CAPABILITIES,
          Guarantee.USER_NAMESPACES,
          Guarantee.SYSCALLS);

  private final Settings settings;
  private final Profile profile;
  private final List<String> mistakes = new ArrayList<>();
  private final List<FileMistake> places = new ArrayList<>();

  private Futile(Settings settings, Profile profile) {
    this.settings = settings;
    this.profile = profile;
  }

  /**
   * Refuses what has no effect.
   *
   * @throws ProfileException with all that has none
   */
  static void refuse(Settings settings, Profile profile) {
    Futile futile = new Futile(settings, profile);
    futile.keptVariables();
    futile.demands();
    futile.grace();
    futile.otherCalls();
    futile.slowdown();
    futile.caches();
    futile.questions();
    futile.state();
    if (!futile.mistakes.isEmpty()) {
      throw new ProfileException(String.join("\n", futile.mistakes), "", futile.places);
    }
  }

  /** Whether something that is said has no effect on the profile. */
  static boolean isIdle(Key<?> key, Said<Object> said, Settings settings, Profile profile) {
    Futile futile = new Futile(settings, profile);
    return (key == Keys.KEEP_VARIABLES && futile.isKeptInVain(said))
        || (key == Keys.DEMAND && futile.demanded(said).isPresent())
        || (key == LimitSettings.GRACE.key() && futile.isWithoutTime());
  }

  private boolean isKeptInVain(Said<Object> said) {
    return !profile.environment().clear()
        && !isRemoved(String.valueOf(said.value()))
        && !overrules(Keys.KEEP_VARIABLES, said);
  }

  /** Whether it took back something that was said before. */
  private boolean overrules(Key<?> key, Said<Object> said) {
    return settings.overruled().stream()
        .map(Overruled::by)
        .anyMatch(
            by ->
                by.origin().equals(said.origin())
                    && by.key().equals(key.path())
                    && by.value().equals(said.written()));
  }

  /** The guarantee that is demanded in vain. */
  private Optional<Guarantee> demanded(Said<Object> said) {
    String id = String.valueOf(((Map.Entry<?, ?>) said.value()).getKey());
    return Guarantee.withId(id)
        .filter(OF_PROFILES_ALONE::contains)
        .or(() -> AddedKeys.installed().withId(id))
        .filter(guarantee -> !profile.asksFor(guarantee));
  }

  private boolean isWithoutTime() {
    return profile.limits().time().isEmpty();
  }

  private void keptVariables() {
    settings.all(Keys.KEEP_VARIABLES).stream()
        .filter(said -> said.isOfOwnFile() || said.origin() instanceof Origin.Option)
        .filter(this::isKeptInVain)
        .forEach(
            said ->
                add(
                    said,
                    "nothing removes "
                        + Quotes.quote(YamlText.text(said.written()))
                        + ", so there is nothing to be kept",
                    "add "
                        + (said.isOfOwnFile() ? "`clear: true`" : "`--clearenv`")
                        + ", which removes all others, or leave it out"));
  }

  private boolean isRemoved(String name) {
    List<String> patterns =
        profile.environment().unset().stream().filter(item -> item.contains("*")).toList();
    return !name.contains("*") && Environment.matches(patterns, name);
  }

  private void demands() {
    own(Keys.DEMAND)
        .forEach(said -> demanded(said).ifPresent(guarantee -> demand(said, guarantee)));
  }

  private void demand(Said<Object> said, Guarantee guarantee) {
    add(
        said,
        "a demand on `" + guarantee.id() + "` has no effect: the profile does not ask for it",
        "say what it is to promise (" + guarantee.meaning() + "), or leave it out");
  }

  private void grace() {
    own(LimitSettings.GRACE.key())
        .filter(said -> isWithoutTime())
        .forEach(
            said ->
                add(
                    said,
                    "`limits.grace` has no effect without a limit on time",
                    "add `time`, or leave it out"));
  }

  private void otherCalls() {
    if (settings.get(Keys.ALLOWED_CALLS).isEmpty()) {
      own(Keys.OTHER_CALLS)
          .forEach(
              said ->
                  add(
                      said,
                      "`syscalls.otherwise` has no effect: `syscalls.allow` lists nothing",
                      "list what is allowed, or leave it out"));
    }
  }

  /** An option may lower the limit for one run; that is no mistake of the profile's. */
  private void slowdown() {
    OptionalLong most = settings.get(LimitSettings.MEMORY.key());
    OptionalLong high = settings.get(LimitSettings.MEMORY_HIGH.key());
    boolean above = most.isPresent() && high.isPresent() && high.getAsLong() > most.getAsLong();
    if (above && settings.all(LimitSettings.MEMORY.key()).stream().allMatch(Said::isInFile)) {
      own(LimitSettings.MEMORY_HIGH.key())
          .forEach(
              said ->
                  add(
                      said,
                      "`limits.memory-high` has no effect: it is above `limits.memory`",
                      "write less than `limits.memory`, or leave it out"));
    }
  }

  /** A cache that is in a tree which can be written is the host's, whoever has listed that tree. */
  private void caches() {
    for (Key<List<PathRule>> key :
        List.of(Keys.CACHES, Keys.CACHES_IF_PRESENT, Keys.WHOLE_CACHES)) {
      for (Said<PathRule> cache : settings.items(key)) {
        Stream.of(Keys.WRITE, Keys.WRITE_IF_PRESENT)
            .flatMap(list -> settings.items(list).stream())
            .filter(tree -> cache.isOfOwnFile() && tree.isInFile())
            .filter(tree -> PathRule.isIn(cache.value().path(), tree.value().path()))
            .limit(1)
            .forEach(tree -> cache(key, cache, tree));
      }
    }
  }

  private void cache(Key<?> key, Said<PathRule> cache, Said<PathRule> tree) {
    add(
        cache,
        "%s has no effect: `%s` can be written as a whole (%s)"
            .formatted(
                YamlText.statement(key.path(), cache.written()),
                tree.value().path(),
                tree.origin().text()),
        "`write: {only: [...]}` takes that back; or extend `project`");
  }

  /** On the caller's own terminal the command could answer; `--no-pty` is another matter. */
  private void questions() {
    boolean shared =
        settings.get(Keys.TERMINAL) == Terminal.HOST
            && settings.all(Keys.TERMINAL).stream().allMatch(Said::isInFile);
    if (shared && settings.get(Keys.NETWORK).access().asks()) {
      settings.all(Keys.NETWORK).stream()
          .filter(Said::isOfOwnFile)
          .filter(said -> ((NetworkChoice) said.value()).access().asks())
          .forEach(
              said ->
                  add(
                      said,
                      "`on-deny: ask` needs a terminal of the command's own: on the caller's, the command could answer",
                      "add `terminal: safe`, or say `on-deny: refuse`"));
    }
  }

  /** A directory that the command cannot write keeps nothing, and is not made. */
  private void state() {
    own(StartSettings.STATE.key())
        .forEach(
            said ->
                StartSettings.stateOf(said).stream()
                    .filter(path -> !canWrite(path))
                    .limit(1)
                    .forEach(
                        path ->
                            add(
                                said,
                                "`start.state` has no effect: `" + path + "` cannot be written",
                                "list it under `files.write-if-present` as well")));
  }

  private boolean canWrite(String path) {
    return profile.files().unlisted() == Unlisted.ALLOWED
        || profile.files().write().stream().anyMatch(tree -> PathRule.isIn(path, tree.path()));
  }

  private Stream<Said<Object>> own(Key<?> key) {
    return settings.all(key).stream().filter(Said::isOfOwnFile);
  }

  private void add(Said<?> said, String what, String help) {
    if (said.origin() instanceof Origin.InFile place) {
      mistakes.add(
          place.text() + ": " + what + "\n" + place.excerpt().lines() + "\n  help: " + help);
      places.add(new FileMistake(place.file(), place.line(), place.column(), what, help));
    } else {
      mistakes.add("`" + said.origin().text() + "`: " + what + "\n  help: " + help);
    }
  }
}
