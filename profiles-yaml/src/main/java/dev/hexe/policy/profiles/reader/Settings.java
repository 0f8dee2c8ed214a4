package dev.hexe.policy.profiles.reader;

import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.api.profile.Overruled;
import dev.hexe.policy.api.profile.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The settings of a profile, each value with its place, and nothing for what it does not say. */
public final class Settings {
  private final Map<Key<?>, List<Said<Object>>> said = new LinkedHashMap<>();
  private final Map<Key<?>, Origin> only = new HashMap<>();
  private final Set<Key<?>> mentioned = new HashSet<>();
  private final List<Overruled> overruled = new ArrayList<>();

  /** Says something, on top of what was said before. */
  void say(Key<?> key, Reading<Object> reading) {
    reading.only().ifPresent(origin -> replace(key, reading, origin));
    List<Said<Object>> all = said.computeIfAbsent(key, any -> new ArrayList<>());
    Map<Object, Integer> places = places(key, all);
    for (Said<Object> next : reading.said()) {
      Integer same = places.putIfAbsent(key.sameness(next.value()), all.size());
      if (same == null) {
        all.add(next);
      } else {
        all.set(same, together(key, all.get(same), next));
      }
    }
  }

  /** Where each is, by what makes two of them one: lists of files have hundreds. */
  private static Map<Object, Integer> places(Key<?> key, List<Said<Object>> all) {
    Map<Object, Integer> places = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      places.put(key.sameness(all.get(i).value()), i);
    }
    return places;
  }

  /** Says a single value, instead of what was said before. */
  @SuppressWarnings("unchecked") // a Said is never written to
  public <T> void put(Key<T> key, Said<T> value) {
    say(key, Reading.single((Said<Object>) value));
  }

  /** Says one more item. */
  @SuppressWarnings("unchecked")
  public <E> void add(Key<List<E>> key, Said<E> item) {
    say(key, Reading.more(List.of((Said<Object>) item)));
  }

  /** Says one more entry of a mapping. */
  @SuppressWarnings("unchecked")
  public <V> void enter(Key<Map<String, V>> key, Said<Map.Entry<String, V>> entry) {
    say(key, Reading.more(List.of((Said<Object>) (Said<?>) entry)));
  }

  private void replace(Key<?> key, Reading<Object> reading, Origin origin) {
    if (key.kind() == Key.Kind.LIST) {
      Set<Object> stay = places(key, reading.said()).keySet();
      for (Key<?> twin : twins(key)) {
        List<Said<Object>> before = said.getOrDefault(twin, List.of());
        before.stream()
            .filter(each -> !stay.contains(key.sameness(each.value())))
            .filter(each -> each.origin().layer() < origin.layer())
            .forEach(each -> overrule(twin, each, new Statement(key.path(), "only", origin)));
        said.put(twin, keep(before, each -> each.origin().layer() == origin.layer()));
      }
      only.put(key, origin);
    }
  }

  /** What is said of it, and of the list that differs only in whether items have to be there. */
  private List<Key<?>> twins(Key<?> key) {
    return Stream.concat(Stream.of(key), said.keySet().stream().filter(key::isTwinOf))
        .<Key<?>>map(twin -> twin)
        .distinct()
        .sorted(Comparator.comparing(Key::path))
        .toList();
  }

  private static List<Said<Object>> keep(
      List<Said<Object>> among, Predicate<Said<Object>> condition) {
    return new ArrayList<>(among.stream().filter(condition).toList());
  }

  /** Of a list the first one stays, because nothing else is said; else the later one counts. */
  private Said<Object> together(Key<?> key, Said<Object> before, Said<Object> next) {
    if (key.kind() == Key.Kind.LIST) {
      Said<Object> counts = next.countsOver(before) ? next : before;
      Object value = key.together(before.value(), next.value());
      return new Said<>(value, counts.written(), counts.origin());
    }
    Object both = key.together(before.value(), next.value());
    if (!before.value().equals(next.value()) && both.equals(next.value())) {
      overrule(key, before, statement(key, next));
    }
    return new Said<>(both, next.written(), next.origin());
  }

  /** Notes that something does not hold; whoever notes it takes it away. */
  private void overrule(Key<?> key, Said<Object> what, Statement by) {
    overruled.add(new Overruled(statement(key, what), by));
  }

  private static Statement statement(Key<?> key, Said<Object> what) {
    return new Statement(key.pathOf(what), key.text(what), what.origin());
  }

  /** Takes back one thing because another one was said; says whether it was there. */
  @SuppressWarnings("unchecked")
  public boolean overrule(Key<?> key, Said<?> what, Key<?> byKey, Said<?> by) {
    List<Said<Object>> all = said.getOrDefault(key, List.of());
    List<Said<Object>> rest = keep(all, each -> !each.equals(what));
    if (rest.size() == all.size()) {
      return false;
    }
    said.put(key, rest);
    overrule(key, (Said<Object>) what, statement(byKey, (Said<Object>) by));
    return true;
  }

  /** Notes that the key is there, whatever its value. */
  void mention(Key<?> key) {
    mentioned.add(key);
  }

  /** Whether the key is there, even with a value that is a mistake. */
  public boolean mentions(Key<?> key) {
    return mentioned.contains(key) || said.containsKey(key);
  }

  /** Takes back what was said. */
  public Settings without(Key<?> key) {
    mentioned.remove(key);
    said.remove(key);
    return this;
  }

  /** What is said, or what holds where nothing is. */
  public <T> T get(Key<T> key) {
    return key.whole(said.getOrDefault(key, List.of()));
  }

  /** What is said, with its places. */
  public List<Said<Object>> all(Key<?> key) {
    return List.copyOf(said.getOrDefault(key, List.of()));
  }

  /** The items of a list, with their places. */
  @SuppressWarnings("unchecked") // items of a Key<List<E>> are E
  public <E> List<Said<E>> items(Key<List<E>> key) {
    return (List<Said<E>>) (List<?>) all(key);
  }

  /** Where a list is said to take the place of another one. */
  public Optional<Origin> onlyOf(Key<?> key) {
    return Optional.ofNullable(only.get(key));
  }

  /** Everything that is said, in the order of these keys. */
  public Stream<Statement> statements(List<Key<?>> keys) {
    return keys.stream().flatMap(key -> all(key).stream().map(each -> statement(key, each)));
  }

  public List<Overruled> overruled() {
    return List.copyOf(overruled);
  }

  /** These settings on top of those of a base profile. */
  public Settings over(Settings base) {
    Settings merged = new Settings();
    base.said.forEach((key, all) -> merged.said.put(key, new ArrayList<>(all)));
    merged.mentioned.addAll(base.mentioned);
    merged.mentioned.addAll(mentioned);
    merged.overruled.addAll(base.overruled);
    merged.overruled.addAll(overruled);
    only.forEach((key, origin) -> merged.replace(key, reading(key, origin), origin));
    said.forEach((key, all) -> merged.say(key, Reading.more(all)));
    return merged;
  }

  private Reading<Object> reading(Key<?> key, Origin origin) {
    return new Reading<>(all(key), Optional.of(origin));
  }
}
