package dev.hexe.policy.profiles;

import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.spi.GuaranteeProvider;
import dev.hexe.policy.api.spi.ProfileKey;
import dev.hexe.policy.profiles.host.HostConditions;
import dev.hexe.policy.profiles.key.DemandReader;
import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.reader.OwnVariables;
import dev.hexe.policy.profiles.setting.ProfileKeys;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Refuses guarantees of plug-ins that do not fit those and the keys that are there already. */
public final class AddedKeyRules {
  private static final Pattern PATH =
      Pattern.compile("[a-z][a-z0-9-]{0,63}(\\.[a-z][a-z0-9-]{0,63}){0,2}");
  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]{0,63}");

  /** Words that YAML, or this program, has for something else. */
  private static final List<String> TAKEN =
      List.of("null", "true", "false", DemandReader.DEFAULT, OwnVariables.KEY, HostConditions.KEY);

  private AddedKeyRules() {}

  /**
   * Why a guarantee cannot be added; empty where it can.
   *
   * @param others those that were added before
   */
  public static Optional<String> problem(
      GuaranteeProvider provider, List<GuaranteeProvider> others) {
    return Stream.of(
            id(provider.guarantee()),
            key(provider.key()),
            words(provider.key()),
            others.stream().flatMap(other -> clash(provider, other).stream()).findFirst())
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> id(Guarantee guarantee) {
    String id = Quotes.quote(guarantee.id());
    if (Guarantee.withId(guarantee.id()).isPresent()) {
      return Optional.of("its guarantee " + id + " is one of hexe-policy's own");
    }
    return isWord(guarantee.id())
        ? Optional.empty()
        : Optional.of("its guarantee " + id + " has a name that is not lower-case letters and `-`");
  }

  private static Optional<String> key(ProfileKey key) {
    String path = key.path();
    if (!PATH.matcher(path).matches() || TAKEN.contains(path)) {
      return Optional.of("its key " + Quotes.quote(path) + " cannot be a key of a profile");
    }
    return ProfileKeys.ALL.stream()
        .map(Key::path)
        .filter(ours -> overlap(ours, path))
        .findFirst()
        .map(
            ours ->
                "its key "
                    + Quotes.quote(path)
                    + " is taken: hexe-policy has "
                    + Quotes.quote(ours)
                    + " itself");
  }

  private static Optional<String> words(ProfileKey key) {
    boolean some = key.words().isEmpty() || key.words().size() > 1;
    boolean distinct = key.words().stream().distinct().count() == key.words().size();
    return some && distinct && key.words().stream().allMatch(AddedKeyRules::isWord)
        ? Optional.empty()
        : Optional.of(
            "its key "
                + Quotes.quote(key.path())
                + " needs two words at least, each once, of lower-case letters and `-`");
  }

  private static Optional<String> clash(GuaranteeProvider one, GuaranteeProvider other) {
    if (one.guarantee().equals(other.guarantee())) {
      return Optional.of(
          "its guarantee " + Quotes.quote(one.guarantee().id()) + " is added by another plug-in");
    }
    return overlap(one.key().path(), other.key().path())
        ? Optional.of("its key " + Quotes.quote(one.key().path()) + " is added by another plug-in")
        : Optional.empty();
  }

  /** Whether one is the other, or a section that the other is in. */
  private static boolean overlap(String one, String other) {
    return (one + ".").startsWith(other + ".") || (other + ".").startsWith(one + ".");
  }

  private static boolean isWord(String text) {
    return WORD.matcher(text).matches() && !TAKEN.contains(text);
  }
}
