package dev.hexe.policy.backend.cgroupv2;

import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.spi.BackendContractTest;
import dev.hexe.policy.api.spi.IsolationBackend;

class FallbackContractTest extends BackendContractTest {
  @Override
  protected IsolationBackend backend() {
    return new FallbackBackend();
  }

  @Override
  protected boolean worksAnywhere(Mechanism mechanism) {
    return true;
  }
}
