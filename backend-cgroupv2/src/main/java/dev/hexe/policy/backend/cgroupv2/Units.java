package dev.hexe.policy.backend.cgroupv2;

import java.util.List;

/** Numbers as people write them, exactly: in the largest unit that leaves no fraction. */
final class Units {
  private static final List<String> SIZES = List.of("T", "G", "M", "K");

  private Units() {}

  static String bytes(long bytes) {
    int shift = 10 * SIZES.size();
    for (String unit : SIZES) {
      if (bytes != 0 && bytes % (1L << shift) == 0) {
        return (bytes >> shift) + unit;
      }
      shift -= 10;
    }
    return bytes + " bytes";
  }

  static String milliseconds(long time) {
    if (time % 3_600_000 == 0) {
      return time / 3_600_000 + "h";
    }
    if (time % 60_000 == 0) {
      return time / 60_000 + "m";
    }
    return time % 1_000 == 0 ? time / 1_000 + "s" : time + "ms";
  }
}
