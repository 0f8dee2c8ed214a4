package dev.hexe.policy.exposure;

import dev.hexe.policy.api.decision.Effect;
import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.decision.PathGrant.Access;
import dev.hexe.policy.api.host.HostTree.Kind;
import dev.hexe.policy.api.host.ResolvedPath;
import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.MountEntries;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Strength;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The access to the host's files that there is inside: what the sandbox and the file's mode both
 * allow.
 */
final class EffectiveAccess {
  /** What of git's has its place taken where it is missing, so that it can be mounted over. */
  private static final List<String> HELD = List.of("commondir", "hooks", "config.worktree");

  private final Subject subject;
  private final LiveContext here;
  private final List<Grant> grants = new ArrayList<>();
  private final List<Grant> elsewhere = new ArrayList<>();
  private final List<String> own;
  private final ProtectedFiles kept;
  private final Map<String, Optional<ResolvedPath>> resolved = new HashMap<>();
  private final Map<String, Boolean> open = new HashMap<>();

  private record Grant(String path, Access access) {}

  EffectiveAccess(Subject subject, LiveContext here) {
    this.subject = subject;
    this.here = here;
    this.kept = new ProtectedFiles(subject, here);
    this.own = own(subject);
    if (!restricted()) {
      grants.add(new Grant("/", Access.WRITE));
    }
    subject.grants().forEach(this::add);
    if (subject.isFull(Guarantee.LAYOUT)) {
      addElsewhere(subject.profile().files().fixtures());
    }
  }

  /** What of the host is found at another place inside, or as a layer of something. */
  private void addElsewhere(MountEntries fixtures) {
    List<String> written = fixtures.writtenSources().toList();
    fixtures.sources().forEach(source -> addElsewhere(source, written.contains(source)));
  }

  private void addElsewhere(String source, boolean writable) {
    String path = source.equals(PathRule.CWD) ? here.cwd() : source;
    resolve(path)
        .ifPresent(
            real -> elsewhere.add(new Grant(real.path(), writable ? Access.WRITE : Access.READ)));
  }

  /** Places that are made for the sandbox and hide the host's. */
  private static List<String> own(Subject subject) {
    List<String> places = new ArrayList<>();
    if (subject.isFull(Guarantee.TMP)) {
      places.add("/tmp");
    }
    if (subject.isFull(Guarantee.DEVICES)) {
      places.add("/dev");
      places.add("/dev/shm");
    }
    if (subject.isFull(Guarantee.PROCESSES_INVISIBLE)) {
      places.add("/proc");
    }
    if (subject.isFull(Guarantee.LAYOUT)) {
      subject.profile().files().fixtures().all().stream()
          .filter(fixture -> !(fixture instanceof MountEntry.Directory))
          .map(MountEntry::path)
          .forEach(places::add);
    }
    return places;
  }

  private void add(PathGrant grant) {
    String path = grant.path().equals(PathRule.CWD) ? here.cwd() : grant.path();
    if (path.startsWith("/") && !own.contains(path) && !isNewRoot(grant)) {
      resolve(path).ifPresent(real -> grants.add(new Grant(real.path(), grant.access())));
    }
  }

  /** The root that is given with everything is not the host's. */
  private static boolean isNewRoot(PathGrant grant) {
    return grant.made() && grant.path().equals("/") && grant.access() != Access.LIST;
  }

  /** Whether it is there and can be read. */
  boolean reads(String path) {
    return existing(path)
        .filter(real -> !kept.isHidden(path) && !kept.isHidden(real))
        .filter(real -> access(real).compareTo(Access.READ_DATA) >= 0)
        .filter(this::mayRead)
        .isPresent();
  }

  /** Whether a list names it itself, and not just a tree that it lies in. */
  boolean isNamed(String path) {
    return subject.grants().stream().anyMatch(grant -> grant.path().equals(path));
  }

  /** Whether the profile says that it is to be hidden, whatever became of that. */
  boolean isToBeHidden(String path) {
    return subject.profile().hiddenPaths().stream()
        .flatMap(guard -> guard.places(Path.of(here.cwd())).stream())
        .anyMatch(tree -> PathRule.isIn(path, tree));
  }

  /** Whether it is there and can be written. */
  boolean writes(String path) {
    return existing(path)
        .filter(real -> !kept.isUnchangeable(path) && !kept.isUnchangeable(real))
        .filter(real -> access(real).compareTo(Access.USE) >= 0)
        .filter(this::mayWrite)
        .isPresent();
  }

  private boolean mayRead(String path) {
    return here.view().mayRead(path)
        && (!losesCapabilities() || here.view().modeLetsRead(path, subject.caller().uid()));
  }

  private boolean mayWrite(String path) {
    return here.view().mayWrite(path)
        && (!losesCapabilities() || here.view().modeLetsWrite(path, subject.caller().uid()));
  }

  /**
   * Whether the caller opens files by capabilities that the command has not. Whatever ids there are
   * inside, to files it is the caller.
   */
  private boolean losesCapabilities() {
    return subject.caller().capabilities() != 0
        && subject.isFull(Guarantee.CAPABILITIES)
        && subject.profile().privileges().noCapabilities()
        && subject.profile().privileges().capabilities().isEmpty();
  }

  /** Whether it is not there and can be made, with the directories that lead to it. */
  boolean makes(String path) {
    return Optional.of(path)
        .filter(any -> !isHeld(path))
        .flatMap(this::resolve)
        .filter(real -> real.kind() == Kind.ABSENT)
        .map(real -> parent(real.path()))
        .filter(above -> open.computeIfAbsent(above, this::isOpen))
        .isPresent();
  }

  /** Whether something takes its place in a git directory as long as the sandbox runs. */
  private boolean isHeld(String path) {
    return subject.decisions().has(Guarantee.PROTECTED, Effect.MOUNTS_OVER)
        && kept.isProtected(path)
        && HELD.stream().anyMatch(name -> path.endsWith("/.git/" + name));
  }

  /** Whether something can be made in a directory; hundreds of paths lie in a few of them. */
  private boolean isOpen(String directory) {
    return Optional.of(directory)
        .filter(above -> !kept.isUnchangeable(above) && !isClosed(above))
        .filter(above -> access(above).compareTo(Access.WRITE_DATA) >= 0)
        .filter(this::mayWrite)
        .isPresent();
  }

  private boolean isClosed(String directory) {
    if (subject.decisions().has(Guarantee.PROTECTED, Effect.CLOSES_DIRECTORIES)
        && kept.protectedBelow(directory).findAny().isPresent()) {
      return true;
    }
    return subject.decisions().has(Guarantee.HIDDEN, Effect.CLOSES_DIRECTORIES)
        && kept.hiddenBelow(directory).anyMatch(path -> existing(path).isPresent());
  }

  /** Whether it is told in the end that it was made. */
  boolean isWatched(String path) {
    return subject.isFull(Guarantee.PROTECTED) && kept.isProtected(path);
  }

  /** Whether a socket is there and can be connected to. A read-only mount does not hinder that. */
  boolean connects(String path) {
    return existing(path)
        .filter(this::mayWrite)
        .filter(real -> (!isOwn(real) || isElsewhere(real)) && admits(access(real)))
        .isPresent();
  }

  private boolean admits(Access access) {
    if (subject.decisions().has(Guarantee.FILES, Effect.RULES_SOCKETS, subject.facts())) {
      return access.compareTo(Access.USE) >= 0;
    }
    boolean absent =
        subject.profile().files().unlisted() == Unlisted.ABSENT && subject.isFull(Guarantee.FILES);
    return !absent || access.compareTo(Access.READ_DATA) >= 0;
  }

  private boolean restricted() {
    return subject.strength(Guarantee.FILES) != Strength.NONE;
  }

  private Optional<String> existing(String path) {
    return resolve(path).filter(real -> real.kind() != Kind.ABSENT).map(ResolvedPath::path);
  }

  private Optional<ResolvedPath> resolve(String path) {
    return resolved.computeIfAbsent(path, this::resolveNow);
  }

  private Optional<ResolvedPath> resolveNow(String path) {
    try {
      return Optional.of(ResolvedPath.of(path, here.view()));
    } catch (CannotCompileException e) {
      return Optional.empty();
    }
  }

  private boolean isElsewhere(String path) {
    return elsewhere.stream().anyMatch(grant -> PathRule.isIn(path, grant.path()));
  }

  /** What can be done at the path's own place, or at another one where it is found as well. */
  private Access access(String path) {
    Access atHome = accessAtHome(path);
    return elsewhere.stream()
        .filter(grant -> PathRule.isIn(path, grant.path()))
        .map(Grant::access)
        .filter(other -> other.compareTo(atHome) > 0)
        .max(Comparator.naturalOrder())
        .orElse(atHome);
  }

  /** Rights add up, but for read-only paths below writable ones where they are enforced. */
  private Access accessAtHome(String path) {
    List<Grant> covering =
        grants.stream().filter(grant -> PathRule.isIn(path, grant.path())).toList();
    if (isOwn(path)) {
      return Access.LIST;
    }
    Optional<Grant> nearest =
        covering.stream()
            .filter(grant -> grant.access() != Access.LIST)
            .max(
                Comparator.comparing((Grant grant) -> grant.path().length())
                    .thenComparing(Grant::access));
    boolean readOnly =
        nearest.filter(grant -> grant.access().compareTo(Access.READ) <= 0).isPresent()
            && subject.strength(Guarantee.READ_ONLY) != Strength.NONE;
    return readOnly
        ? Access.READ
        : covering.stream().map(Grant::access).max(Comparator.naturalOrder()).orElse(Access.LIST);
  }

  /** Whether the sandbox has something else in this place, and no listed path in between. */
  private boolean isOwn(String path) {
    return own.stream()
        .filter(place -> PathRule.isIn(path, place))
        .anyMatch(
            place ->
                grants.stream()
                    .noneMatch(
                        grant ->
                            PathRule.isIn(grant.path(), place)
                                && PathRule.isIn(path, grant.path())));
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(1, path.lastIndexOf('/')));
  }
}
