package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.spi.BackendContractTest;
import dev.hexe.policy.api.spi.IsolationBackend;

class NamespacesContractTest extends BackendContractTest {
  @Override
  protected IsolationBackend backend() {
    return new NamespacesBackend();
  }
}
