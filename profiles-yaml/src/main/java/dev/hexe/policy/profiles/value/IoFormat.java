package dev.hexe.policy.profiles.value;

import dev.hexe.policy.api.profile.IoLimit;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** The format of limits on disks: {@code /dev/sda read=10M write=5M}. */
public final class IoFormat {
  private static final String READ = "read";
  private static final String WRITE = "write";
  private static final String READ_OPERATIONS = "read-ops";
  private static final String WRITE_OPERATIONS = "write-ops";
  private static final Set<String> RATES = Set.of(READ, WRITE, READ_OPERATIONS, WRITE_OPERATIONS);
  private static final Pattern NUMBERS = Pattern.compile("[0-9]{1,4}:[0-9]{1,7}");
  private static final int FILE_TYPE = 0170000;
  private static final int BLOCK_DEVICE = 0060000;
  private static final String HELP =
      "accepted: a block device and what it may do in a second, as in"
          + " `/dev/sda read=10M write=5M` or `8:0 read-ops=1000 write-ops=500`";

  private IoFormat() {}

  /**
   * The limits on one device.
   *
   * @throws ProfileException where the text is not one, or there is no such device
   */
  public static IoLimit parse(String text) {
    String[] words = text.split(" +", -1);
    Map<String, Long> rates = new HashMap<>();
    for (String word : Arrays.asList(words).subList(1, words.length)) {
      String[] parts = word.split("=", 2);
      if (parts.length < 2 || !RATES.contains(parts[0]) || rates.containsKey(parts[0])) {
        throw bad(text);
      }
      rates.put(parts[0], LimitFormats.size(parts[1]));
    }
    if (rates.isEmpty()) {
      throw bad(text);
    }
    return new IoLimit(
        device(words[0], text),
        rate(rates, READ),
        rate(rates, WRITE),
        rate(rates, READ_OPERATIONS),
        rate(rates, WRITE_OPERATIONS));
  }

  private static OptionalLong rate(Map<String, Long> rates, String name) {
    return Optional.ofNullable(rates.get(name)).map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  private static String device(String word, String text) {
    if (NUMBERS.matcher(word).matches()) {
      return word;
    }
    if (!word.startsWith("/")) {
      throw bad(text);
    }
    return numbers(word)
        .orElseThrow(
            () -> new ProfileException(Quotes.quote(word) + " is not a block device", HELP));
  }

  /** As {@code makedev(3)} of Linux packs them. */
  private static Optional<String> numbers(String path) {
    try {
      Map<String, Object> status = Files.readAttributes(Path.of(path), "unix:mode,rdev");
      if (!(status.get("mode") instanceof Integer mode)
          || !(status.get("rdev") instanceof Long device)
          || (mode & FILE_TYPE) != BLOCK_DEVICE) {
        return Optional.empty();
      }
      long major = ((device >>> 8) & 0xfff) | ((device >>> 32) & 0xfffff000L);
      long minor = (device & 0xff) | ((device >>> 12) & 0xffffff00L);
      return Optional.of(major + ":" + minor);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static ProfileException bad(String text) {
    return new ProfileException(Quotes.quote(text) + " is not a limit on a disk", HELP);
  }
}
