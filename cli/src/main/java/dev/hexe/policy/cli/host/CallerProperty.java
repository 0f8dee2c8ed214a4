package dev.hexe.policy.cli.host;

import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.engine.rules.PolicyException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The launcher's description of the caller: real and effective user id, real and effective group
 * id, effective capabilities in hexadecimal, and the supplementary groups, as in {@code
 * 1000:1000:1000:1000:0:27,1000}.
 */
final class CallerProperty {
  private static final int FIELDS = 6;

  private CallerProperty() {}

  /**
   * Reads it.
   *
   * @throws PolicyException where it is malformed, or the real and the effective ids differ: then
   *     the caller is not the one whose rights are at stake
   */
  static Caller parse(String text) {
    String[] fields = text.split(":", -1);
    try {
      if (fields.length != FIELDS) {
        throw new NumberFormatException();
      }
      return caller(fields);
    } catch (NumberFormatException e) {
      throw new PolicyException("the launcher described its caller as `" + text + "`");
    }
  }

  private static Caller caller(String[] fields) {
    long uid = same("user", id(fields[0]), id(fields[1]));
    long gid = same("group", id(fields[2]), id(fields[3]));
    return new Caller(uid, gid, groups(fields[5]), Long.parseUnsignedLong(fields[4], 16));
  }

  private static long same(String what, long real, long effective) {
    if (real != effective) {
      throw new PolicyException(
          "the real and the effective %s id differ: %d and %d".formatted(what, real, effective));
    }
    return real;
  }

  private static Set<Long> groups(String list) {
    return list.isEmpty()
        ? Set.of()
        : Arrays.stream(list.split(",", -1)).map(CallerProperty::id).collect(Collectors.toSet());
  }

  private static long id(String text) {
    return Integer.toUnsignedLong(Integer.parseUnsignedInt(text));
  }
}
