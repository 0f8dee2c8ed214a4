package dev.hexe.policy.cli.host;

import dev.hexe.policy.api.spi.IsolationBackend;
import java.util.List;
import java.util.Optional;

/**
 * The findings of {@code doctor}.
 *
 * @param host what was tried
 * @param backends what tried it
 * @param outlooks what it means for each profile
 * @param plugins what was loaded besides
 */
public record Diagnosis(
    Host host, List<IsolationBackend> backends, List<Forecast> outlooks, PluginReport plugins) {
  /** One without plug-ins. */
  Diagnosis(Host host, List<IsolationBackend> backends, List<Forecast> outlooks) {
    this(host, backends, outlooks, new PluginReport(List.of(), Optional.empty()));
  }
}
