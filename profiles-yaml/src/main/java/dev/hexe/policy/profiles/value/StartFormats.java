package dev.hexe.policy.profiles.value;

import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.profiles.reader.ValueReader;
import dev.hexe.policy.profiles.reader.Values;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The formats of settings on the start of a command. */
public final class StartFormats {
  private static final Pattern MASK = Pattern.compile("0?[0-7]{1,3}");
  private static final Pattern NICE = Pattern.compile("[0-9]|1[0-9]");
  private static final Pattern DESCRIPTOR = Pattern.compile("[1-9][0-9]{0,6}");
  private static final int FIRST_AFTER_STDERR = 3;
  private static final int OCTAL = 8;
  private static final int LONGEST_NAME = 4096;

  private StartFormats() {}

  /**
   * A name for the command.
   *
   * @throws ProfileException where it is none
   */
  public static Optional<String> argv0(String text) {
    if (text.isEmpty() || text.length() > LONGEST_NAME || text.indexOf('\0') >= 0) {
      throw new ProfileException(
          Quotes.quote(text) + " is not a name for a command", "accepted: a text, as in `-bash`");
    }
    return Optional.of(text);
  }

  /**
   * A file mode mask.
   *
   * @throws ProfileException where it is none
   */
  public static OptionalInt umask(String text) {
    if (!MASK.matcher(text).matches()) {
      throw new ProfileException(
          Quotes.quote(text) + " is not a file mode mask", "accepted: octal digits, as in `027`");
    }
    return OptionalInt.of(Integer.parseInt(text, OCTAL));
  }

  /**
   * A nice value. A lower one than 0 is a privilege, which a profile does not give.
   *
   * @throws ProfileException where it is none
   */
  public static OptionalInt nice(String text) {
    if (!NICE.matcher(text).matches()) {
      throw new ProfileException(
          Quotes.quote(text) + " is not a nice value",
          "accepted: 0 to 19; for less, start `hexe-policy` itself with `nice -n`, as root");
    }
    return OptionalInt.of(Integer.parseInt(text));
  }

  /**
   * The number of a descriptor.
   *
   * @throws ProfileException where it is none, or a standard one
   */
  public static Integer descriptor(String text) {
    if (!DESCRIPTOR.matcher(text).matches() || Integer.parseInt(text) < FIRST_AFTER_STDERR) {
      throw new ProfileException(
          Quotes.quote(text) + " is not a descriptor that can be passed on",
          "accepted: 3 and above; 0, 1 and 2 are always passed on");
    }
    return Integer.valueOf(text);
  }

  /** Reads a directory inside. */
  public static ValueReader<Optional<PathRule>> directory() {
    return (node, scope) ->
        Values.parsed(text -> Optional.of(scope.paths().expand(text, false))).read(node, scope);
  }
}
