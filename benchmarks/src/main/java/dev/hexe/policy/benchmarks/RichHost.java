package dev.hexe.policy.benchmarks;

import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.host.Outcome;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.engine.Backends;
import dev.hexe.policy.engine.CompileRequest;
import dev.hexe.policy.engine.HostProber;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.Profiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A host on which everything works, as far as the engine can tell. */
record RichHost(Backends backends, HostFacts facts) {
  private static final Caller CALLER = new Caller(1000, 1000, Set.of(), 0);

  /** The number stands for every version that is asked for. */
  private static final long NEW_ENOUGH = 6;

  static RichHost installed() {
    Backends backends = withoutFilters(Backends.installed());
    return new RichHost(
        backends,
        new HostProber(
                backends,
                plans -> plans.stream().map(plan -> Outcome.success(NEW_ENOUGH)).toList(),
                path -> Optional.empty())
            .probe(CALLER));
  }

  /** Filters are compiled by libseccomp, which is not the engine's work. */
  private static Backends withoutFilters(Backends installed) {
    return new Backends(
        installed.all().stream().filter(backend -> !backend.id().equals("seccomp")).toList());
  }

  CompileRequest request(Profile profile) {
    return new CompileRequest(profile, CALLER, facts);
  }

  static Profiles profiles(Path directory) {
    return new Profiles(
        new ProfileContext(directory, "benchmark", directory, Map.of(), List.of(directory)));
  }
}
