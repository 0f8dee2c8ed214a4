package dev.hexe.policy.cli;

import dev.hexe.policy.api.spi.IsolationBackend;
import java.util.List;
import java.util.stream.Collectors;

/** Which versions of what. */
final class Versions {
  private Versions() {}

  /** What {@code --version} prints. */
  static String text() {
    List<IsolationBackend> backends = Installation.backends().all();
    String ids = backends.stream().map(IsolationBackend::id).collect(Collectors.joining(", "));
    return "hexe-policy %s\n%d backends: %s\nJVM %s, %s"
        .formatted(
            ours(),
            backends.size(),
            ids,
            System.getProperty("java.vm.version"),
            System.getProperty("java.vm.name"));
  }

  /** The version of this program. */
  static String ours() {
    String version = Versions.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
