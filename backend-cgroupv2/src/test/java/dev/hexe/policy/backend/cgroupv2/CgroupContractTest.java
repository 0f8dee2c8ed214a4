package dev.hexe.policy.backend.cgroupv2;

import dev.hexe.policy.api.spi.BackendContractTest;
import dev.hexe.policy.api.spi.IsolationBackend;
import java.util.Set;

class CgroupContractTest extends BackendContractTest {
  @Override
  protected IsolationBackend backend() {
    return new CgroupBackend();
  }

  @Override
  protected Set<String> factsWithoutProbe() {
    return Set.of(
        "cgroup.directory",
        "cgroup.memory",
        "cgroup.pids",
        "cgroup.cpu",
        "cgroup.cpuset",
        "cgroup.io",
        "cgroup.io-weight");
  }
}
