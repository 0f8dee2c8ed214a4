package dev.hexe.policy.profiles.reader;

import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.profiles.yaml.YamlText;
import org.jspecify.annotations.Nullable;

/**
 * A value with the place where it was said.
 *
 * @param value what it means
 * @param written as YAML on one line
 * @param origin where it was said
 */
public record Said<T>(T value, String written, Origin origin) {
  /** Said by an option. */
  public static <T> Said<T> byOption(String option, T value, String written) {
    return new Said<>(value, YamlText.scalar(written), new Origin.Option(option));
  }

  /** Whether a file said it. */
  public boolean isInFile() {
    return origin instanceof Origin.InFile;
  }

  /**
   * Whether the profile's own file said it: what is inherited may be meant for those who extend it,
   * and what is shipped for options.
   */
  public boolean isOfOwnFile() {
    return origin instanceof Origin.InFile place
        && place.layer() >= Origin.OWN_LAYER
        && place.layer() < Origin.PROJECT_LAYER
        && !place.file().startsWith("built-in ");
  }

  /** Whether it is one of a list that was asked for as a whole. */
  public boolean isGeneric() {
    return origin instanceof Origin.DefaultList;
  }

  /** Whether it was said later than another value, or of the two is the one that was named. */
  boolean countsOver(Said<?> other) {
    int later = Integer.compare(origin.layer(), other.origin.layer());
    return later > 0 || (later == 0 && (other.isGeneric() || !isGeneric()));
  }

  // Made by hand: the JDK makes these of method handles at the first use, which takes milliseconds.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Said<?> that
        && value.equals(that.value)
        && written.equals(that.written)
        && origin.equals(that.origin);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * value.hashCode() + written.hashCode()) + origin.hashCode();
  }
}
