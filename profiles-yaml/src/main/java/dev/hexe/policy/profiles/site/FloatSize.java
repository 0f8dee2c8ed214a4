package dev.hexe.policy.profiles.site;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The size and place of a float's window, in per cent of the terminal.
 *
 * @param x 0 is left, 50 the middle, 100 right
 * @param y 0 is the top, 100 the bottom
 */
public record FloatSize(int width, int height, int x, int y) {
  /** What is said where nothing is. */
  public static final FloatSize USUAL = new FloatSize(60, 60, 50, 50);

  /** What is accepted, for messages. */
  public static final String HELP =
      "width, height and place in per cent, as in `80,60` or `80,60,50,50`";

  private static final Pattern TEXT = Pattern.compile("(100|[1-9][0-9]?)(,(100|[1-9]?[0-9])){1,3}");

  /** {@code WIDTH,HEIGHT}, with {@code ,X,Y} behind it or not; empty where it is something else. */
  public static Optional<FloatSize> parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      return Optional.empty();
    }
    int[] numbers = Arrays.stream(text.split(",", -1)).mapToInt(Integer::parseInt).toArray();
    return numbers[1] == 0 || numbers.length == 3
        ? Optional.empty()
        : Optional.of(
            numbers.length == 2
                ? new FloatSize(numbers[0], numbers[1], USUAL.x, USUAL.y)
                : new FloatSize(numbers[0], numbers[1], numbers[2], numbers[3]));
  }
}
