package dev.hexe.policy.profiles.network;

import dev.hexe.policy.api.network.PublishedPort;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Published ports as {@code [[ADDRESS:]OUTSIDE:]INSIDE}. */
public final class PublishedPortFormat {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Pattern FORM =
      Pattern.compile(
          "((?<address>[0-9.]+|\\[[^\\]]+\\]):(?=[^:]*:))?((?<outside>[^:]*):)?(?<inside>[^:]*)");

  private PublishedPortFormat() {}

  /**
   * A port that the host can reach.
   *
   * @throws ProfileException where the text is none
   */
  public static PublishedPort parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new ProfileException(
          Quotes.quote(text) + " is not a port to publish",
          "accepted: `3000`, `8080:80` (the host's and the sandbox's), `0.0.0.0:8080:80`, `[::1]:8080:80`");
    }
    int inside = DestinationFormat.port(matcher.group("inside"), text);
    String outside = matcher.group("outside");
    return new PublishedPort(
        address(matcher.group("address"), text),
        outside == null ? inside : DestinationFormat.port(outside, text),
        inside);
  }

  private static String address(@Nullable String address, String text) {
    if (address == null) {
      return LOOPBACK;
    }
    String bare = address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
    return Addresses.parse(bare)
        .map(Addresses::text)
        .orElseThrow(
            () ->
                new ProfileException(
                    Quotes.quote(address) + " in " + Quotes.quote(text) + " is not an address",
                    ""));
  }
}
