package dev.hexe.policy.backend.seccomp;

import dev.hexe.policy.api.spi.BackendContractTest;
import dev.hexe.policy.api.spi.IsolationBackend;

class PrivilegesContractTest extends BackendContractTest {
  @Override
  protected IsolationBackend backend() {
    return new PrivilegesBackend();
  }
}
