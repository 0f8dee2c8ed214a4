package dev.hexe.policy.api.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.testing.ProfileBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProfileTest {
  static Stream<Arguments> asking() {
    return Stream.of(
        ask(Guarantee.FILES, p -> p.unlisted(Unlisted.DENIED)),
        ask(Guarantee.FILES, p -> p.unlisted(Unlisted.ABSENT)),
        ask(Guarantee.READ_ONLY, p -> p.read("/usr")),
        ask(Guarantee.READ_ONLY, p -> p.readIfPresent("/usr")),
        ask(Guarantee.PROTECTED, p -> p.protect("/home/me/.bashrc")),
        ask(Guarantee.HIDDEN, p -> p.hide("/home/me/.aws")),
        ask(Guarantee.IDENTITY, p -> p.identity(Identity.SUBORDINATE)),
        ask(Guarantee.LAYOUT, p -> p.fixture(new MountEntry.MessageQueues("/dev/mqueue"))),
        ask(Guarantee.LAYOUT, p -> p.root("/srv/tree", false)),
        ask(Guarantee.LAYOUT, p -> p.readOnly("/usr")),
        ask(Guarantee.NO_EXECUTE, p -> p.noExecute("/tmp")),
        ask(Guarantee.TMP, p -> p.tmp(1)),
        ask(Guarantee.DEVICES, ProfileBuilder::minimalDevices),
        ask(Guarantee.PROCESSES_INVISIBLE, ProfileBuilder::invisible),
        ask(Guarantee.PROCESSES_UNREACHABLE, ProfileBuilder::unreachable),
        ask(Guarantee.NETWORK, ProfileBuilder::noNetwork),
        ask(Guarantee.DESTINATIONS, ProfileBuilder::allow),
        ask(Guarantee.IPC, ProfileBuilder::privateIpc),
        ask(Guarantee.HOSTNAME, p -> p.hostname("hexe")),
        ask(Guarantee.CGROUPS, ProfileBuilder::privateCgroups),
        ask(Guarantee.MOUNTS, ProfileBuilder::privateMounts),
        ask(Guarantee.IDENTITY, p -> p.identity(Identity.SELF)),
        ask(Guarantee.IDENTITY, p -> p.identity(Identity.ROOT)),
        ask(Guarantee.IDENTITY, p -> p.identity(Identity.ids(0, 0))),
        ask(Guarantee.PRIVILEGE_GAIN, ProfileBuilder::noGain),
        ask(Guarantee.CAPABILITIES, ProfileBuilder::noCapabilities),
        ask(Guarantee.USER_NAMESPACES, ProfileBuilder::noUserNamespaces),
        ask(Guarantee.TERMINAL, ProfileBuilder::safeTerminal),
        ask(Guarantee.SYSCALLS, p -> p.denySystemCalls("keyctl")),
        ask(
            Guarantee.MEMORY,
            p -> p.limits(new Limits(OptionalLong.of(1), OptionalLong.empty(), null))),
        ask(
            Guarantee.PIDS,
            p -> p.limits(new Limits(OptionalLong.empty(), OptionalLong.of(1), null))),
        ask(
            Guarantee.CPU,
            p ->
                p.limits(
                    new Limits(
                        OptionalLong.empty(), OptionalLong.empty(), new Limits.CpuQuota(1, 2)))),
        ask(Guarantee.MEMORY, p -> p.limits(limits(1, 0, "", 0, List.of()))),
        ask(Guarantee.CPU, p -> p.limits(limits(0, 1, "", 0, List.of()))),
        ask(Guarantee.CPUS, p -> p.limits(limits(0, 0, "0-3", 0, List.of()))),
        ask(Guarantee.IO, p -> p.limits(limits(0, 0, "", 1, List.of()))),
        ask(
            Guarantee.IO,
            p ->
                p.limits(
                    limits(
                        0,
                        0,
                        "",
                        0,
                        List.of(
                            new IoLimit(
                                "8:0",
                                OptionalLong.of(1),
                                OptionalLong.empty(),
                                OptionalLong.empty(),
                                OptionalLong.empty()))))),
        ask(Guarantee.TIME, p -> p.limits(Limits.NONE.within(1))));
  }

  private static Limits limits(
      long memoryHigh, long cpuWeight, String cpus, long ioWeight, List<IoLimit> io) {
    return new Limits(
        OptionalLong.empty(),
        optional(memoryHigh),
        OptionalLong.empty(),
        null,
        optional(cpuWeight),
        cpus,
        optional(ioWeight),
        io,
        OptionalLong.empty(),
        Limits.USUAL_GRACE);
  }

  private static OptionalLong optional(long value) {
    return value == 0 ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static Arguments ask(Guarantee guarantee, UnaryOperator<ProfileBuilder> how) {
    return Arguments.of(guarantee, how.apply(ProfileBuilder.profile()).build());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("asking")
  void asksForWhatItSaysAndNothingElse(Guarantee guarantee, Profile profile) {
    assertEquals(Set.of(guarantee), profile.guarantees());
    assertTrue(profile.asksFor(guarantee));
  }

  @Test
  void everyGuaranteeCanBeAskedFor() {
    Set<Guarantee> others = new TreeSet<>(Guarantee.builtIn());
    others.remove(Guarantee.NEXT_RUN);
    assertEquals(
        others,
        asking().map(arguments -> (Guarantee) arguments.get()[0]).collect(Collectors.toSet()));
  }

  /** One that may become root through sudo could change everything anyway. */
  @Test
  void whatDecidesTheNextRunIsKeptWhereAnythingIs() {
    UnaryOperator<ProfileBuilder> deciding =
        profile -> profile.nextRun(List.of("/home/me/t.yaml"), List.of("/run/hexe-policy"));
    assertEquals(Set.of(), deciding.apply(ProfileBuilder.profile()).build().guarantees());
    assertEquals(
        Set.of(Guarantee.NEXT_RUN, Guarantee.PRIVILEGE_GAIN),
        deciding.apply(ProfileBuilder.profile().noGain()).build().guarantees());
    assertEquals(
        Set.of(Guarantee.NEXT_RUN, Guarantee.FILES),
        deciding.apply(ProfileBuilder.profile().unlisted(Unlisted.DENIED)).build().guarantees());
    assertEquals(
        Set.of(Guarantee.NEXT_RUN, Guarantee.LAYOUT),
        deciding.apply(ProfileBuilder.profile().readOnly("/usr")).build().guarantees());
  }

  @Test
  void asksForNothingByDefault() {
    assertEquals(Set.of(), ProfileBuilder.profile().build().guarantees());
    assertEquals(Set.of(), ProfileBuilder.profile().write("/home").list("/").build().guarantees());
  }

  @Test
  void whatIsListedItselfIsNotKept() {
    Profile profile =
        ProfileBuilder.profile()
            .protect("/home/me/.vimrc", "/home/me/.emacs")
            .hide("/home/me/.netrc", "/home/me/.aws", "/home/me/.kube")
            .write("/home/me/.vimrc", "/home/me/.aws", "/home/me/.emacs/below")
            .read("/home/me/.netrc", "/home/me/.emacs")
            .build();
    assertEquals(
        List.of("/home/me/.emacs"),
        profile.protectedPaths().stream().map(ProtectedPath::path).toList());
    assertEquals(
        List.of("/home/me/.kube"),
        profile.hiddenPaths().stream().map(ProtectedPath::path).toList());
  }

  @Test
  void guaranteesComeInTheirNaturalOrder() {
    List<Guarantee> asked =
        List.copyOf(ProfileBuilder.everything(Unlisted.ABSENT).build().guarantees());
    List<Guarantee> all = new ArrayList<>(Guarantee.builtIn());
    all.remove(Guarantee.DESTINATIONS); // instead of none at all
    assertEquals(all, asked);
  }

  @Test
  void whatNoDemandNamesIsRequiredInFull() {
    Profile profile = ProfileBuilder.profile().demand(Guarantee.CPU, Demand.PREFERRED).build();
    assertEquals(Demand.PREFERRED, profile.demand(Guarantee.CPU));
    assertEquals(new Demand(true, Strength.FULL), profile.demand(Guarantee.FILES));
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.api.profile.Guarantee#builtIn")
  void strictAndBestEffortReachEveryGuaranteeAndKeepItsStrength(Guarantee guarantee) {
    Profile profile =
        ProfileBuilder.profile().demand(Guarantee.CPU, new Demand(false, Strength.PARTIAL)).build();
    Strength wanted = guarantee.equals(Guarantee.CPU) ? Strength.PARTIAL : Strength.FULL;
    assertEquals(new Demand(true, wanted), profile.withDemands(Demand::strict).demand(guarantee));
    assertEquals(
        new Demand(false, wanted), profile.withDemands(Demand::bestEffort).demand(guarantee));
  }

  @Test
  void changingDemandsChangesNothingElse() {
    Profile profile = ProfileBuilder.everything(Unlisted.ABSENT).build();
    Profile strict = profile.withDemands(Demand::strict);
    assertEquals(profile.guarantees(), strict.guarantees());
    assertEquals(profile.files(), strict.files());
    assertEquals(profile.safeguards(), strict.safeguards());
    assertEquals(profile.environment(), strict.environment());
    assertEquals(profile.separation(), strict.separation());
    assertEquals(profile.privileges(), strict.privileges());
    assertEquals(profile.limits(), strict.limits());
    assertEquals(profile.identity(), strict.identity());
    assertEquals(profile.home(), strict.home());
  }

  @Test
  void guaranteesAreFoundByTheirIds() {
    for (Guarantee guarantee : Guarantee.builtIn()) {
      assertEquals(Optional.of(guarantee), Guarantee.withId(guarantee.id()));
    }
    assertEquals(
        Guarantee.builtIn().size(),
        Guarantee.builtIn().stream().map(Guarantee::id).distinct().count());
    assertEquals(Optional.empty(), Guarantee.withId("FILES"));
  }

  @Test
  void strengthsAreOrdered() {
    assertEquals(
        List.of(Strength.NONE, Strength.ADVISORY, Strength.PARTIAL, Strength.FULL),
        Arrays.stream(Strength.values()).sorted().toList());
    assertTrue(Strength.FULL.reaches(Strength.PARTIAL));
    assertTrue(Strength.PARTIAL.reaches(Strength.PARTIAL));
    assertEquals(false, Strength.ADVISORY.reaches(Strength.PARTIAL));
  }
}
