package dev.hexe.policy.api.testing;

import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.HostFacts;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Hosts and callers, made up. */
public final class Hosts {
  /** An ordinary user. */
  public static final Caller USER = new Caller(1000, 1000, Set.of(1000L), 0);

  /** The root user with every capability. */
  public static final Caller ROOT = new Caller(0, 0, Set.of(0L), -1);

  private Hosts() {}

  /** A host that offers these and nothing else. */
  public static HostFacts with(String... names) {
    return new HostFacts(Arrays.stream(names).map(name -> Fact.present(name, 1, "tried")).toList());
  }

  /** A host that offers one thing, with a number. */
  public static HostFacts with(String name, long value) {
    return new HostFacts(List.of(Fact.present(name, value, "tried")));
  }
}
