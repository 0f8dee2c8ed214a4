package dev.hexe.policy.profiles.override;

import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Tmp;
import dev.hexe.policy.profiles.context.Home;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.reader.Meeting;
import dev.hexe.policy.profiles.reader.Said;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.value.ProtectedPathEntry;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Decides, wherever two wishes of a profile meet, which one holds; see {@link Meeting}. */
public final class Precedence {
  private static final List<Key<List<PathRule>>> READ = List.of(Keys.READ, Keys.READ_IF_PRESENT);
  private static final List<Key<List<PathRule>>> WRITE = List.of(Keys.WRITE, Keys.WRITE_IF_PRESENT);
  private static final List<Key<List<PathRule>>> LIST = List.of(Keys.LIST, Keys.LIST_IF_PRESENT);

  private final Settings settings;
  private final String home;

  private Precedence(Settings settings, String home) {
    this.settings = settings;
    this.home = home;
  }

  /**
   * Takes away whatever does not hold.
   *
   * @throws ProfileException where two wishes that were said together contradict each other
   */
  public static void settle(Settings settings, String home) {
    Precedence precedence = new Precedence(settings, home);
    Stream.of(READ, WRITE, LIST).forEach(lists -> precedence.guards(Keys.HIDE, lists, any -> {}));
    precedence.guards(Keys.PROTECT, WRITE, precedence::readable);
    precedence.fixtures(Keys.HIDE);
    precedence.fixtures(Keys.PROTECT);
    precedence.own("/tmp", Keys.TMP, Tmp::isPrivate);
    precedence.mounted("/tmp", Keys.TMP, Tmp::isPrivate);
    precedence.own("/dev/shm", Keys.SHARED_MEMORY, Tmp::isPrivate);
    precedence.mounted("/dev/shm", Keys.SHARED_MEMORY, Tmp::isPrivate);
    precedence.own(home, Keys.HOME, Tmp::isPrivate);
    precedence.mounted(home, Keys.HOME, Tmp::isPrivate);
    precedence.own("/dev", Keys.MINIMAL_DEVICES, minimal -> minimal);
    precedence.readAgainstWrite();
    precedence.readOnly();
  }

  /** What is kept from the command against what is listed at the same path, or below. */
  private void guards(
      Key<List<ProtectedPathEntry>> guards,
      List<Key<List<PathRule>>> lists,
      Consumer<Meeting> otherwise) {
    for (Key<List<PathRule>> list : lists) {
      for (Said<PathRule> listed : settings.items(list)) {
        for (Said<ProtectedPathEntry> guard : above(guards, listed.value().path())) {
          guard(
              new Meeting(guards, guard, list, listed, isAt(guard, listed.value().path())),
              otherwise);
        }
      }
    }
  }

  private void guard(Meeting meeting, Consumer<Meeting> otherwise) {
    if (!meeting.looserHolds()) {
      meeting.refuseContradiction();
      if (overruleLooser(meeting)) {
        otherwise.accept(meeting);
      }
    } else if (meeting.same()) {
      overruleStricter(meeting);
    }
  }

  /** Something of the profile's own is put at a path to be seen and used there. */
  private void fixtures(Key<List<ProtectedPathEntry>> guards) {
    for (Key<List<MountEntry>> key : Keys.FIXTURES) {
      for (Said<MountEntry> fixture : settings.items(key)) {
        String path = fixture.value().path();
        for (Said<ProtectedPathEntry> guard : above(guards, path)) {
          Meeting meeting = new Meeting(guards, guard, key, fixture, isAt(guard, path));
          if (fixture.origin().layer() < guard.origin().layer()) {
            throw meeting.contradiction();
          } else if (meeting.same()) {
            overruleStricter(meeting);
          }
        }
      }
    }
  }

  private List<Said<ProtectedPathEntry>> above(Key<List<ProtectedPathEntry>> guards, String path) {
    return settings.items(guards).stream()
        .filter(guard -> !guard.value().shown() && PathRule.isIn(path, guard.value().path()))
        .toList();
  }

  private static boolean isAt(Said<ProtectedPathEntry> guard, String path) {
    return guard.value().path().equals(path);
  }

  /** What the sandbox has of its own at a path against a list that has the host's there. */
  private <T> void own(String path, Key<T> key, Function<T, Boolean> isOwn) {
    for (Key<List<PathRule>> list : Stream.concat(READ.stream(), WRITE.stream()).toList()) {
      for (Said<PathRule> listed : at(path, list)) {
        if (isOwn.apply(settings.get(key))) {
          decide(new Meeting(key, settings.all(key).get(0), list, listed, true));
        }
      }
    }
  }

  /** The same against something that the profile puts there. */
  private <T> void mounted(String path, Key<T> key, Function<T, Boolean> isOwn) {
    for (Key<List<MountEntry>> fixtures : Keys.FIXTURES) {
      for (Said<MountEntry> fixture : settings.items(fixtures)) {
        if (fixture.value().path().equals(path) && isOwn.apply(settings.get(key))) {
          decide(new Meeting(key, settings.all(key).get(0), fixtures, fixture, true));
        }
      }
    }
  }

  private void readAgainstWrite() {
    for (Key<List<PathRule>> reading : READ) {
      for (Said<PathRule> read : settings.items(reading)) {
        for (Key<List<PathRule>> writing : WRITE) {
          at(read.value().path(), writing)
              .forEach(write -> decide(new Meeting(reading, read, writing, write, true)));
        }
      }
    }
  }

  /** What becomes read-only against what is listed or put below for writing. */
  private void readOnly() {
    for (Said<PathRule> rule : settings.items(Keys.READ_ONLY)) {
      String tree = rule.value().path();
      for (Key<List<PathRule>> list : WRITE) {
        for (Said<PathRule> write : below(tree, list)) {
          if (isDevice(write.value().path()) && !isDevice(tree)) {
            continue; // Devices work on a read-only mount as on any other.
          }
          boolean same = write.value().path().equals(tree);
          guard(new Meeting(Keys.READ_ONLY, rule, list, write, same), this::readable);
        }
      }
      for (Key<List<MountEntry>> key : Keys.FIXTURES) {
        settings.items(key).stream()
            .filter(fixture -> fixture.origin().layer() < rule.origin().layer())
            .map(fixture -> fixture.value().path())
            .filter(path -> PathRule.isIn(path, tree))
            .forEach(path -> alsoReadOnly(path, rule));
      }
      if (PathRule.isIn("/tmp", tree) && isEarlierTmp(rule)) {
        alsoReadOnly("/tmp", rule);
      }
    }
  }

  private boolean isEarlierTmp(Said<PathRule> rule) {
    return settings.get(Keys.TMP).isPrivate()
        && settings.all(Keys.TMP).get(0).origin().layer() < rule.origin().layer();
  }

  private void alsoReadOnly(String path, Said<PathRule> rule) {
    settings.add(
        Keys.READ_ONLY, new Said<>(PathRule.of(path), YamlText.scalar(path), rule.origin()));
  }

  /** What may be written no more can be read all the same. */
  @SuppressWarnings("unchecked") // the looser key of these meetings is one of WRITE
  private void readable(Meeting meeting) {
    settings.add(READ.get(WRITE.indexOf(meeting.looseKey())), (Said<PathRule>) meeting.loose());
  }

  private void decide(Meeting meeting) {
    refuseSystemsHome(meeting);
    meeting.refuseContradiction();
    if (meeting.looserHolds()) {
      overruleStricter(meeting);
    } else {
      overruleLooser(meeting);
    }
  }

  /**
   * A profile's author means a home by `~`; here it is also what the system has, as /tmp or /dev.
   */
  private void refuseSystemsHome(Meeting meeting) {
    boolean home =
        meeting.loose().value() instanceof PathRule rule && rule.path().equals(this.home);
    if (home && !meeting.strictKey().equals(Keys.HOME) && meeting.isContradiction()) {
      throw Home.refused(
          this.home,
          ", which the profile does not have as a home: " + meeting.contradiction().getMessage());
    }
  }

  private void overruleStricter(Meeting it) {
    settings.overrule(it.strictKey(), it.strict(), it.looseKey(), it.loose());
  }

  private boolean overruleLooser(Meeting it) {
    return settings.overrule(it.looseKey(), it.loose(), it.strictKey(), it.strict());
  }

  private List<Said<PathRule>> at(String path, Key<List<PathRule>> list) {
    return settings.items(list).stream().filter(it -> it.value().path().equals(path)).toList();
  }

  private List<Said<PathRule>> below(String tree, Key<List<PathRule>> list) {
    return settings.items(list).stream()
        .filter(it -> PathRule.isIn(it.value().path(), tree))
        .toList();
  }

  private static boolean isDevice(String path) {
    return PathRule.isIn(path, "/dev");
  }
}
