package dev.hexe.policy.profiles.override;

import dev.hexe.policy.api.network.NetworkAccess.Mode;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.key.NetworkChoice;
import dev.hexe.policy.profiles.key.Words;
import dev.hexe.policy.profiles.network.DestinationFormat;
import dev.hexe.policy.profiles.network.NetworkSets;
import dev.hexe.policy.profiles.network.PublishedPortFormat;
import dev.hexe.policy.profiles.reader.Said;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.yaml.Nearest;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Puts what the command line says about the network on top of a profile. */
final class NetworkOverriding {
  private static final String NETWORK = "--network";
  private static final String ALLOW = "--allow";
  private static final String DENY = "--deny";
  private static final String PUBLISH = "--publish";
  private static final String ON_DENY = "--on-deny";

  /** The words of a profile, and one that lists nothing itself. */
  private static final Map<String, NetworkChoice> MODES = modes();

  private final Settings settings;
  private final NetworkSets sets;

  NetworkOverriding(Settings settings, NetworkSets sets) {
    this.settings = settings;
    this.sets = sets;
  }

  private static Map<String, NetworkChoice> modes() {
    Map<String, NetworkChoice> modes = new LinkedHashMap<>(Words.NETWORKS);
    modes.put("allow", NetworkChoice.LISTED);
    return modes;
  }

  void apply(NetworkOverrides overrides) {
    Optional<NetworkChoice> mode =
        overrides.mode().map(text -> Overriding.parse(NETWORK, NetworkOverriding::mode, text));
    refuseContradictions(mode, overrides);
    mode.filter(choice -> choice.mode() != Mode.LISTED || base().mode() != Mode.LISTED)
        .ifPresent(choice -> say(NETWORK, choice));
    NetworkChoice listed = lists(overrides);
    if (!listed.equals(NetworkChoice.LISTED)) {
      say(option(overrides), listed);
    }
    overrides.allow().forEach(text -> refuseWhatIsDenied(text, overrides));
    base().problem().ifPresent(NetworkOverriding::refuse);
  }

  /** An option that changes nothing is refused, whoever denies what it allows. */
  private void refuseWhatIsDenied(String text, NetworkOverrides overrides) {
    NetworkChoice.refusing(sets.allowed(text), base().deny())
        .ifPresent(
            by -> {
              boolean option = overrides.deny().contains(by.text());
              throw new ProfileException(
                  Quotes.quote(ALLOW + " " + text)
                      + " is never reached: "
                      + Quotes.quote((option ? DENY + " " : "network.deny: ") + by.text())
                      + " counts over it",
                  option
                      ? "leave out one of the two"
                      : "take that out of the profile, or leave this out");
            });
  }

  private static String option(NetworkOverrides overrides) {
    if (!overrides.allow().isEmpty()) {
      return ALLOW;
    }
    return overrides.publish().isEmpty() && overrides.onDeny().isPresent() ? ON_DENY : PUBLISH;
  }

  private void say(String option, NetworkChoice choice) {
    settings.put(Keys.NETWORK, Said.byOption(option, choice, choice.text()));
  }

  private NetworkChoice base() {
    return settings.get(Keys.NETWORK);
  }

  private static void refuse(ProfileException problem) {
    throw problem;
  }

  private static boolean asks(String text) {
    return Optional.ofNullable(Words.ON_DENY.get(text))
        .orElseThrow(
            () ->
                new ProfileException(
                    Quotes.quote(text) + " is not a value of `--on-deny`",
                    Nearest.help(text, Words.ON_DENY.keySet())));
  }

  private static NetworkChoice mode(String text) {
    return Optional.ofNullable(MODES.get(text))
        .orElseThrow(
            () ->
                new ProfileException(
                    Quotes.quote(text) + " is not a network", Nearest.help(text, MODES.keySet())));
  }

  /**
   * What an option lists has to be checked by somebody, which nobody does on the host's network.
   */
  private void refuseContradictions(Optional<NetworkChoice> said, NetworkOverrides overrides) {
    Mode mode = said.orElse(base()).mode();
    boolean host = mode == Mode.HOST;
    if (said.isPresent() && mode != Mode.LISTED && !overrides.allow().isEmpty()) {
      throw new ProfileException(
          "`--network=" + overrides.mode().orElse("") + "` and `--allow` exclude each other",
          "leave out `--network`: `--allow` means that nothing else is reached");
    }
    if (mode != Mode.LISTED && overrides.allow().isEmpty() && !overrides.deny().isEmpty()) {
      throw new ProfileException(
          "`--deny` takes from what is allowed, and no destination is listed",
          host
              ? "add `--allow='*'` to allow all other names"
              : "the network is `none`: nothing is reached");
    }
    if (mode != Mode.LISTED && overrides.allow().isEmpty() && overrides.onDeny().isPresent()) {
      throw new ProfileException(
          "`--on-deny` is about what is not listed, and no destination is listed",
          "list some with `--allow`, or start from nothing with `--network=allow`");
    }
    if (host && overrides.allow().isEmpty() && !overrides.publish().isEmpty()) {
      throw new ProfileException(
          "`--publish` is for a network of the sandbox's own, and this one has the host's",
          "its ports are the host's already; or add `--network=none` or `--allow`");
    }
  }

  private NetworkChoice lists(NetworkOverrides overrides) {
    return new NetworkChoice(
        Mode.LISTED,
        all(ALLOW, sets::allowed, overrides.allow()).stream().flatMap(List::stream).toList(),
        all(DENY, DestinationFormat::denied, overrides.deny()),
        all(PUBLISH, PublishedPortFormat::parse, overrides.publish()),
        Optional.empty(),
        Optional.empty(),
        overrides.onDeny().map(text -> Overriding.parse(ON_DENY, NetworkOverriding::asks, text)));
  }

  private static <T> List<T> all(String option, Function<String, T> parser, List<String> texts) {
    return texts.stream().map(text -> Overriding.parse(option, parser, text)).toList();
  }
}
