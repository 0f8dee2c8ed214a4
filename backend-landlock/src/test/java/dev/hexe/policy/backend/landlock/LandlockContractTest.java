package dev.hexe.policy.backend.landlock;

import dev.hexe.policy.api.spi.BackendContractTest;
import dev.hexe.policy.api.spi.IsolationBackend;

class LandlockContractTest extends BackendContractTest {
  @Override
  protected IsolationBackend backend() {
    return new LandlockBackend();
  }
}
