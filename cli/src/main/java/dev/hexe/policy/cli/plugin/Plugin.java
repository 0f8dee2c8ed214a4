package dev.hexe.policy.cli.plugin;

import dev.hexe.policy.api.spi.GuaranteeProvider;
import dev.hexe.policy.api.spi.IsolationBackend;
import java.nio.file.Path;
import java.util.List;

/**
 * A plug-in that was loaded.
 *
 * @param jar where it lies
 * @param name what its manifest calls it, or the name of the jar
 * @param version as its manifest says
 * @param backends what it offers to keep guarantees
 * @param guarantees the guarantees that it adds
 */
public record Plugin(
    Path jar,
    String name,
    String version,
    List<IsolationBackend> backends,
    List<GuaranteeProvider> guarantees) {
  /** Copies the lists. */
  public Plugin {
    backends = List.copyOf(backends);
    guarantees = List.copyOf(guarantees);
  }
}
