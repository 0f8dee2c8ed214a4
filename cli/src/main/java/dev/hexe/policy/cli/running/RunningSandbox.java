package dev.hexe.policy.cli.running;

import java.time.Duration;
import java.util.List;

/**
 * A sandbox that runs.
 *
 * @param supervisor the process outside, whose number is the sandbox's id
 * @param started when that was started, in ticks since the boot
 * @param first the process that the supervisor started
 * @param enterable whether that can start another command inside
 * @param profile the profile's name; empty where the plan does not tell
 * @param command what runs in it
 * @param age since it was started
 * @param memory what its processes have in use together, in bytes; what they share counts for each
 * @param processes how many there are, without the supervisor
 */
public record RunningSandbox(
    long supervisor,
    long started,
    long first,
    boolean enterable,
    String profile,
    List<String> command,
    Duration age,
    long memory,
    int processes) {
  /** Copies the command. */
  public RunningSandbox {
    command = List.copyOf(command);
  }
}
