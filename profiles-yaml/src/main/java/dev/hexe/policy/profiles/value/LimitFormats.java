package dev.hexe.policy.profiles.value;

import dev.hexe.policy.api.profile.Limits.CpuQuota;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The formats of limits. What {@code max} stands for, no limit, is an empty result. Values the
 * kernel would reject are rejected here, see {@code cgroup-v2.rst}.
 */
public final class LimitFormats {
  /** Microseconds; the kernel's own default for {@code cpu.max}. */
  private static final long PERIOD = 100_000;

  private static final long SHORTEST = 1_000;
  private static final long LONGEST_PERIOD = 1_000_000;
  private static final long LARGEST_QUOTA = (1L << 44) - 1;

  /** Less is a number whose unit was forgotten. */
  private static final long LEAST_MEMORY = 1 << 16;

  /** A page; the kernel makes no smaller file system in memory. */
  private static final long LEAST_ROOM = 1 << 12;

  private static final long MOST_PIDS = 4_194_304;
  private static final long LARGEST_WEIGHT = 10_000;
  private static final String MAX = "max";

  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,18})([KMGTkmgt]?)");
  private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,6}");
  private static final Pattern QUOTA = Pattern.compile("([1-9][0-9]{0,14}) +([1-9][0-9]{0,6})");
  private static final Pattern CORES = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3})?");
  private static final Pattern PERCENT = Pattern.compile("([0-9]{1,6}(\\.[0-9]{1,3})?)%");
  private static final Map<String, Integer> SHIFTS =
      Map.of("", 0, "K", 10, "M", 20, "G", 30, "T", 40);

  private static final String SIZE_HELP = "accepted: `128M`, `1G`, or bytes as in `134217728`";
  private static final String MEMORY_HELP =
      "accepted: `512M`, `1G`, bytes as in `1073741824`, or `max`";
  private static final String PIDS_HELP = "accepted: a number from 1 to 4194304, or `max`";
  private static final String CPU_HELP =
      "accepted: processors as in `0.5`, a percentage of one as in `50%`,"
          + " microseconds in each period as in `50000 100000`, or `max`";

  private static final String WEIGHT_HELP =
      "accepted: a number from 1 to 10000; what says nothing else has 100";

  private LimitFormats() {}

  /**
   * A size in bytes.
   *
   * @throws ProfileException where the text is not one
   */
  public static long size(String text) {
    return bytes(text).orElseThrow(() -> bad(text, "a size", SIZE_HELP));
  }

  /**
   * The size of a file system in memory, in bytes.
   *
   * @throws ProfileException where the text is not one, or no file would fit
   */
  public static long room(String text) {
    return atLeast(LEAST_ROOM, size(text), "bytes hold no file");
  }

  /** A size as profiles write it. */
  public static String text(long size) {
    String units = " KMGT";
    long number = size;
    int unit = 0;
    while (number != 0 && number % 1024 == 0 && unit < units.length() - 1) {
      number /= 1024;
      unit++;
    }
    return (number + units.substring(unit, unit + 1)).trim();
  }

  /**
   * A memory limit in bytes.
   *
   * @throws ProfileException where the text is not one, or no program could run
   */
  public static OptionalLong memory(String text) {
    if (text.equals(MAX)) {
      return OptionalLong.empty();
    }
    long bytes = bytes(text).orElseThrow(() -> bad(text, "a memory limit", MEMORY_HELP));
    return OptionalLong.of(atLeast(LEAST_MEMORY, bytes, "bytes hold no program"));
  }

  private static long atLeast(long least, long bytes, String problem) {
    if (bytes < least) {
      throw new ProfileException(
          Quotes.quote(Long.toString(bytes)) + " " + problem, "did you mean `" + bytes + "M`?");
    }
    return bytes;
  }

  /**
   * A limit on the number of processes and threads.
   *
   * @throws ProfileException where the text is not one
   */
  public static OptionalLong pids(String text) {
    if (text.equals(MAX)) {
      return OptionalLong.empty();
    }
    if (!COUNT.matcher(text).matches() || Long.parseLong(text) > MOST_PIDS) {
      throw bad(text, "a limit on processes", PIDS_HELP);
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  /**
   * A limit on processor time. Decimal forms are taken for a period of 100 ms.
   *
   * @throws ProfileException where the text is not one, or the quota is less than 1 ms, or the
   *     period is not between 1 ms and 1 s
   */
  public static Optional<CpuQuota> cpu(String text) {
    if (text.equals(MAX)) {
      return Optional.empty();
    }
    CpuQuota quota = quota(text);
    if (quota.quota() < SHORTEST
        || quota.quota() > LARGEST_QUOTA
        || quota.period() < SHORTEST
        || quota.period() > LONGEST_PERIOD) {
      throw bad(text, "a limit on processor time", CPU_HELP);
    }
    return Optional.of(quota);
  }

  /**
   * A share among others that want the same.
   *
   * @throws ProfileException where the text is not one
   */
  public static OptionalLong weight(String text) {
    if (!COUNT.matcher(text).matches() || Long.parseLong(text) > LARGEST_WEIGHT) {
      throw bad(text, "a weight", WEIGHT_HELP);
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  /**
   * A time limit in milliseconds.
   *
   * @throws ProfileException where the text is not one
   */
  public static OptionalLong time(String text) {
    return TimeFormat.limit(text);
  }

  private static CpuQuota quota(String text) {
    Matcher quota = QUOTA.matcher(text);
    if (quota.matches()) {
      return new CpuQuota(Long.parseLong(quota.group(1)), Long.parseLong(quota.group(2)));
    }
    Matcher percent = PERCENT.matcher(text);
    if (percent.matches()) {
      return share(percent.group(1), PERIOD / 100);
    }
    if (CORES.matcher(text).matches()) {
      return share(text, PERIOD);
    }
    throw bad(text, "a limit on processor time", CPU_HELP);
  }

  private static CpuQuota share(String number, long unit) {
    return new CpuQuota(
        new BigDecimal(number).multiply(BigDecimal.valueOf(unit)).longValue(), PERIOD);
  }

  private static Optional<Long> bytes(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      return Optional.empty();
    }
    int shift = SHIFTS.getOrDefault(size.group(2).toUpperCase(java.util.Locale.ROOT), 0);
    BigInteger bytes = new BigInteger(size.group(1)).shiftLeft(shift);
    return bytes.bitLength() < Long.SIZE ? Optional.of(bytes.longValue()) : Optional.empty();
  }

  private static ProfileException bad(String text, String what, String help) {
    return new ProfileException(Quotes.quote(text) + " is not " + what, help);
  }
}
