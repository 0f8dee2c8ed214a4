package dev.hexe.policy.cli.exposure;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Environment variables that speak of secrets. Their values are never looked at. */
final class SecretNames {
  private static final Pattern SECRET =
      Pattern.compile(
          "(.*_|)(TOKEN|KEY|KEYS|SECRET|SECRETS|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?|APIKEY|PAT|ACCESS_KEY_ID)"
              + "|AWS_.*|.*(API_?KEY|ACCESS_?TOKEN|SECRET_?KEY|PASSWORD).*");

  /** Settings, not secrets. */
  private static final Set<String> HARMLESS =
      Set.of(
          "AWS_CA_BUNDLE",
          "AWS_CONFIG_FILE",
          "AWS_DEFAULT_OUTPUT",
          "AWS_DEFAULT_PROFILE",
          "AWS_DEFAULT_REGION",
          "AWS_PAGER",
          "AWS_PROFILE",
          "AWS_REGION");

  private SecretNames() {}

  static Stream<Exposure> find(Here here) {
    List<String> names =
        here.environment().keySet().stream().filter(SecretNames::isOne).sorted().toList();
    return names.isEmpty() ? Stream.of() : Stream.of(Exposure.of(Kind.SECRET_ENVIRONMENT, names));
  }

  private static boolean isOne(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return !HARMLESS.contains(upper) && SECRET.matcher(upper).matches();
  }
}
