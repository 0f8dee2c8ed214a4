package dev.hexe.policy.profiles.value;

import dev.hexe.policy.api.profile.SystemCalls.Comparison;
import dev.hexe.policy.api.profile.SystemCalls.Operator;
import dev.hexe.policy.api.profile.SystemCalls.Reaction;
import dev.hexe.policy.api.profile.SystemCalls.Reaction.Kind;
import dev.hexe.policy.api.profile.SystemCalls.Wish;
import dev.hexe.policy.profiles.yaml.Nearest;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Entries on system calls: a name or a group, comparisons of arguments in parentheses, and behind a
 * colon what is done, as in {@code socket(0 != 1 and 1 == 3):EACCES}.
 */
public final class SystemCallFormats {
  private static final Pattern ENTRY =
      Pattern.compile("(@?[a-z_][a-z0-9_-]{0,63})(?:\\((.*)\\))?(?::([A-Za-z0-9]+))?");
  private static final Pattern COMPARISON =
      Pattern.compile(
          "([0-5])\\s*(?:(!=|<=|>=|==|<|>)|&\\s*(0x[0-9a-fA-F]+|[0-9]+)\\s*==)\\s*(0x[0-9a-fA-F]+|[0-9]+)");
  private static final String AND = "\\s+and\\s+";
  private static final String EXAMPLES =
      "accepted: `ptrace`, `@mount:EACCES`, `chroot:kill`, `ioctl(1 == 0x5412)`, `socket(0 != 1 and 1 & 0xf == 3):log`";
  private static final Set<Operator> SLIPS_INTO_ALLOWED =
      EnumSet.of(Operator.NE, Operator.GT, Operator.GE);
  private static final Set<Operator> SLIPS_PAST_DENIED = EnumSet.of(Operator.LT, Operator.LE);
  private static final int LARGEST_ERRNO = 4095;

  /** Those that filters answer with in practice, see {@code errno(3)}. */
  private static final Map<String, Integer> ERRNOS =
      Map.ofEntries(
          Map.entry("EPERM", 1),
          Map.entry("ENOENT", 2),
          Map.entry("EINTR", 4),
          Map.entry("EIO", 5),
          Map.entry("ENXIO", 6),
          Map.entry("EBADF", 9),
          Map.entry("EAGAIN", 11),
          Map.entry("ENOMEM", 12),
          Map.entry("EACCES", 13),
          Map.entry("EFAULT", 14),
          Map.entry("EBUSY", 16),
          Map.entry("ENODEV", 19),
          Map.entry("EINVAL", 22),
          Map.entry("ENOSPC", 28),
          Map.entry("EROFS", 30),
          Map.entry("ENOSYS", 38),
          Map.entry("EPROTONOSUPPORT", 93),
          Map.entry("EOPNOTSUPP", 95),
          Map.entry("EAFNOSUPPORT", 97),
          Map.entry("ENETUNREACH", 101),
          Map.entry("ECONNREFUSED", 111));

  private SystemCallFormats() {}

  /**
   * An entry that allows.
   *
   * @throws ProfileException where it is none
   */
  public static Wish allowed(String text) {
    Wish wish = entry(text);
    refuse(text, wish, SLIPS_INTO_ALLOWED, "deny the opposite instead");
    if (text.indexOf(':') >= 0) {
      throw new ProfileException(
          Quotes.quote(text) + " is allowed, and says what is done with it",
          "say it under `deny`; what is done with all that is not allowed is said by `otherwise`");
    }
    return wish;
  }

  /**
   * An entry that denies.
   *
   * @throws ProfileException where it is none
   */
  public static Wish denied(String text) {
    Wish wish = entry(text);
    refuse(text, wish, SLIPS_PAST_DENIED, "allow the opposite instead");
    return wish;
  }

  /**
   * Of many arguments the kernel uses 32 bits, and a filter sees 64. A comparison that holds, or
   * does not hold, once a caller sets one of the others lets a call slip by.
   */
  private static void refuse(String text, Wish wish, Set<Operator> slipping, String help) {
    if (wish.comparisons().stream().map(Comparison::operator).anyMatch(slipping::contains)) {
      throw new ProfileException(
          Quotes.quote(text)
              + " could be passed by with bits of the argument that the kernel does not use",
          help);
    }
  }

  private static Wish entry(String text) {
    Matcher entry = ENTRY.matcher(text);
    if (!entry.matches()) {
      throw new ProfileException(Quotes.quote(text) + " is not an entry on system calls", EXAMPLES);
    }
    String name = entry.group(1);
    return new Wish(
        text,
        SystemCallNames.read().behind(name),
        name.startsWith("@"),
        entry.group(2) == null ? List.of() : comparisons(text, entry.group(2)),
        entry.group(3) == null ? Reaction.EPERM : reaction(entry.group(3)));
  }

  /**
   * What is done with a call.
   *
   * @throws ProfileException where it is nothing that can be done
   */
  public static Reaction reaction(String text) {
    if (text.equals("kill")) {
      return Reaction.KILL;
    }
    if (text.equals("log")) {
      return Reaction.LOG;
    }
    if (text.matches("[1-9][0-9]{0,3}") && Integer.parseInt(text) <= LARGEST_ERRNO) {
      return new Reaction(Kind.ERRNO, Integer.parseInt(text));
    }
    Integer errno = ERRNOS.get(text);
    if (errno == null) {
      throw new ProfileException(
          Quotes.quote(text) + " is nothing that can be done with a system call",
          Nearest.to(text, ERRNOS.keySet())
              .map(near -> "did you mean " + Quotes.quote(near) + "?")
              .orElse("accepted: `kill`, `log`, the name of an errno as in `EACCES`, or a number"));
    }
    return new Reaction(Kind.ERRNO, errno);
  }

  private static List<Comparison> comparisons(String entry, String text) {
    return Arrays.stream(text.strip().split(AND, -1)).map(part -> comparison(entry, part)).toList();
  }

  private static Comparison comparison(String entry, String text) {
    Matcher matcher = COMPARISON.matcher(text);
    if (!matcher.matches()) {
      throw new ProfileException(
          Quotes.quote(text) + " in " + Quotes.quote(entry) + " is not a comparison of an argument",
          "accepted: an index from 0 to 5, one of `==`, `!=`, `<`, `<=`, `>`, `>=` or `& MASK ==`, and a number; several with `and`");
    }
    boolean masked = matcher.group(2) == null;
    return new Comparison(
        Integer.parseInt(matcher.group(1)),
        masked ? Operator.MASKED : operator(matcher.group(2)),
        masked ? number(entry, matcher.group(3)) : 0,
        number(entry, matcher.group(4)));
  }

  private static Operator operator(String sign) {
    return Arrays.stream(Operator.values())
        .filter(each -> each.sign().equals(sign))
        .findFirst()
        .orElseThrow();
  }

  private static long number(String entry, String text) {
    try {
      return text.startsWith("0x")
          ? Long.parseUnsignedLong(text.substring(2), 16)
          : Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      throw new ProfileException(
          Quotes.quote(text) + " in " + Quotes.quote(entry) + " is larger than an argument",
          "an argument has 64 bits");
    }
  }
}
