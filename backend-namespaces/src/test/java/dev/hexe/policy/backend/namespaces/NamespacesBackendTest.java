package dev.hexe.policy.backend.namespaces;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.decision.PathGrant.Access;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.host.Probe;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.testing.Choices;
import dev.hexe.policy.api.testing.Hosts;
import dev.hexe.policy.api.testing.ProfileBuilder;
import dev.hexe.policy.backend.namespaces.host.NamespaceFacts;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rights of its own that the backend asks for. */
class NamespacesBackendTest {
  private static final String OWN = "/home/me/.gradle/daemon";

  private static ProfileBuilder profile(Unlisted unlisted) {
    return ProfileBuilder.profile().unlisted(unlisted).read("/usr").hideForOwn(OWN);
  }

  private static List<PathGrant> granted(ProfileBuilder builder) {
    Profile profile = builder.build();
    HostFacts facts =
        new HostFacts(
            NamespaceFacts.probes(Hosts.USER).stream()
                .map(Probe::fact)
                .map(name -> Fact.present(name, 0, "tried"))
                .toList());
    Decisions decisions = Choices.of(NamespaceMechanisms.all(), profile, facts);
    return new NamespacesBackend()
        .grants(profile, decisions).stream().filter(grant -> grant.path().equals(OWN)).toList();
  }

  static Stream<ProfileBuilder> whereItIsReached() {
    return Stream.of(
        profile(Unlisted.ALLOWED),
        profile(Unlisted.DENIED).read("/home/me"),
        profile(Unlisted.ABSENT).write("/home/me/.gradle"),
        profile(Unlisted.ABSENT)
            .fixture(new MountEntry.Bind("/home/me", "/home/me", false, false)));
  }

  @ParameterizedTest
  @MethodSource("whereItIsReached")
  void directoryOfItsOwnCanBeWrittenWhereItCoversTheHosts(ProfileBuilder profile) {
    assertEquals(List.of(new PathGrant(OWN, Access.WRITE, true)), granted(profile));
  }

  @Test
  void directoryOfTheHostThatNothingCoversCannot() {
    assertEquals(List.of(), granted(profile(Unlisted.DENIED)));
    assertEquals(List.of(), granted(profile(Unlisted.DENIED).read("/home/me/.gradle/other")));
    assertEquals(List.of(), granted(profile(Unlisted.ABSENT)));
  }
}
