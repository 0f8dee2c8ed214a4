package dev.hexe.policy.api.profile;

import java.util.ArrayList;
import java.util.List;

/**
 * The files that decide what the next run of this program does, on this host and for this caller:
 * profiles and what they extend, this program and its Java, the plans that are kept. Whoever could
 * change it would be free from the next run on, so no list of a profile gives it to a command.
 *
 * @param fixed files, and directories with all in them, that can be read and not changed
 * @param closed directories that cannot be opened either
 * @param programs those of the fixed ones from which this program is built or started
 * @param own what is within the closed ones and decides nothing; the gateway, whose it is, runs
 *     under a profile as well
 */
public record NextRun(
    List<String> fixed, List<String> closed, List<String> programs, List<String> own) {
  /** Nothing is known. */
  public static final NextRun NONE = new NextRun(List.of(), List.of());

  private static final String REASON = "it decides what the next run of hexe-policy does";

  /** Copies the lists. */
  public NextRun {
    fixed = List.copyOf(fixed);
    closed = List.copyOf(closed);
    programs = List.copyOf(programs);
    own = List.copyOf(own);
  }

  /** Where no directory is known to be this program's own. */
  public NextRun(List<String> fixed, List<String> closed) {
    this(fixed, closed, List.of(), List.of());
  }

  /** The same, and a file beside. */
  public NextRun and(String file) {
    List<String> more = new ArrayList<>(fixed);
    more.add(file);
    return new NextRun(more, closed, programs, own);
  }

  boolean isEmpty() {
    return fixed.isEmpty() && closed.isEmpty();
  }

  /** As paths to protect. */
  public List<ProtectedPath> protectedPaths() {
    return safeguards(fixed);
  }

  /** As paths to hide. */
  public List<ProtectedPath> hiddenPaths() {
    return safeguards(closed);
  }

  private static List<ProtectedPath> safeguards(List<String> paths) {
    return paths.stream().map(path -> new ProtectedPath(path, REASON)).toList();
  }
}
