package dev.hexe.policy.backend.network;

import dev.hexe.policy.api.spi.BackendContractTest;
import dev.hexe.policy.api.spi.IsolationBackend;
import java.util.Set;

class NetworkContractTest extends BackendContractTest {
  @Override
  protected IsolationBackend backend() {
    return new NetworkBackend();
  }

  @Override
  protected Set<String> factsOfOthers() {
    return Set.of("namespace.mount", "seccomp.filter", "seccomp.library");
  }
}
