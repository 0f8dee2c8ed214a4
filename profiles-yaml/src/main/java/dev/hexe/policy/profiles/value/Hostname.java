package dev.hexe.policy.profiles.value;

import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.util.Optional;
import java.util.regex.Pattern;

/** A hostname as RFC 1123 has it, no longer than {@code sethostname(2)} takes. */
public final class Hostname {
  private static final int LONGEST = 64;
  private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

  private Hostname() {}

  /**
   * The hostname inside, or empty for {@code host}.
   *
   * @throws ProfileException where it is not one
   */
  public static Optional<String> parse(String text) {
    if (text.equals("host")) {
      return Optional.empty();
    }
    if (text.length() > LONGEST || !NAME.matcher(text).matches()) {
      throw new ProfileException(
          Quotes.quote(text) + " is not a hostname",
          "accepted: `host`, or up to 64 letters, digits and inner hyphens, in labels joined by dots");
    }
    return Optional.of(text);
  }
}
