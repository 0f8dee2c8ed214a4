package dev.hexe.policy.backend.landlock;

import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.api.spi.BackendContractTest;
import dev.hexe.policy.api.spi.IsolationBackend;
import dev.hexe.policy.api.testing.ProfileBuilder;
import java.util.Set;
import java.util.stream.Stream;

class LandlockContractTest extends BackendContractTest {
  @Override
  protected IsolationBackend backend() {
    return new LandlockBackend();
  }

  @Override
  protected Set<String> factsOfOthers() {
    return Set.of("seccomp.filter", "seccomp.library");
  }

  /** Some mechanisms are for those alone who are content with a part, or lay nothing out. */
  @Override
  protected Stream<Profile> profiles() {
    return Stream.of(
            super.profiles(),
            super.profiles()
                .map(
                    profile ->
                        profile.withDemands(
                            demand -> new Demand(demand.required(), Strength.PARTIAL))),
            Stream.of(ProfileBuilder.profile().readOnly("/").build()))
        .flatMap(profiles -> profiles);
  }
}
