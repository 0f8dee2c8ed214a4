package dev.hexe.policy.profiles.value;

import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The format of lists of processors, see {@code cpuset(7)}, "List format". */
public final class CpuListFormat {
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");

  private CpuListFormat() {}

  /**
   * The list as it was written; empty for {@code max}.
   *
   * @throws ProfileException where the text is not one
   */
  public static String parse(String text) {
    if (text.equals("max")) {
      return "";
    }
    if (!Arrays.stream(text.split(",", -1)).allMatch(CpuListFormat::isRange)) {
      throw new ProfileException(
          Quotes.quote(text) + " is not a list of processors",
          "accepted: numbers from 0 and ranges, as in `0-3,7`, or `max`");
    }
    return text;
  }

  private static boolean isRange(String text) {
    Matcher range = RANGE.matcher(text);
    return range.matches()
        && (range.group(2) == null
            || Integer.parseInt(range.group(1)) <= Integer.parseInt(range.group(2)));
  }
}
