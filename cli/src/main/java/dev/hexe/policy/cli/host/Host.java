package dev.hexe.policy.cli.host;

import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.cli.text.Words;
import dev.hexe.policy.engine.Backends;
import dev.hexe.policy.engine.HostProber;

/**
 * A host and somebody on it.
 *
 * @param kernel the kernel's release
 * @param caller for whom it was tried
 * @param facts what it offers
 */
public record Host(String kernel, Caller caller, HostFacts facts) {
  private static final String RELEASE = "/proc/sys/kernel/osrelease";

  /** This host, tried now. */
  public static Host tried(Invocation invocation, Backends backends) {
    Caller caller = invocation.caller();
    HostFacts facts =
        new HostProber(backends, invocation.probes(), invocation.reader()).probe(caller);
    return new Host(invocation.reader().read(RELEASE).orElse("unknown"), caller, facts);
  }

  /** The kernel and the caller on one line. */
  public String summary() {
    return "Linux %s, uid %d, gid %d%s%s"
        .formatted(
            kernel,
            caller.uid(),
            caller.gid(),
            caller.groups().isEmpty()
                ? ""
                : ", " + Words.count(caller.groups().size(), "supplementary group"),
            caller.capabilities() == 0
                ? ""
                : ", capabilities 0x" + Long.toHexString(caller.capabilities()));
  }
}
