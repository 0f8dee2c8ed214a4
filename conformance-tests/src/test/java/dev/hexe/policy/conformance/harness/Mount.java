package dev.hexe.policy.conformance.harness;

import java.util.List;
import java.util.Set;

/**
 * A line of {@code /proc/self/mountinfo}.
 *
 * @param path where it is mounted
 * @param flags of the mount, such as {@code ro}
 * @param propagation the optional fields, such as {@code shared:1}; none for a private mount
 * @param type of the file system
 * @param options of the file system, such as {@code size=131072k}
 */
public record Mount(
    String path, Set<String> flags, List<String> propagation, String type, Set<String> options) {
  static Mount parse(String line) {
    List<String> words = List.of(line.split(" ", -1));
    int separator = words.indexOf("-");
    return new Mount(
        words.get(4),
        Set.of(words.get(5).split(",", -1)),
        words.subList(6, separator),
        words.get(separator + 1),
        Set.of(words.get(separator + 3).split(",", -1)));
  }
}
