package dev.hexe.policy.backend.seccomp;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hexe.policy.api.spi.BackendContractTest;
import dev.hexe.policy.api.spi.IsolationBackend;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;

class SeccompContractTest extends BackendContractTest {
  @BeforeAll
  static void needTheLibrary() {
    assumeTrue(LibSeccompFinder.find().isPresent(), "needs libseccomp (libseccomp2)");
  }

  @Override
  protected IsolationBackend backend() {
    return new SeccompBackend();
  }

  @Override
  protected Set<String> factsWithoutProbe() {
    return Set.of(SeccompBackend.LIBRARY, SeccompBackend.OWNER);
  }
}
