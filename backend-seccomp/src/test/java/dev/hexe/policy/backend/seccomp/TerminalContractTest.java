package dev.hexe.policy.backend.seccomp;

import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.spi.BackendContractTest;
import dev.hexe.policy.api.spi.IsolationBackend;

class TerminalContractTest extends BackendContractTest {
  @Override
  protected IsolationBackend backend() {
    return new TerminalBackend();
  }

  /** Every kernel has sessions. */
  @Override
  protected boolean worksAnywhere(Mechanism mechanism) {
    return mechanism.id().equals("new-session");
  }
}
