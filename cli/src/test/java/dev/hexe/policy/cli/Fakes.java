package dev.hexe.policy.cli;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Effect;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.host.Probe;
import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Identity;
import dev.hexe.policy.api.profile.Limits;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Privileges;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Separation;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.api.profile.Tmp;
import dev.hexe.policy.api.spi.Compilation;
import dev.hexe.policy.api.spi.Contribution;
import dev.hexe.policy.api.spi.IsolationBackend;
import dev.hexe.policy.cli.host.Host;
import dev.hexe.policy.engine.Backends;
import dev.hexe.policy.engine.CompileRequest;
import dev.hexe.policy.engine.PolicyCompiler;
import dev.hexe.policy.exposure.Exposure;
import dev.hexe.policy.exposure.Exposures;
import dev.hexe.policy.exposure.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A small world whose texts can be written down. */
public final class Fakes {
  static final MissingFeature NO_NAMESPACES =
      new MissingFeature(
          "user namespaces are limited to 0 on this host (/proc/sys/user/max_user_namespaces)",
          "sysctl -w user.max_user_namespaces=15000");
  public static final Caller USER = new Caller(1000, 1000, Set.of(27L, 1000L), 0);

  public static final Host RICH =
      new Host(
          "6.8.0",
          USER,
          new HostFacts(
              List.of(
                  Fact.present("landlock.abi", 7, "tried"),
                  Fact.present("namespace.mount", 0, "tried"),
                  Fact.present("namespace.uts", 0, "tried"))));

  public static final Host POOR =
      new Host(
          "6.8.0",
          USER,
          new HostFacts(
              List.of(
                  Fact.present("landlock.abi", 7, "tried"),
                  Fact.missing("namespace.mount", "spawn: ENOSPC", NO_NAMESPACES),
                  Fact.missing("namespace.uts", "spawn: ENOSPC", NO_NAMESPACES))));

  public static final Profile SANDBOX =
      new Profile(
          "sandbox",
          "code nobody has read",
          "/home/you",
          Identity.HOST,
          new FileAccess(
              Unlisted.ABSENT,
              List.of(),
              List.of(PathRule.of("/home/you")),
              List.of(),
              Tmp.ofSize(1 << 20),
              false),
          new Separation(false, false, false, false, "hexe", false, false, false),
          Privileges.HOST,
          Limits.NONE,
          Map.of(Guarantee.HOSTNAME, Demand.PREFERRED));

  /** Two of them, one lessened. */
  public static final Exposures EXPOSURES =
      new Exposures(
          List.of(
              new Exposure(
                  Kind.WRITABLE_GIT_HOOKS,
                  List.of("~/src/.git/hooks"),
                  List.of("~/src/.git/config"),
                  "",
                  Kind.WRITABLE_GIT_HOOKS.close()),
              new Exposure(
                  Kind.HOST_NETWORK, List.of(), List.of(), "a reason", Kind.HOST_NETWORK.close())),
          Exposures.Scope.HOST);

  private Fakes() {}

  public static Backends backends() {
    return new Backends(List.of(namespaces(), landlock()));
  }

  static IsolationBackend namespaces() {
    return new Backend(
        "namespaces",
        List.of(
            Mechanism.named("new-root", Guarantee.FILES, Strength.FULL)
                .needs("namespace.mount")
                .rule("unlisted files are absent from a new root, where one can be mounted")
                .build(),
            Mechanism.named("tmpfs", Guarantee.TMP, Strength.FULL)
                .needs("namespace.mount")
                .rule("a private /tmp is a tmpfs, where mounting is allowed")
                .build(),
            Mechanism.named("uts-namespace", Guarantee.HOSTNAME, Strength.FULL)
                .needs("namespace.uts")
                .rule("an own hostname is set in a uts namespace")
                .build()));
  }

  static IsolationBackend landlock() {
    return new Backend(
        "landlock",
        List.of(
            Mechanism.named("landlock", Guarantee.FILES, Strength.PARTIAL)
                .needs("landlock.abi")
                .effects(Effect.RIGHTS_OF_TREES)
                .reinforcing()
                .caveat("unlisted paths cannot be opened, but stay visible to stat")
                .rule("unlisted files that cannot be made absent are denied by Landlock")
                .build()));
  }

  public static Decisions decide(Host host, Backends backends) {
    return new PolicyCompiler(backends)
        .decide(new CompileRequest(SANDBOX, host.caller(), host.facts()));
  }

  private record Backend(String id, List<Mechanism> mechanisms) implements IsolationBackend {
    @Override
    public List<Probe> probes(Caller caller, HostReader reader) {
      return List.of();
    }

    @Override
    public List<Fact> facts(Findings findings) {
      return List.of();
    }

    @Override
    public Contribution compile(Compilation compilation) {
      return Contribution.NONE;
    }
  }
}
