package dev.hexe.policy.profiles.key;

import dev.hexe.policy.api.profile.AddedSettings;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.spi.GuaranteeProvider;
import dev.hexe.policy.api.spi.ProfileKey;
import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.reader.Values;
import dev.hexe.policy.profiles.reader.WordReader;
import dev.hexe.policy.profiles.yaml.ProfileException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The keys that plug-ins add to profiles, and the guarantees that they ask for. */
public final class AddedKeys {
  private record Added(ProfileKey key, Guarantee guarantee, Key<?> reader) {}

  private final List<Added> all;

  private AddedKeys(Collection<GuaranteeProvider> providers) {
    all =
        providers.stream()
            .map(it -> new Added(it.key(), it.guarantee(), reader(it.key())))
            .toList();
  }

  // Found once: those of a run do not change while it is prepared.
  private static final class Installed {
    static final AddedKeys KEYS = new AddedKeys(GuaranteeProvider.installed());
  }

  /** Those of this run. */
  public static AddedKeys installed() {
    return Installed.KEYS;
  }

  /** Those of some plug-ins. */
  static AddedKeys of(Collection<GuaranteeProvider> providers) {
    return new AddedKeys(providers);
  }

  public List<Key<?>> keys() {
    return all.stream().<Key<?>>map(Added::reader).toList();
  }

  public List<Guarantee> guarantees() {
    return all.stream().map(Added::guarantee).toList();
  }

  /** The guarantee with this id, of a plug-in. */
  public Optional<Guarantee> withId(String id) {
    return guarantees().stream().filter(guarantee -> guarantee.id().equals(id)).findFirst();
  }

  /** What settings say of these keys. */
  public AddedSettings settings(Settings settings) {
    Map<String, List<String>> values = new HashMap<>();
    Set<Guarantee> asked = new TreeSet<>();
    for (Added added : all) {
      List<String> said =
          settings.all(added.reader()).stream().map(it -> String.valueOf(it.value())).toList();
      if (!said.isEmpty()) {
        values.put(added.key().path(), said);
      }
      if (added.key().asks(said)) {
        asked.add(added.guarantee());
      }
    }
    return new AddedSettings(values, asked);
  }

  /** The keys in which {@code changed} may allow more than {@code base}. */
  public Stream<String> widerKeys(Profile base, Profile changed) {
    return all.stream()
        .map(Added::key)
        .filter(key -> !key.narrows(said(key, base), said(key, changed)))
        .map(ProfileKey::path);
  }

  private static List<String> said(ProfileKey key, Profile profile) {
    return profile.added().of(key.path());
  }

  private static Key<?> reader(ProfileKey key) {
    return key.words().isEmpty()
        ? Key.appending(key.path(), Values.list(key.item(), text -> parse(key, text)))
        : Key.replacing(key.path(), new WordReader<>(words(key)), key.words().get(0));
  }

  private static Map<String, String> words(ProfileKey key) {
    Map<String, String> words = new LinkedHashMap<>();
    key.words().forEach(word -> words.put(word, word));
    return words;
  }

  private static String parse(ProfileKey key, String text) {
    try {
      return key.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ProfileException(String.valueOf(e.getMessage()), "");
    }
  }
}
