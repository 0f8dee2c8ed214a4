package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.spi.BackendContractTest;
import dev.hexe.policy.api.spi.IsolationBackend;
import java.util.Set;

class NamespacesContractTest extends BackendContractTest {
  @Override
  protected IsolationBackend backend() {
    return new NamespacesBackend();
  }

  @Override
  protected Set<String> factsOfOthers() {
    return Set.of("seccomp.filter", "seccomp.library");
  }
}
