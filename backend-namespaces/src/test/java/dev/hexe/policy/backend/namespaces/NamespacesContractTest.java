package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Identity;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.spi.BackendContractTest;
import dev.hexe.policy.api.spi.IsolationBackend;
import dev.hexe.policy.api.testing.ProfileBuilder;
import java.util.Set;
import java.util.stream.Stream;

class NamespacesContractTest extends BackendContractTest {
  @Override
  protected IsolationBackend backend() {
    return new NamespacesBackend();
  }

  @Override
  protected Set<String> factsOfOthers() {
    return Set.of("seccomp.filter", "seccomp.library");
  }

  @Override
  protected Stream<Profile> profiles() {
    ProfileBuilder subordinate =
        ProfileBuilder.everything(Unlisted.ABSENT).identity(Identity.SUBORDINATE);
    return Stream.concat(super.profiles(), Stream.of(subordinate.build()));
  }
}
