package dev.hexe.policy.profiles.override;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Additions of the command line to a profile. Values are as the user wrote them, see {@link
 * LimitFormats}.
 *
 * @param read paths of {@code --read}, which must exist
 * @param write paths of {@code --write}, which must exist
 * @param memory {@code --memory}
 * @param pids {@code --pids}
 * @param cpu {@code --cpu}
 * @param time {@code --time}
 * @param safeguards what is kept from the command, its environment and its ids
 * @param start how the command is started
 * @param fixtures the options of {@link MountEntryOptions}, by name
 * @param network what is reached over the network
 */
public record Overrides(
    List<String> read,
    List<String> write,
    Optional<String> memory,
    Optional<String> pids,
    Optional<String> cpu,
    Optional<String> time,
    ProtectedPathOverrides safeguards,
    StartOverrides start,
    Map<String, List<String>> fixtures,
    NetworkOverrides network) {
  /** Nothing is added. */
  public static final Overrides NONE =
      new Overrides(List.of(), List.of(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Those without a time limit. */
  public Overrides(
      List<String> read,
      List<String> write,
      Optional<String> memory,
      Optional<String> pids,
      Optional<String> cpu) {
    this(read, write, memory, pids, cpu, Optional.empty());
  }

  /** Those without safeguards and fixtures. */
  public Overrides(
      List<String> read,
      List<String> write,
      Optional<String> memory,
      Optional<String> pids,
      Optional<String> cpu,
      Optional<String> time) {
    this(
        read,
        write,
        memory,
        pids,
        cpu,
        time,
        ProtectedPathOverrides.NONE,
        StartOverrides.NONE,
        Map.of());
  }

  /** Those that leave the network as the profile has it. */
  public Overrides(
      List<String> read,
      List<String> write,
      Optional<String> memory,
      Optional<String> pids,
      Optional<String> cpu,
      Optional<String> time,
      ProtectedPathOverrides safeguards,
      StartOverrides start,
      Map<String, List<String>> fixtures) {
    this(read, write, memory, pids, cpu, time, safeguards, start, fixtures, NetworkOverrides.NONE);
  }

  /** Copies the lists. */
  public Overrides {
    read = List.copyOf(read);
    write = List.copyOf(write);
    fixtures = Map.copyOf(fixtures);
  }
}
