package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.EnvironmentActions;
import dev.hexe.policy.api.plan.Guards;
import dev.hexe.policy.api.plan.KeptChanges;
import dev.hexe.policy.api.plan.MountAttribute;
import dev.hexe.policy.api.plan.Mounts;
import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.MountEntries;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Tmp;
import dev.hexe.policy.api.spi.Compilation;
import dev.hexe.policy.backend.namespaces.host.NamespaceFacts;
import dev.hexe.policy.backend.namespaces.protect.ProtectPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The mounts of a sandbox: a new root, or changes in the tree as it is. */
final class MountPlan {
  /** Holds mount points, directories and symlinks only; it is sealed before the command starts. */
  private static final long ROOT_SIZE = 16L << 20;

  /** What the kernel makes of a tmpfs of no size. */
  private static final long HALF_OF_MEMORY = 0;

  private static final String RUNTIME_VARIABLE = "XDG_RUNTIME_DIR";

  private static final List<String> NEED_MOUNTS =
      List.of(
          NamespaceMechanisms.NEW_ROOT,
          NamespaceMechanisms.READ_ONLY_BIND,
          NamespaceMechanisms.GUARD,
          NamespaceMechanisms.TMPFS,
          NamespaceMechanisms.MINIMAL_DEV,
          NamespaceMechanisms.IPC_NAMESPACE,
          NamespaceMechanisms.LAYOUT_MOUNTS,
          NamespaceMechanisms.NOEXEC_MOUNTS,
          NamespaceMechanisms.GATEWAY);

  private final Compilation compilation;
  private final Profile profile;
  private final Decisions decisions;
  private final boolean newRoot;
  private final boolean wholeTree;
  private final List<MountEntry.Cache> caches = new ArrayList<>();

  MountPlan(Compilation compilation) {
    this.compilation = compilation;
    profile = compilation.profile();
    decisions = compilation.decisions();
    wholeTree = !decisions.uses(NamespaceMechanisms.NEW_ROOT) && changesWholeTree();
    newRoot = wholeTree || decisions.uses(NamespaceMechanisms.NEW_ROOT);
  }

  /**
   * An own /dev is made of the nodes of the one it would cover, what is mounted over the root is
   * seen by nobody who is in it, and what lies below another mount could not be found. So a copy of
   * the whole tree becomes the new root.
   */
  private boolean changesWholeTree() {
    return decisions.uses(NamespaceMechanisms.MINIMAL_DEV)
        || (decisions.uses(NamespaceMechanisms.LAYOUT_MOUNTS)
            && profile.files().fixtures().forbidWritingAnywhere())
        || (decisions.uses(NamespaceMechanisms.NOEXEC_MOUNTS)
            && profile.files().fixtures().forbidExecutingAnything())
        || coversSources()
        || new WritableParts(compilation.tree(), profile.files())
            .areThere(
                decisions.uses(NamespaceMechanisms.READ_ONLY_BIND),
                decisions.uses(NamespaceMechanisms.LAYOUT_MOUNTS));
  }

  private boolean coversSources() {
    CoveredSources covered = coveredSources();
    return covered.areListed()
        || (decisions.uses(NamespaceMechanisms.LAYOUT_MOUNTS) && covered.areLaidOut());
  }

  private CoveredSources coveredSources() {
    return new CoveredSources(
        compilation.tree(), profile.files(), decisions.uses(NamespaceMechanisms.TMPFS));
  }

  /** Whether anything is mounted, or seen differently, for these decisions. */
  static boolean isNeeded(Decisions decisions) {
    return NEED_MOUNTS.stream().anyMatch(decisions::uses)
        || decisions.uses(Guarantee.PROCESSES_INVISIBLE, NamespaceMechanisms.PID_NAMESPACE);
  }

  List<Action> actions() {
    List<Action> actions = new ArrayList<>();
    actions.add(Mounts.receiveOnly());
    ProtectPlan guards = new ProtectPlan(compilation, NamespaceMechanisms.GUARD);
    actions.addAll(guards.watches());
    Layout layout = layout();
    CacheSlot.action(caches).ifPresent(actions::add);
    changes().ifPresent(actions::add);
    // Behind everything that could cover them.
    List<Action> placed = new ArrayList<>(layout.actions());
    List<Action> guarded = guards.mounts();
    placed.addAll(guarded);
    if (compilation.caller().uid() == 0 && hasOwnProc()) {
      placed.add(SystemPlaces.coverProc());
    }
    if (newRoot) {
      actions.add(Mounts.rootTmpfs(ROOT_SIZE, 0755));
      actions.addAll(placed);
      actions.addAll(seals(layout));
      actions.add(isOnFirstRoot() ? Mounts.coverRoot() : Mounts.pivotRoot());
    } else if (!placed.isEmpty()) {
      actions.add(Mounts.rootHost());
      actions.addAll(placed);
    }
    if (!guarded.isEmpty()) {
      actions.add(Guards.mountAgain());
    }
    if (profile.startup().directory() == null) {
      actions.add(chdir());
    }
    runtimeDirectory().ifPresent(actions::add);
    return actions;
  }

  /** What is written by way of the host's own tree would reach it. */
  private Optional<Action> changes() {
    Optional<MountEntry.ChangeStore> store = profile.files().fixtures().changeStore();
    boolean apart =
        decisions.uses(NamespaceMechanisms.NEW_ROOT)
            && decisions.uses(NamespaceMechanisms.LAYOUT_MOUNTS);
    if (store.isPresent() && !apart) {
      throw new CannotCompileException(
          "changes cannot be kept apart where the host's own tree is used",
          "choose a profile that says `files.unlisted: absent`, such as `project`");
    }
    return store.map(found -> KeptChanges.record(found.path(), found.about()));
  }

  private boolean isOnFirstRoot() {
    return NamespaceFacts.isOnFirstRoot(compilation.facts());
  }

  private boolean hasOwnProc() {
    return decisions.uses(Guarantee.PROCESSES_INVISIBLE, NamespaceMechanisms.PID_NAMESPACE);
  }

  /** A variable that leads to what is not there; what the profile sets itself is meant. */
  private Optional<Action> runtimeDirectory() {
    boolean own =
        newRoot
            && OwnPlaces.hasRuntimeDirectory(profile.files())
            && !profile.environment().set().containsKey(RUNTIME_VARIABLE);
    String path = OwnPlaces.RUNTIME + "/" + compilation.caller().uid();
    return own
        ? Optional.of(EnvironmentActions.mendVariables(List.of(RUNTIME_VARIABLE), path))
        : Optional.empty();
  }

  private Layout layout() {
    Layout layout = new Layout(newRoot, profile.files().fixtures().changeStore().isPresent());
    ListedPaths listed = new ListedPaths(compilation.tree(), layout);
    SystemPlaces system = new SystemPlaces(compilation.tree(), layout);
    if (wholeTree) {
      layout.put("/", new Place.Bind("/", Set.of(), false, false, Place.Bind.Purpose.CHOSEN));
      List<String> spared = profile.files().sparedFromReadOnly();
      profile.files().write().stream()
          .filter(rule -> spared.contains(rule.path()) || rule.path().equals(PathRule.CWD))
          .forEach(listed::putWritable);
      coveredSources().writable().forEach(listed::putWritable);
    }
    if (decisions.uses(NamespaceMechanisms.NEW_ROOT)) {
      listed.putAll(profile.files());
    } else if (decisions.uses(NamespaceMechanisms.READ_ONLY_BIND)) {
      listed.putReadOnly(profile.files());
    }
    if (!decisions.uses(NamespaceMechanisms.NEW_ROOT)
        && !decisions.uses(NamespaceMechanisms.MINIMAL_DEV)
        && decisions.uses(NamespaceMechanisms.IPC_NAMESPACE)) {
      system.putMessageQueues();
    }
    if (decisions.uses(NamespaceMechanisms.TMPFS)) {
      system.putTmp(profile.files().tmp().size());
    }
    if (decisions.uses(NamespaceMechanisms.MINIMAL_DEV)) {
      system.putDev();
      if (OwnPlaces.hasSharedMemory(profile.files())) {
        system.putSharedMemory(profile.limits().memory().orElse(HALF_OF_MEMORY));
      }
    }
    if (newRoot && OwnPlaces.hasRuntimeDirectory(profile.files())) {
      system.putRuntimeDirectory(compilation.caller().uid());
    }
    if (hasOwnProc()) {
      system.putProc();
    }
    new SystemCopies(compilation, layout, newRoot).put();
    if (newRoot && OwnPlaces.hasVarTmp(profile.files())) {
      Tmp tmp = profile.files().tmp();
      system.putVarTmp(tmp.isPrivate() ? tmp.size() : HALF_OF_MEMORY);
    }
    if (decisions.uses(NamespaceMechanisms.GATEWAY)) {
      new NameFiles(new InsideTree(compilation.tree(), layout, newRoot), layout)
          .put(profile.separation().hostname());
    }
    putFixtures(layout);
    return layout;
  }

  /** On top of everything else. */
  private void putFixtures(Layout layout) {
    MountEntries fixtures = profile.files().fixtures();
    Restrictions restrictions = new Restrictions(compilation.tree(), layout, newRoot);
    if (decisions.uses(NamespaceMechanisms.LAYOUT_MOUNTS)) {
      MountEntryPlaces places = new MountEntryPlaces(compilation.tree(), layout, newRoot);
      Optional.ofNullable(fixtures.root()).ifPresent(places::putRoot);
      places.putAll(profile.files());
      caches.addAll(places.putCaches(profile.files()));
      places.requireMountPoints();
      restrictions.put(
          fixtures.readOnly(), MountAttribute.RDONLY, profile.files().sparedFromReadOnly());
    }
    if (decisions.uses(NamespaceMechanisms.NOEXEC_MOUNTS)) {
      restrictions.put(fixtures.noExecute(), MountAttribute.NOEXEC, List.of());
    }
  }

  /** What only holds mount points can be closed now: nothing new appears beside what is listed. */
  private List<Action> seals(Layout layout) {
    List<Action> seals = new ArrayList<>();
    if (decisions.uses(NamespaceMechanisms.MINIMAL_DEV)) {
      seals.add(seal("/dev"));
    }
    if (!layout.places().containsKey("/")) {
      seals.add(seal("/"));
    }
    return seals;
  }

  private static Action seal(String path) {
    return Mounts.attributes(path, Set.of(MountAttribute.RDONLY), false);
  }

  /**
   * Also where the root stays: the directory the caller is in lies below what was mounted over it.
   * Nothing is started elsewhere: `rm -rf ./*` is meant for the directory the caller is in.
   */
  private static Action chdir() {
    return EnvironmentActions.chdir(
        "add it with `--write .`, or read-only with `--read .`; or start elsewhere, as with"
            + " `--chdir ~` or `--chdir /`");
  }
}
