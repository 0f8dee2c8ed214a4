package dev.hexe.policy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.testing.GuaranteeByName;
import dev.hexe.policy.cli.host.Host;
import dev.hexe.policy.cli.host.HostFiles;
import dev.hexe.policy.cli.host.Installation;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.host.LauncherProbes;
import dev.hexe.policy.engine.Backends;
import dev.hexe.policy.engine.CompileRequest;
import dev.hexe.policy.engine.CompiledPolicy;
import dev.hexe.policy.engine.PolicyCompiler;
import dev.hexe.policy.profiles.Profiles;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.verification.Finding;
import dev.hexe.policy.verification.Judgement;
import dev.hexe.policy.verification.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.converter.ConvertWith;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A verification that cannot fail is worth nothing: what `sandbox` promises is tried in sandboxes
 * that lack something.
 */
class VerificationTest {
  private static final String LAUNCHER = System.getProperty("hexe.launcher", "");
  private static final Set<Guarantee> NEED_ROOT =
      Set.of(Guarantee.READ_ONLY, Guarantee.IDENTITY, Guarantee.CAPABILITIES);

  /** What a container has, and a sandbox as well: then its devices are no more than ours. */
  private static final Set<String> OF_ANY_HOST =
      Set.of(
          ("null zero full random urandom tty console pts ptmx shm mqueue fd stdin stdout stderr"
                  + " core")
              .split(" "));

  private static Host host;
  private static CompiledPolicy sandbox;

  @BeforeAll
  static void compile() throws IOException {
    assumeTrue(Files.isExecutable(Path.of(LAUNCHER)), "needs the launcher, built before");
    host = Host.tried(invocation(), backends());
    sandbox = compiled("sandbox");
    assumeTrue(sandbox.plan().isPresent(), "needs a host that can enforce `sandbox`");
    assumeTrue(
        sandbox.decisions().all().stream().allMatch(decision -> decision.satisfied()),
        "needs a host that can enforce `sandbox` in full");
  }

  private static Backends backends() {
    return Installation.backends();
  }

  private static Invocation invocation() throws IOException {
    String caller = caller();
    return new Invocation(
        Map.of(),
        name -> name.equals("hexe.caller") ? caller : null,
        new LauncherProbes(LAUNCHER),
        new HostFiles());
  }

  // What the launcher would say, but for the groups, which change nothing here.
  private static String caller() throws IOException {
    Map<String, String> status =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .map(line -> line.split(":\\s*", 2))
            .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    String[] uids = status.getOrDefault("Uid", "").split("\\s+", -1);
    String[] gids = status.getOrDefault("Gid", "").split("\\s+", -1);
    return String.join(
        ":", uids[0], uids[1], gids[0], gids[1], status.getOrDefault("CapEff", ""), "");
  }

  private static CompiledPolicy compiled(String name) {
    ProfileContext context =
        ProfileContext.of(
            Path.of(System.getProperty("user.home", "/")),
            "me",
            Path.of("").toAbsolutePath(),
            Map.of());
    return new PolicyCompiler(backends())
        .compile(new CompileRequest(new Profiles(context).load(name), host.caller(), host.facts()));
  }

  private static List<Finding> tried(Plan plan) {
    return new Verification(LAUNCHER, host.caller(), Path.of("").toAbsolutePath(), Optional.empty())
        .of(sandbox.profile(), sandbox.decisions(), plan);
  }

  private static Set<Guarantee> broken(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.judgement() == Judgement.BROKEN)
        .map(finding -> finding.trial().guarantee())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Plan without(Set<Opcode> opcodes) {
    return new Plan(
        sandbox.plan().orElseThrow().actions().stream()
            .filter(action -> !opcodes.contains(action.opcode()))
            .toList());
  }

  @Test
  void whatIsEnforcedHolds() {
    List<Finding> findings = tried(sandbox.plan().orElseThrow());
    assertEquals(
        List.of(),
        findings.stream().filter(finding -> finding.judgement() == Judgement.BROKEN).toList());
  }

  private static boolean hasDevicesOfItsOwn() throws IOException {
    try (Stream<Path> devices = Files.list(Path.of("/dev"))) {
      return !devices.allMatch(path -> OF_ANY_HOST.contains(path.getFileName().toString()));
    }
  }

  @Test
  void withoutASandboxNothingHolds() throws IOException {
    Set<Guarantee> held = new TreeSet<>(sandbox.profile().guarantees());
    held.removeAll(broken(tried(compiled("none").plan().orElseThrow())));
    if (!hasDevicesOfItsOwn()) {
      held.remove(Guarantee.DEVICES);
    }
    if (host.caller().uid() == 0) {
      assertEquals(Set.of(), held);
    } else {
      assertTrue(NEED_ROOT.containsAll(held), held::toString);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CLOSE_DESCRIPTORS, FILES",
    "HOSTNAME, HOSTNAME",
    "SECCOMP_FILTER, SYSCALLS",
    "DROP_CAPABILITIES, CAPABILITIES",
  })
  void aMissingActionIsFound(Opcode missing, @ConvertWith(GuaranteeByName.class) Guarantee broken) {
    assumeTrue(
        host.caller().uid() == 0 || !broken.equals(Guarantee.CAPABILITIES),
        "what an ordinary user executes has no capabilities anyway");
    assertTrue(broken(tried(without(EnumSet.of(missing)))).contains(broken));
  }

  // Either keeps the caller's terminal safe without the other.
  @Test
  void aMissingTerminalIsFound() {
    Set<Opcode> both = EnumSet.of(Opcode.TERMINAL, Opcode.SECCOMP_FILTER);
    assertTrue(broken(tried(without(both))).contains(Guarantee.TERMINAL));
  }

  @Test
  void aMissingLimitOfUserNamespacesIsFound() {
    Set<Opcode> both = EnumSet.of(Opcode.LIMIT_USER_NAMESPACES, Opcode.SECCOMP_FILTER);
    assertTrue(broken(tried(without(both))).contains(Guarantee.USER_NAMESPACES));
  }
}
