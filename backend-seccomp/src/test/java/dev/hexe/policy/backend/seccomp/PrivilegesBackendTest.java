package dev.hexe.policy.backend.seccomp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.RestrictionActions;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Identity;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.spi.Compilation;
import dev.hexe.policy.api.testing.Choices;
import dev.hexe.policy.api.testing.FakeTree;
import dev.hexe.policy.api.testing.Hosts;
import dev.hexe.policy.api.testing.ProfileBuilder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PrivilegesBackendTest {
  private static final HostFacts HOST = Hosts.with("privileges.no-new-privs");
  private static final Caller SETPCAP = new Caller(1000, 1000, Set.of(), 1L << 8);
  private static final Caller ALL_BUT_SETPCAP = new Caller(0, 0, Set.of(), ~(1L << 8));

  private static List<Action> actions(Caller caller, Profile profile) {
    PrivilegesBackend backend = new PrivilegesBackend();
    return backend
        .compile(
            new Compilation(
                profile,
                caller,
                HOST,
                Choices.of(backend.mechanisms(), profile, HOST),
                List.of(),
                FakeTree.empty()))
        .actions();
  }

  static Stream<Arguments> callers() {
    return Stream.of(
        Arguments.of("an ordinary user", Hosts.USER, true),
        Arguments.of("root", Hosts.ROOT, false),
        Arguments.of("a user with CAP_SETPCAP", SETPCAP, false),
        Arguments.of("root without CAP_SETPCAP, as in containers", ALL_BUT_SETPCAP, true));
  }

  /** Whether or not it runs in place: it may end up without a user namespace all the same. */
  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("callers")
  void boundingSetIsLeftToWhoMayNotChangeIt(String who, Caller caller, boolean left) {
    for (ProfileBuilder profile :
        List.of(
            ProfileBuilder.profile(),
            ProfileBuilder.profile().inPlace(),
            ProfileBuilder.profile().identity(Identity.SELF))) {
      assertEquals(
          List.of(
              RestrictionActions.dropCapabilities(0, left), RestrictionActions.noNewPrivileges()),
          actions(caller, profile.noGain().noCapabilities().build()));
    }
  }

  @Test
  void gainIsRuledOutAloneWhereNothingElseIsAskedFor() {
    assertEquals(
        List.of(RestrictionActions.noNewPrivileges()),
        actions(Hosts.USER, ProfileBuilder.profile().noGain().build()));
  }

  @Test
  void capabilitiesAreNotPromisedWhereASetuidProgramBringsThemBack() {
    Profile profile = ProfileBuilder.profile().noCapabilities().build();
    assertEquals(
        List.of(
            Optional.of(
                MissingFeature.of(
                    "without no_new_privs a setuid program could gain capabilities again"))),
        new PrivilegesBackend()
            .mechanisms().stream()
                .filter(mechanism -> mechanism.guarantee().equals(Guarantee.CAPABILITIES))
                .map(mechanism -> mechanism.lack(profile, HOST))
                .toList());
    assertEquals(List.of(), actions(Hosts.USER, profile));
  }
}
