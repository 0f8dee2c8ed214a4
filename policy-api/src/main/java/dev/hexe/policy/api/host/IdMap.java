package dev.hexe.policy.api.host;

import java.util.regex.Pattern;

/**
 * A map of ids as {@code /proc/PID/uid_map} has it, see {@code user_namespaces(7)}: first id
 * inside, first id outside, number of ids.
 */
public final class IdMap {
  private static final Pattern EVERY_ID = Pattern.compile("\\s*0\\s+0\\s+4294967295\\s*");

  private IdMap() {}

  /** True where each id stands for itself, as in the first user namespace. */
  public static boolean isOfEveryId(String map) {
    return EVERY_ID.matcher(map).matches();
  }
}
