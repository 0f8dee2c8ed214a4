package dev.hexe.policy.verification.environment;

import dev.hexe.policy.api.host.Caller;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The things outside of the sandbox while it is tried out.
 *
 * @param caller who started it
 * @param tcp a port on the host's loopback where somebody listens
 * @param udp a port on the host's loopback where somebody answers
 * @param bystander what else belongs to the caller, by the names that the launcher gives it
 * @param canary a directory that no profile lists by itself; empty where there is no place for it
 * @param temporary a file in the host's /tmp
 * @param workingDirectory the caller's
 * @param mountPoints all of the host's
 * @param processors those that the caller may use, as in {@code 0-3,7}
 * @param disks where the sandbox can make files
 * @param network what is reached outside
 * @param calls the numbers of system calls, by their names
 */
public record TestEnvironment(
    Caller caller,
    int tcp,
    int udp,
    Map<String, String> bystander,
    Optional<Path> canary,
    Path temporary,
    Path workingDirectory,
    List<String> mountPoints,
    String processors,
    Disks disks,
    HostNetwork network,
    SystemCalls calls) {
  /** The name of the file in the canary. */
  public static final String SECRET = "secret";

  /** The name of the program in the canary. */
  public static final String PROGRAM = "program";

  /** The name of a file in the canary that may be lost. */
  public static final String SPARE = "spare";

  /** The name of the socket in the canary. */
  public static final String SOCKET = "socket";

  /** Copies. */
  public TestEnvironment {
    bystander = Map.copyOf(bystander);
    mountPoints = List.copyOf(mountPoints);
  }

  /** Something of the bystander's. */
  public Optional<String> of(String name) {
    return Optional.ofNullable(bystander.get(name));
  }
}
