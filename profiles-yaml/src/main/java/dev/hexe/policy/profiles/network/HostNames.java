package dev.hexe.policy.profiles.network;

import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of hosts, in the one form in which they are compared. */
public final class HostNames {
  /** This host; what is below it is the same, and no resolver is asked for it: RFC 6761. */
  static final String LOCAL = "localhost";

  private static final int LONGEST = 253;
  private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");

  /** What programs take for an address, in decimal, octal or hexadecimal. */
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

  /**
   * Letters that older programs replace and newer ones keep, so that each asks for another host.
   */
  private static final Pattern AMBIGUOUS = Pattern.compile("[\\u00df\\u1e9e\\u03c2\\u200c\\u200d]");

  private HostNames() {}

  /**
   * The name in lower case and ASCII, without a trailing dot.
   *
   * @throws ProfileException where it is none
   */
  static String canonical(String text) {
    String name = ascii(text.endsWith(".") ? text.substring(0, text.length() - 1) : text);
    String[] labels = name.split("\\.", -1);
    for (String label : labels) {
      if (!LABEL.matcher(label).matches()) {
        throw noName(text, "a name has letters, digits and hyphens between its dots");
      }
    }
    if (name.length() > LONGEST) {
      throw noName(text, "a name has at most 253 characters");
    }
    if (NUMBER.matcher(labels[labels.length - 1]).matches()) {
      throw noName(
          text, "write an address in its usual notation, as in `10.1.2.3` or `[2001:db8::1]`");
    }
    return name;
  }

  /**
   * The same for a name that may lead away from this host.
   *
   * @throws ProfileException where it is none
   */
  static String elsewhere(String text) {
    String name = canonical(text);
    if (name.equals(LOCAL) || name.endsWith("." + LOCAL)) {
      throw new ProfileException(
          Quotes.quote(text) + " is the loopback interface, as all names below `localhost`",
          "write `localhost` with a port: what is listed so is found by these names as well");
    }
    return name;
  }

  private static String ascii(String text) {
    if (AMBIGUOUS.matcher(text).find()) {
      throw new ProfileException(
          Quotes.quote(text) + " has a letter that programs write in two ways",
          "write the name in ASCII, as in `xn--strae-oqa.example` or `strasse.example` for `straße.example`");
    }
    try {
      return IDN.toASCII(text).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw noName(text, "a name has letters, digits and hyphens between its dots");
    }
  }

  private static ProfileException noName(String text, String help) {
    return new ProfileException(Quotes.quote(text) + " is not the name of a host", help);
  }
}
