package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.decision.PathGrant.Access;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.JointProbe;
import dev.hexe.policy.api.host.Probe;
import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.ProtectedPath;
import dev.hexe.policy.api.spi.Compilation;
import dev.hexe.policy.api.spi.Contribution;
import dev.hexe.policy.api.spi.IsolationBackend;
import dev.hexe.policy.backend.namespaces.host.JointNamespaceProbes;
import dev.hexe.policy.backend.namespaces.host.NamespaceAdvice;
import dev.hexe.policy.backend.namespaces.host.NamespaceFacts;
import dev.hexe.policy.backend.namespaces.host.SubordinateIds;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Isolation by namespaces, entered through a user namespace, see {@code namespaces(7)}. The root
 * user goes the same way as everybody else, so that a sandbox means the same for both.
 */
public final class NamespacesBackend implements IsolationBackend {
  @Override
  public String id() {
    return "namespaces";
  }

  @Override
  public List<Probe> probes(Caller caller, HostReader reader) {
    return Stream.concat(
            NamespaceFacts.probes(caller).stream(), SubordinateIds.probes(caller, reader).stream())
        .toList();
  }

  @Override
  public List<JointProbe> jointProbes(Caller caller, HostReader reader) {
    return JointNamespaceProbes.of(caller);
  }

  @Override
  public List<Fact> facts(Findings findings) {
    NamespaceAdvice advice = new NamespaceAdvice(findings);
    List<Fact> facts = new ArrayList<>();
    NamespaceFacts.DESCRIPTIONS.forEach(
        (name, what) -> facts.add(findings.fact(name, advice.lackOf(name, what))));
    facts.add(findings.fact(NamespaceFacts.PROCESS_LIMIT, advice.noProcessLimit()));
    for (String ids : List.of(SubordinateIds.UIDS, SubordinateIds.GIDS)) {
      facts.add(findings.fact(ids, SubordinateIds.lack(findings, ids)));
    }
    facts.add(findings.fact(NamespaceFacts.GROUPS, advice.keepsGroups()));
    facts.add(
        findings.fact(
            NamespaceFacts.MOUNT_API,
            advice.without(NamespaceFacts.MOUNT_API, "`open_tree` with `mount_setattr`", "5.12")));
    facts.add(
        findings.fact(
            NamespaceFacts.CLONE3, advice.without(NamespaceFacts.CLONE3, "`clone3`", "5.3")));
    return facts;
  }

  @Override
  public List<Mechanism> mechanisms() {
    return NamespaceMechanisms.all();
  }

  @Override
  public Contribution compile(Compilation compilation) {
    return new NamespacePlan(compilation).contribution();
  }

  @Override
  public List<PathGrant> grants(Profile profile, Decisions decisions) {
    List<PathGrant> grants = new ArrayList<>();
    if (decisions.uses(NamespaceMechanisms.NEW_ROOT)) {
      grants.add(PathGrant.made("/", Access.LIST));
    }
    if (decisions.uses(NamespaceMechanisms.TMPFS)) {
      grants.add(PathGrant.made("/tmp", Access.WRITE));
    }
    if (decisions.uses(NamespaceMechanisms.MINIMAL_DEV)) {
      grants.add(PathGrant.made("/dev", Access.USE));
    }
    if (decisions.uses(NamespaceMechanisms.MINIMAL_DEV)
        && OwnPlaces.hasSharedMemory(profile.files())) {
      grants.add(PathGrant.made(OwnPlaces.SHARED_MEMORY, Access.WRITE));
    }
    if (decisions.uses(NamespaceMechanisms.NEW_ROOT) && OwnPlaces.hasVarTmp(profile.files())) {
      grants.add(PathGrant.made(OwnPlaces.VAR_TMP, Access.WRITE));
    }
    if (decisions.uses(NamespaceMechanisms.NEW_ROOT)
        && OwnPlaces.hasRuntimeDirectory(profile.files())) {
      grants.add(PathGrant.made(OwnPlaces.RUNTIME, Access.WRITE));
    }
    if (decisions.uses(Guarantee.PROCESSES_INVISIBLE, NamespaceMechanisms.PID_NAMESPACE)) {
      grants.add(PathGrant.made("/proc", Access.USE));
    }
    if (decisions.uses(NamespaceMechanisms.LAYOUT_MOUNTS)) {
      grants.addAll(MountEntryGrants.of(profile.files().fixtures()));
    }
    if (decisions.uses(Guarantee.HIDDEN, NamespaceMechanisms.GUARD)) {
      grants.addAll(inPlaceOfHidden(profile));
    }
    return grants;
  }

  /**
   * The command's own directories, which cover the host's where these would be reached: elsewhere
   * the right would be one on the host's.
   */
  private static List<PathGrant> inPlaceOfHidden(Profile profile) {
    return profile.hiddenPaths().stream()
        .filter(ProtectedPath::own)
        .filter(path -> isReached(path.path(), profile.files()))
        .map(path -> new PathGrant(path.path(), Access.WRITE, true))
        .toList();
  }

  /** As it is written: a rule of Landlock follows no symlink either. */
  private static boolean isReached(String path, FileAccess files) {
    Stream<String> listed =
        Stream.concat(files.read().stream(), files.write().stream()).map(PathRule::path);
    return files.unlisted() == Unlisted.ALLOWED
        || Stream.concat(
                listed, files.fixtures().all().stream().flatMap(NamespacesBackend::atItsPlace))
            .anyMatch(tree -> PathRule.isIn(path, tree));
  }

  private static Stream<String> atItsPlace(MountEntry fixture) {
    return fixture instanceof MountEntry.Bind bind && bind.source().equals(bind.path())
        ? Stream.of(bind.path())
        : Stream.empty();
  }
}
