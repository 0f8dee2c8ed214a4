package dev.hexe.policy.backend.namespaces;

import static dev.hexe.policy.api.plan.MountAttribute.NODEV;
import static dev.hexe.policy.api.plan.MountAttribute.NOEXEC;
import static dev.hexe.policy.api.plan.MountAttribute.NOSUID;
import static dev.hexe.policy.api.plan.MountAttribute.RDONLY;

import dev.hexe.policy.api.host.HostTree;
import dev.hexe.policy.api.host.HostTree.Kind;
import dev.hexe.policy.api.host.ResolvedPath;
import dev.hexe.policy.api.plan.Layouts;
import dev.hexe.policy.api.plan.MountAttribute;
import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.spi.Compilation;
import dev.hexe.policy.backend.namespaces.Place.Bind;
import dev.hexe.policy.backend.namespaces.Place.Made;
import dev.hexe.policy.backend.namespaces.host.NamespaceFacts;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * System files of which a sandbox has copies: one that knows its own name, one that knows its own
 * home, one that follows what is replaced by renaming, and those whose owner programs look at, who
 * does not exist inside.
 */
final class SystemCopies {
  private static final String HOSTS = "/etc/hosts";
  private static final String RESOLVER = "/etc/resolv.conf";
  private static final byte[] NOTHING = new byte[0];
  private static final Set<MountAttribute> DATA = Set.of(RDONLY, NOSUID, NODEV, NOEXEC);

  private final Compilation compilation;
  private final HostTree tree;
  private final Layout layout;
  private final boolean newRoot;

  SystemCopies(Compilation compilation, Layout layout, boolean newRoot) {
    this.compilation = compilation;
    this.tree = compilation.tree();
    this.layout = layout;
    this.newRoot = newRoot;
  }

  /** Whether there is anything to copy, and nothing against a mount for that alone. */
  static boolean areNeeded(Compilation compilation) {
    if (!compilation.facts().has(NamespaceFacts.MOUNT)) {
      return false;
    }
    boolean hosts =
        hostname(compilation).isPresent() && resolve(HOSTS, compilation.tree()).isPresent();
    return hosts
        || (losesOwners(compilation)
            && !new SshSettings(compilation.tree()).checkedFiles().isEmpty());
  }

  void put() {
    hostname(compilation).ifPresent(this::putHosts);
    AccountEntry.of(compilation).ifPresent(line -> copy(AccountEntry.USERS, line));
    if (newRoot) {
      followResolver();
    }
    if (losesOwners(compilation)) {
      new SshSettings(tree).checkedFiles().forEach(path -> copy(path, NOTHING));
    }
  }

  private static Optional<String> hostname(Compilation compilation) {
    return Optional.ofNullable(compilation.profile().separation().hostname())
        .filter(
            name ->
                compilation
                    .decisions()
                    .uses(Guarantee.HOSTNAME, NamespaceMechanisms.UTS_NAMESPACE));
  }

  /** Files of root are nobody's where root is not among the ids inside. */
  private static boolean losesOwners(Compilation compilation) {
    return compilation.caller().uid() != 0;
  }

  /**
   * As Debian does for a host without an address of its own: another one than that of localhost,
   * whose name is looked up as well.
   */
  private void putHosts(String hostname) {
    copy(HOSTS, ("127.0.1.1 " + hostname + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private void copy(String path, byte[] prefix) {
    resolve(path, tree)
        .filter(found -> isShown(found.path()) && !isChosen(path) && !isChosen(found.path()))
        .ifPresent(found -> layout.replace(found.path(), copyOf(found.path(), prefix, false)));
  }

  /** One that lies in a directory that is shown is seen there, whatever is renamed. */
  private void followResolver() {
    resolve(RESOLVER, tree)
        .filter(
            found -> layout.places().get(found.path()) instanceof Bind bind && bind.isReadOnly())
        .filter(found -> layout.isInOurs(found.path()) && !isChosen(found.path()))
        .ifPresent(found -> layout.replace(found.path(), copyOf(found.path(), NOTHING, true)));
  }

  private static Made copyOf(String source, byte[] prefix, boolean follow) {
    return new Made(
        (path, mode, attributes, create) ->
            Layouts.fileCopy(source, path, prefix, attributes, create, follow),
        0,
        DATA);
  }

  /** One that the caller may not read is as it is outside: nothing looks into it there either. */
  private static Optional<ResolvedPath> resolve(String path, HostTree tree) {
    try {
      return Optional.of(ResolvedPath.of(path, tree))
          .filter(found -> found.kind() == Kind.FILE && tree.isReadableFile(found.path()));
    } catch (CannotCompileException e) {
      return Optional.empty();
    }
  }

  private boolean isShown(String path) {
    return !newRoot
        || layout.places().get(path) instanceof Bind
        || layout.above(path).filter(above -> above.getValue() instanceof Bind).isPresent();
  }

  /** Whether the profile puts something of its own there. */
  private boolean isChosen(String path) {
    return compilation.profile().files().fixtures().all().stream()
        .map(MountEntry::path)
        .anyMatch(chosen -> path.equals(chosen) || path.startsWith(chosen + "/"));
  }
}
