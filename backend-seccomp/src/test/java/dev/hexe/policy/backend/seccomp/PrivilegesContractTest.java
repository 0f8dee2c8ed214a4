package dev.hexe.policy.backend.seccomp;

import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.spi.BackendContractTest;
import dev.hexe.policy.api.spi.IsolationBackend;

class PrivilegesContractTest extends BackendContractTest {
  @Override
  protected IsolationBackend backend() {
    return new PrivilegesBackend();
  }

  /** Every kernel has sessions. */
  @Override
  protected boolean worksAnywhere(Mechanism mechanism) {
    return mechanism.id().equals("new-session");
  }
}
