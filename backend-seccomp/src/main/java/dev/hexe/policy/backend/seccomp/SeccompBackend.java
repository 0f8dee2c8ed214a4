package dev.hexe.policy.backend.seccomp;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.Lack;
import dev.hexe.policy.api.host.Probe;
import dev.hexe.policy.api.host.Remedy;
import dev.hexe.policy.api.plan.Confinement;
import dev.hexe.policy.api.spi.Compilation;
import dev.hexe.policy.api.spi.Contribution;
import dev.hexe.policy.api.spi.IsolationBackend;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Filters on system calls, see {@code seccomp(2)}: one filter for all that was chosen. */
public final class SeccompBackend implements IsolationBackend {
  static final String SECCOMP = "seccomp";
  static final String FILTER = "seccomp.filter";
  static final String LIBRARY = "seccomp.library";

  /** {@code BPF_RET | BPF_K} with {@code SECCOMP_RET_ALLOW}: a filter that filters nothing. */
  private static final byte[] ALLOW_ALL = {6, 0, 0, 0, 0, 0, (byte) 0xff, 0x7f};

  @Override
  public String id() {
    return "seccomp";
  }

  @Override
  public List<Probe> probes(Caller caller, HostReader reader) {
    return List.of(
        Probe.trying(
            FILTER,
            Confinement.noNewPrivileges(),
            Confinement.seccompFilter(ALLOW_ALL, 0, "install a filter")));
  }

  @Override
  public List<Fact> facts(Findings findings) {
    return List.of(
        findings.fact(
            FILTER,
            new Lack(
                "filters on system calls cannot be installed (" + findings.of(FILTER).errno() + ")",
                "use a kernel built with CONFIG_SECCOMP_FILTER, and allow seccomp in the surrounding container")),
        LibSeccompFinder.find()
            .map(path -> Fact.present(LIBRARY, 0, path))
            .orElseGet(
                () ->
                    Fact.missing(
                        LIBRARY,
                        "libseccomp.so.2: not found",
                        new Lack(
                            "libseccomp is not installed",
                            "install the package `libseccomp2`",
                            Remedy.LIBSECCOMP_PACKAGE))));
  }

  @Override
  public List<Mechanism> mechanisms() {
    return Arrays.stream(SeccompMechanism.values()).map(SeccompMechanism::mechanism).toList();
  }

  @Override
  public Contribution compile(Compilation compilation) {
    List<SeccompMechanism> used = used(compilation.decisions());
    if (used.isEmpty()) {
      return Contribution.NONE;
    }
    List<SystemCallRule> rules =
        used.stream()
            .flatMap(mechanism -> mechanism.denials(compilation.profile()).stream())
            .distinct()
            .toList();
    String calls =
        rules.stream().map(SystemCallRule::call).distinct().collect(Collectors.joining(", "));
    return Contribution.of(
        List.of(
            Confinement.seccompFilter(
                FilterStore.installed().filter(rules), 0, "filter system calls: " + calls)));
  }

  private static List<SeccompMechanism> used(Decisions decisions) {
    return Arrays.stream(SeccompMechanism.values())
        .filter(mechanism -> decisions.uses(mechanism.guarantee(), mechanism.id()))
        .toList();
  }
}
