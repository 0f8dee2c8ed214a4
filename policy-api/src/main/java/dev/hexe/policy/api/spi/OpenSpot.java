package dev.hexe.policy.api.spi;

import java.util.List;

/**
 * Something that a sandbox leaves open.
 *
 * @param id a stable name of lower-case letters, digits and {@code -}
 * @param weight what it counts, in tenths, from 1 to 10; {@code docs/exposures.md} says how the
 *     others are weighed
 * @param what what can be done, as a sentence without a period
 * @param evidence what was seen of it: paths, ports, names; never a value
 * @param close what would close it
 */
public record OpenSpot(String id, int weight, String what, List<String> evidence, String close) {
  private static final int HEAVIEST = 10;

  /**
   * Copies the evidence.
   *
   * @throws IllegalArgumentException where the weight is out of range
   */
  public OpenSpot {
    if (weight < 1 || weight > HEAVIEST) {
      throw new IllegalArgumentException("the weight of `" + id + "` is not from 1 to 10");
    }
    evidence = List.copyOf(evidence);
  }
}
