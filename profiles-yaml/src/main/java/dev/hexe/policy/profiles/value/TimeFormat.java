package dev.hexe.policy.profiles.value;

import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The format of times. */
public final class TimeFormat {
  private static final Pattern TIME = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,3})?)(ms|s|m|h|d)");
  private static final Map<String, Long> MILLISECONDS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
  private static final String FORMS = "accepted: `30s`, `5m`, `1.5h`, `2d`, `500ms`";

  private TimeFormat() {}

  /**
   * A time limit in milliseconds; nothing for {@code max}.
   *
   * @throws ProfileException where the text is not one
   */
  public static OptionalLong limit(String text) {
    return text.equals("max")
        ? OptionalLong.empty()
        : OptionalLong.of(milliseconds(text, "a time limit", FORMS + ", or `max`"));
  }

  /**
   * A time in milliseconds.
   *
   * @throws ProfileException where the text is not one
   */
  public static long time(String text) {
    return milliseconds(text, "a time", FORMS);
  }

  private static long milliseconds(String text, String what, String help) {
    Matcher time = TIME.matcher(text);
    long milliseconds = time.matches() ? milliseconds(time.group(1), time.group(2)) : 0;
    if (milliseconds <= 0) {
      throw new ProfileException(Quotes.quote(text) + " is not " + what, help);
    }
    return milliseconds;
  }

  private static long milliseconds(String number, String unit) {
    long each = MILLISECONDS.getOrDefault(unit, 0L);
    return new BigDecimal(number).multiply(BigDecimal.valueOf(each)).longValue();
  }
}
