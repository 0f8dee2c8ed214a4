package dev.hexe.policy.backend.cgroupv2;

import dev.hexe.policy.api.spi.BackendContractTest;
import dev.hexe.policy.api.spi.IsolationBackend;
import java.util.Set;

class ScopeContractTest extends BackendContractTest {
  @Override
  protected IsolationBackend backend() {
    return new ScopeBackend();
  }

  @Override
  protected Set<String> factsWithoutProbe() {
    return Set.of(
        "scope.directory",
        "scope.memory",
        "scope.pids",
        "scope.cpu",
        "scope.cpuset",
        "scope.io",
        "scope.io-weight");
  }
}
