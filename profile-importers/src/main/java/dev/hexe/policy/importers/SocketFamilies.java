package dev.hexe.policy.importers;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Families of sockets with the kernel's numbers. */
public final class SocketFamilies {
  /** The highest that Linux has. */
  static final int LAST = 45;

  private static final Map<String, Integer> NUMBERS =
      Map.ofEntries(
          Map.entry("unix", 1),
          Map.entry("local", 1),
          Map.entry("inet", 2),
          Map.entry("ax25", 3),
          Map.entry("ipx", 4),
          Map.entry("appletalk", 5),
          Map.entry("netrom", 6),
          Map.entry("x25", 9),
          Map.entry("inet6", 10),
          Map.entry("key", 15),
          Map.entry("netlink", 16),
          Map.entry("packet", 17),
          Map.entry("rds", 21),
          Map.entry("llc", 26),
          Map.entry("can", 29),
          Map.entry("tipc", 30),
          Map.entry("bluetooth", 31),
          Map.entry("alg", 38),
          Map.entry("nfc", 39),
          Map.entry("vsock", 40),
          Map.entry("kcm", 41),
          Map.entry("qipcrtr", 42),
          Map.entry("smc", 43),
          Map.entry("xdp", 44));

  private SocketFamilies() {}

  /** The number of {@code AF_UNIX}, or of {@code unix}. */
  public static Optional<Integer> number(String name) {
    return Optional.ofNullable(NUMBERS.get(name.toLowerCase(Locale.ROOT).replaceFirst("^af_", "")));
  }
}
