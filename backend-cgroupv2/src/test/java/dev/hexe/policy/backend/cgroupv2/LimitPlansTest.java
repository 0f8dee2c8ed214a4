package dev.hexe.policy.backend.cgroupv2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Limits;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.api.spi.Compilation;
import dev.hexe.policy.api.spi.Contribution;
import dev.hexe.policy.api.spi.IsolationBackend;
import dev.hexe.policy.api.testing.Choices;
import dev.hexe.policy.api.testing.FakeTree;
import dev.hexe.policy.api.testing.Hosts;
import dev.hexe.policy.api.testing.ProfileBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The choice of the driver, and its actions. */
class LimitPlansTest {
  private static final List<IsolationBackend> BACKENDS =
      List.of(new CgroupBackend(), new ScopeBackend(), new FallbackBackend());

  private static final Limits LIMITS =
      new Limits(OptionalLong.of(512 << 20), OptionalLong.of(100), null).within(90_000);

  private static ProfileBuilder confined() {
    return ProfileBuilder.profile().unlisted(Unlisted.ABSENT).limits(LIMITS);
  }

  private static HostFacts host(String... names) {
    return new HostFacts(
        Stream.of(names)
            .map(
                name ->
                    Fact.present(name, 0, name.startsWith("cgroup.") ? "/deleg" : "/sys/fs/cgroup"))
            .toList());
  }

  private static Decisions decide(Profile profile, HostFacts facts) {
    List<Mechanism> mechanisms = new ArrayList<>();
    BACKENDS.forEach(backend -> mechanisms.addAll(backend.mechanisms()));
    return Choices.of(mechanisms, profile, facts);
  }

  private static String chosen(Guarantee guarantee, Profile profile, HostFacts facts) {
    return decide(profile, facts)
        .of(guarantee)
        .flatMap(Decision::chosen)
        .map(mechanism -> mechanism.id() + " " + mechanism.strength())
        .orElse("none");
  }

  private static List<String> plan(Profile profile, HostFacts facts) {
    Decisions decisions = decide(profile, facts);
    Compilation compilation =
        new Compilation(profile, Hosts.USER, facts, decisions, List.of(), FakeTree.empty());
    return BACKENDS.stream()
        .map(backend -> backend.compile(compilation))
        .map(Contribution::actions)
        .flatMap(List::stream)
        .map(Action::description)
        .toList();
  }

  @Test
  void aDelegatedDirectoryIsPreferred() {
    HostFacts facts =
        host(
            "cgroup.directory",
            "cgroup.memory",
            "cgroup.pids",
            "scope.directory",
            "scope.memory",
            "scope.pids");
    assertEquals(
        List.of(
            "enable memory pids below /deleg",
            "make a cgroup below /deleg",
            "memory.max = 536870912",
            "memory.swap.max = 0",
            "memory.oom.group = 1",
            "pids.max = 100",
            "at its limit, say: memory limit 512M reached (peak @peakM)",
            "at its limit, say: process limit 100 reached @count times",
            "at its limit, say: by @signal",
            "stop after 90000 ms",
            "at its limit, say: time limit 90s reached"),
        plan(confined().build(), facts));
  }

  @Test
  void aScopeIsTakenWhereItHasMore() {
    HostFacts facts =
        host("cgroup.directory", "cgroup.pids", "scope.directory", "scope.memory", "scope.pids");
    assertEquals("systemd-scope FULL", chosen(Guarantee.MEMORY, confined().build(), facts));
    assertEquals("systemd-scope FULL", chosen(Guarantee.PIDS, confined().build(), facts));
    assertEquals(
        List.of(
            "start a scope of systemd at /run/user/1000/systemd/private",
            "enable memory pids below @scope",
            "make a cgroup below @scope"),
        plan(confined().build(), facts).subList(0, 3));
  }

  @Test
  void theAddressSpaceOfEachProcessIsWhatIsLeft() {
    assertEquals(
        "rlimit-address-space PARTIAL", chosen(Guarantee.MEMORY, confined().build(), host()));
    assertEquals("none", chosen(Guarantee.PIDS, confined().build(), host()));
    assertEquals(
        List.of(
            "stop after 90000 ms",
            "at its limit, say: time limit 90s reached",
            "rlimit 9 = 536870912/536870912"),
        plan(confined().build(), host()));
  }

  @ParameterizedTest
  @CsvSource({"ALLOWED, /x", "ABSENT, /", "ABSENT, /sys", "DENIED, /sys/fs/cgroup/a"})
  void aCommandThatCanWriteTheFilesMayLiftItsLimit(Unlisted unlisted, String write) {
    Profile profile = confined().unlisted(unlisted).write(write).build();
    HostFacts facts = host("cgroup.directory", "cgroup.memory");
    assertEquals("cgroup PARTIAL", chosen(Guarantee.MEMORY, profile, facts));
    assertEquals(
        "cgroup FULL", chosen(Guarantee.MEMORY, confined().write("/system").build(), facts));
  }

  @Test
  void timeIsAlwaysLimited() {
    assertEquals("timer FULL", chosen(Guarantee.TIME, confined().build(), host()));
  }

  @Test
  void anOwnViewIsOfAnOwnCgroup() {
    Profile profile = ProfileBuilder.profile().privateCgroups().build();
    Mechanism view = Mechanism.named("ns", Guarantee.CGROUPS, Strength.FULL).rule("v").build();
    Decision decision =
        new Decision(Guarantee.CGROUPS, Demand.REQUIRED, Optional.of(view), List.of(), List.of());
    Contribution contribution =
        new CgroupBackend()
            .compile(
                new Compilation(
                    profile,
                    Hosts.USER,
                    host("cgroup.directory"),
                    new Decisions(List.of(decision)),
                    List.of(),
                    FakeTree.empty()));
    assertEquals(
        List.of(Opcode.CGROUP_CREATE),
        contribution.actions().stream().map(Action::opcode).toList());
  }

  @Test
  void everyKeyIsWritten() {
    HostFacts facts =
        host(
            "cgroup.directory",
            "cgroup.memory",
            "cgroup.pids",
            "cgroup.cpu",
            "cgroup.cpuset",
            "cgroup.io",
            "cgroup.io-weight");
    List<String> plan = plan(ProfileBuilder.everything(Unlisted.ABSENT).build(), facts);
    assertTrue(
        plan.containsAll(
            List.of(
                "memory.high = 536870912",
                "memory.max = 1073741824",
                "pids.max = 64",
                "cpu.weight = 50",
                "cpu.max = 50000 100000",
                "cpuset.cpus = 0",
                "io.weight = default 50",
                "io.max = 8:0 rbps=1048576 wiops=100")),
        plan.toString());
  }

  @Test
  void aWeightForDisksNeedsAKernelThatHasThem() {
    HostFacts facts = host("cgroup.directory", "cgroup.io");
    assertEquals(
        "none", chosen(Guarantee.IO, ProfileBuilder.everything(Unlisted.ABSENT).build(), facts));
  }

  @ParameterizedTest
  @CsvSource({
    "536870912, 512M",
    "1610612736, 1536M",
    "1073741824, 1G",
    "1024, 1K",
    "1000, 1000 bytes",
    "2199023255552, 2T"
  })
  void bytesAreShownInTheLargestUnitThatFits(long bytes, String shown) {
    assertEquals(shown, Units.bytes(bytes));
  }

  @ParameterizedTest
  @CsvSource({"1500, 1500ms", "90000, 90s", "300000, 5m", "7200000, 2h"})
  void soAreTimes(long milliseconds, String shown) {
    assertEquals(shown, Units.milliseconds(milliseconds));
  }
}
