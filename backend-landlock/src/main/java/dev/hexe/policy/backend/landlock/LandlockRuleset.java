package dev.hexe.policy.backend.landlock;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.host.HostTree.Kind;
import dev.hexe.policy.api.host.ResolvedPath;
import dev.hexe.policy.api.network.Destination.Protocol;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Mounts;
import dev.hexe.policy.api.plan.PlanNotes;
import dev.hexe.policy.api.plan.RestrictionActions;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.ProtectedPath;
import dev.hexe.policy.api.spi.Compilation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The one ruleset of a sandbox. */
final class LandlockRuleset {
  static final String PRIVATE = "@private";
  private static final int OWNER_ONLY = 0700;
  private static final String NOTHING_NESTS =
      "`nesting: allowed` has no effect: files are under Landlock here, which forbids every mount inside";

  private final Compilation compilation;
  private final Decisions decisions;
  private final long abi;

  LandlockRuleset(Compilation compilation) {
    this.compilation = compilation;
    decisions = compilation.decisions();
    abi = compilation.facts().value(LandlockAbi.ABI);
  }

  /** The actions, or none where no mechanism of Landlock was chosen. */
  List<Action> actions() {
    long files = handledFiles();
    long ports = handledPorts();
    long scopes = scopes();
    if ((files | ports | scopes) == 0) {
      return List.of();
    }
    List<Action> actions = new ArrayList<>();
    if (files != 0 && compilation.profile().privileges().nesting()) {
      actions.add(PlanNotes.warn(NOTHING_NESTS));
    }
    if (decisions.uses(LandlockMechanisms.PRIVATE_DIRECTORY)) {
      actions.add(Mounts.privateDirectory("/tmp", "hexe-", OWNER_ONLY, "TMPDIR"));
    }
    actions.add(RestrictionActions.landlockRuleset(files, ports, scopes));
    if (files != 0) {
      List<Action> guards = new ComplementRules(compilation).actions();
      actions.addAll(guards);
      Set<String> hidden = hidden();
      List<PathGrant> grants =
          grants()
              .filter(grant -> (rights(grant) & files) != 0 && !leadsIntoHidden(grant, hidden))
              .filter(grant -> !isKnownToBeMissing(grant))
              .toList();
      grants.stream()
          .filter(grant -> !guards.isEmpty() || !isContained(grant, grants, files))
          .forEach(grant -> actions.add(allow(grant, files)));
      actions.add(
          RestrictionActions.landlockStreams(
              FileRight.bits(Rights.ofReader(abi)) & files,
              FileRight.bits(Rights.ofWriter(abi)) & files));
    }
    if (decisions.uses(LandlockMechanisms.PORTS)) {
      actions.addAll(allowPorts());
    }
    actions.add(RestrictionActions.landlockRestrict());
    return actions;
  }

  private Stream<PathGrant> grants() {
    Stream<PathGrant> grants = compilation.grants().stream();
    if (!decisions.uses(Guarantee.NEXT_RUN, LandlockMechanisms.SIBLINGS)) {
      return grants;
    }
    NextRunGrants nextRun = new NextRunGrants(compilation.profile().nextRun(), this::real);
    return grants.flatMap(nextRun::leave);
  }

  /** The plan depends on its absence: once it is there, the plan is compiled again. */
  private boolean isKnownToBeMissing(PathGrant grant) {
    return grant.optional()
        && !grant.made()
        && !grant.path().startsWith("@")
        && ResolvedPath.of(grant.path(), compilation.tree()).kind() == Kind.ABSENT;
  }

  /** Whether a directory above gives the same: the kernel adds up what it finds on the way up. */
  private boolean isContained(PathGrant grant, List<PathGrant> grants, long handled) {
    String path = target(grant);
    long rights = rights(grant) & handled;
    return grants.stream()
        .filter(other -> !other.path().startsWith("@") && !path.equals(target(other)))
        .filter(other -> isAtOrBelow(path, target(other)))
        .anyMatch(other -> (rights & ~rights(other)) == 0);
  }

  /** Whether a listed symlink leads into what is hidden, as {@code /bin} into {@code /usr}. */
  private boolean leadsIntoHidden(PathGrant grant, Set<String> hidden) {
    if (grant.made() || grant.path().startsWith("@")) {
      return false;
    }
    for (Path tree = Path.of(real(grant.path())); tree != null; tree = tree.getParent()) {
      String path = tree.toString();
      if (hidden.contains(path) && !isAtOrBelow(grant.path(), path)) {
        return true;
      }
    }
    return false;
  }

  /** Some thousand, of which each grant has a few above it. */
  private Set<String> hidden() {
    Set<String> hidden = new HashSet<>();
    for (ProtectedPath path : compilation.profile().hiddenPaths()) {
      hidden.add(path.path());
    }
    return hidden;
  }

  static boolean isAtOrBelow(String path, String tree) {
    return path.equals(tree) || path.startsWith(tree + "/");
  }

  /** Every right the kernel knows: one that is not handled is allowed everywhere. */
  private long handledFiles() {
    boolean used =
        decisions.uses(LandlockMechanisms.ALLOWLIST)
            || decisions.uses(LandlockMechanisms.PRIVATE_DIRECTORY)
            || decisions.uses(LandlockMechanisms.DEVICE_LIST)
            || decisions.uses(LandlockMechanisms.WITHOUT_PROC)
            || decisions.uses(LandlockMechanisms.SIBLINGS)
            || decisions.uses(LandlockMechanisms.DOMAIN);
    if (!used && decisions.uses(LandlockMechanisms.READ_ONLY_TREES)) {
      return FileRight.bits(Rights.toWrite(abi));
    }
    return used ? FileRight.bits(FileRight.knownTo(abi)) : 0;
  }

  private long handledPorts() {
    return decisions.uses(LandlockMechanisms.TCP) || decisions.uses(LandlockMechanisms.PORTS)
        ? LandlockAbi.ACCESS_NET_BIND_TCP | LandlockAbi.ACCESS_NET_CONNECT_TCP
        : 0;
  }

  private List<Action> allowPorts() {
    return compilation.profile().separation().network().allow().stream()
        .filter(destination -> destination.protocol() == Protocol.TCP)
        .flatMap(destination -> destination.ports().stream())
        .distinct()
        .sorted()
        .map(
            port ->
                RestrictionActions.landlockPort(
                    port, LandlockAbi.ACCESS_NET_CONNECT_TCP, "connecting to"))
        .toList();
  }

  private long scopes() {
    long scopes = 0;
    if (decisions.uses(LandlockMechanisms.ABSTRACT_SCOPE)) {
      scopes |= LandlockAbi.SCOPE_ABSTRACT_UNIX_SOCKET;
    }
    if (decisions.uses(LandlockMechanisms.SIGNAL_SCOPE)) {
      scopes |= LandlockAbi.SCOPE_SIGNAL;
    }
    return scopes;
  }

  private long rights(PathGrant grant) {
    return FileRight.bits(Rights.of(grant.access(), abi));
  }

  private Action allow(PathGrant grant, long handled) {
    return RestrictionActions.landlockPath(
        target(grant), rights(grant) & handled, Rights.meaning(grant.access()), grant.optional());
  }

  private String target(PathGrant grant) {
    return grant.made() ? grant.path() : real(grant.path());
  }

  /** The launcher follows no symlink, so that none that is made later leads a rule astray. */
  private String real(String path) {
    if (path.startsWith("@")) {
      return path;
    }
    ResolvedPath resolved = ResolvedPath.of(path, compilation.tree());
    return resolved.kind() == Kind.ABSENT ? path : resolved.path();
  }
}
