package dev.hexe.policy.profiles.override;

import dev.hexe.policy.api.network.NetworkAccess;
import dev.hexe.policy.api.network.NetworkAccess.Mode;
import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.Environment;
import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Identity;
import dev.hexe.policy.api.profile.Limits;
import dev.hexe.policy.api.profile.MountEntries;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Privileges;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Separation;
import dev.hexe.policy.api.profile.Startup;
import dev.hexe.policy.api.profile.SystemCalls;
import dev.hexe.policy.api.profile.Terminal;
import dev.hexe.policy.api.profile.Tmp;
import dev.hexe.policy.profiles.key.AddedKeys;
import dev.hexe.policy.profiles.setting.ProfileKeys;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The keys in which one profile may allow more than another one. What cannot be compared counts as
 * more, unless it is equal.
 */
public final class Narrowing {
  private final Set<String> wider = new LinkedHashSet<>();

  private Narrowing() {}

  /** The keys in which {@code changed} allows more than {@code base}. */
  public static Set<String> widerKeys(Profile base, Profile changed) {
    Narrowing narrowing = new Narrowing();
    narrowing.identity(base.identity(), changed.identity());
    narrowing.files(base.files(), changed.files());
    narrowing.fixtures(base.files().fixtures(), changed.files().fixtures());
    narrowing.safeguards(base, changed);
    narrowing.environment(base.environment(), changed.environment());
    narrowing.separation(base.separation(), changed.separation());
    narrowing.guarantees(base, changed);
    narrowing.network(base.separation().network(), changed.separation().network());
    narrowing.privileges(base.privileges(), changed.privileges());
    narrowing.systemCalls(base.privileges().systemCalls(), changed.privileges().systemCalls());
    narrowing.limits(base.limits(), changed.limits());
    narrowing.startup(base.startup(), changed.startup());
    narrowing.demands(base, changed);
    AddedKeys.installed().widerKeys(base, changed).forEach(narrowing.wider::add);
    return Collections.unmodifiableSet(narrowing.wider);
  }

  private void require(boolean narrower, String key) {
    if (!narrower) {
      wider.add(key);
    }
  }

  private void kept(boolean base, boolean changed, String key) {
    require(!base || changed, key);
  }

  private <T> void grows(Collection<T> base, Collection<T> changed, String key) {
    require(changed.containsAll(base), key);
  }

  private <T> void shrinks(Collection<T> base, Collection<T> changed, String key) {
    require(base.containsAll(changed), key);
  }

  private void atMost(OptionalLong base, OptionalLong changed, String key) {
    require(
        base.isEmpty() || (changed.isPresent() && changed.getAsLong() <= base.getAsLong()), key);
  }

  private void identity(Identity base, Identity changed) {
    boolean given = base.equals(Identity.HOST) && changed.equals(Identity.SELF);
    require(base.equals(changed) || given, "identity");
  }

  private void files(FileAccess base, FileAccess changed) {
    require(strictness(changed.unlisted()) >= strictness(base.unlisted()), "files.unlisted");
    if (base.unlisted() != Unlisted.ALLOWED) {
      List<PathRule> readable = Stream.concat(base.read().stream(), base.write().stream()).toList();
      List<PathRule> listable = Stream.concat(base.list().stream(), readable.stream()).toList();
      within(base.write(), changed.write(), "files.write");
      within(readable, changed.read(), "files.read");
      within(listable, changed.list(), "files.list");
    }
    tmp(base.tmp(), changed.tmp());
    kept(base.minimalDevices(), changed.minimalDevices(), "files.devices");
  }

  private static int strictness(Unlisted unlisted) {
    return List.of(Unlisted.ALLOWED, Unlisted.DENIED, Unlisted.ABSENT).indexOf(unlisted);
  }

  private void within(List<PathRule> trees, List<PathRule> paths, String key) {
    require(
        paths.stream()
            .allMatch(
                path -> trees.stream().anyMatch(tree -> PathRule.isIn(path.path(), tree.path()))),
        key);
  }

  private void tmp(Tmp base, Tmp changed) {
    require(
        !base.isPrivate() || (changed.isPrivate() && changed.size() <= base.size()), "files.tmp");
  }

  private void fixtures(MountEntries base, MountEntries changed) {
    require(base.all().equals(changed.all()), "files");
    require(java.util.Objects.equals(base.root(), changed.root()), "files.root");
    grows(base.readOnly(), changed.readOnly(), "files.read-only");
    grows(base.noExecute(), changed.noExecute(), "files.no-execute");
  }

  private void safeguards(Profile base, Profile changed) {
    grows(base.safeguards().protect(), changed.safeguards().protect(), "protect");
    grows(base.safeguards().hide(), changed.safeguards().hide(), "hide");
    shrinks(base.safeguards().show(), changed.safeguards().show(), "hide");
  }

  private void environment(Environment base, Environment changed) {
    kept(base.clear(), changed.clear(), "environment.clear");
    if (base.clear()) {
      shrinks(base.keep(), changed.keep(), "environment.keep");
    }
    grows(base.unset(), changed.unset(), "environment.unset");
    shrinks(base.spare(), changed.spare(), "environment.unset");
  }

  private void separation(Separation base, Separation changed) {
    kept(base.processesInvisible(), changed.processesInvisible(), "processes.others");
    kept(base.processesUnreachable(), changed.processesUnreachable(), "processes.reach-others");
    require(base.inPlace() == changed.inPlace(), "processes.pid");
    require(base.terminal() == Terminal.HOST || base.terminal() == changed.terminal(), "terminal");
  }

  /** What is promised where a key of the same name is said has to stay promised. */
  private void guarantees(Profile base, Profile changed) {
    for (Guarantee guarantee : Guarantee.builtIn()) {
      String key = guarantee.id();
      if (ProfileKeys.ALL.stream().anyMatch(it -> it.path().equals(key))) {
        kept(base.asksFor(guarantee), changed.asksFor(guarantee), key);
      }
    }
  }

  private void network(NetworkAccess base, NetworkAccess changed) {
    if (base.mode() == Mode.HOST) {
      require(changed.publish().isEmpty(), "network");
      return;
    }
    boolean none = changed.mode() == Mode.NONE && changed.publish().isEmpty();
    boolean listed =
        changed.mode() == base.mode()
            && base.allow().containsAll(changed.allow())
            && changed.deny().containsAll(base.deny())
            && base.publish().containsAll(changed.publish())
            && (!base.checkedNames() || changed.checkedNames())
            && (base.asks() || !changed.asks());
    require(none || listed, "network");
  }

  private void privileges(Privileges base, Privileges changed) {
    kept(base.noGain(), changed.noGain(), "privileges.gain");
    kept(base.noUserNamespaces(), changed.noUserNamespaces(), "privileges.user-namespaces");
    kept(base.noCapabilities(), changed.noCapabilities(), "privileges.capabilities");
    if (base.noCapabilities()) {
      shrinks(base.capabilities(), changed.capabilities(), "privileges.capabilities");
    }
    boolean taken =
        changed.noCapabilities()
            || changed.takenCapabilities().containsAll(base.takenCapabilities());
    require(taken, "privileges.capabilities");
    kept(!base.nesting(), !changed.nesting(), "privileges.nesting");
    grows(base.deniedSystemCalls(), changed.deniedSystemCalls(), "privileges.deny-system-calls");
  }

  private void systemCalls(SystemCalls base, SystemCalls changed) {
    if (!base.allow().isEmpty()) {
      shrinks(base.allow(), changed.allow(), "syscalls.allow");
      require(!changed.allow().isEmpty(), "syscalls.allow");
      require(base.otherwise().equals(changed.otherwise()), "syscalls.otherwise");
    }
    grows(base.deny(), changed.deny(), "syscalls.deny");
    grows(base.filters(), changed.filters(), "syscalls.filters");
    grows(base.descriptors(), changed.descriptors(), "syscalls.filter-fds");
  }

  private void limits(Limits base, Limits changed) {
    atMost(base.memory(), changed.memory(), "limits.memory");
    atMost(base.memoryHigh(), changed.memoryHigh(), "limits.memory-high");
    atMost(base.pids(), changed.pids(), "limits.pids");
    atMost(base.time(), changed.time(), "limits.time");
    require(changed.grace() <= base.grace(), "limits.grace");
    require(share(changed) <= share(base), "limits.cpu");
    weight(base.cpuWeight(), changed.cpuWeight(), "limits.cpu-weight");
    weight(base.ioWeight(), changed.ioWeight(), "limits.io-weight");
    require(base.cpus().isEmpty() || base.cpus().equals(changed.cpus()), "limits.cpus");
    grows(base.io(), changed.io(), "limits.io");
  }

  private static double share(Limits limits) {
    Limits.CpuQuota quota = limits.cpu();
    return quota == null ? Double.POSITIVE_INFINITY : (double) quota.quota() / quota.period();
  }

  private void weight(OptionalLong base, OptionalLong changed, String key) {
    long ordinary = 100;
    require(changed.orElse(ordinary) <= base.orElse(ordinary), key);
  }

  private void startup(Startup base, Startup changed) {
    shrinks(base.passedDescriptors(), changed.passedDescriptors(), "start.pass-fds");
    require(base.firstProcess() == changed.firstProcess(), "processes.pid");
    kept(base.endsWithCaller(), changed.endsWithCaller(), "start.die-with-parent");
    require(base.state().equals(changed.state()), "start.state");
    base.resources()
        .forEach(
            (resource, most) ->
                require(
                    changed.resources().getOrDefault(resource, Long.MAX_VALUE) <= most,
                    "limits.rlimits"));
  }

  private void demands(Profile base, Profile changed) {
    List<Guarantee> guarantees =
        Stream.concat(Guarantee.builtIn().stream(), AddedKeys.installed().guarantees().stream())
            .toList();
    for (Guarantee guarantee : guarantees) {
      Demand before = base.demand(guarantee);
      Demand after = changed.demand(guarantee);
      kept(before.required(), after.required(), "demand");
      require(after.atLeast().reaches(before.atLeast()), "demand");
    }
  }
}
