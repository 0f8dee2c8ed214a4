package dev.hexe.policy.cli.explain;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.engine.CompiledPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Forecasts whether a command can be started in the caller's working directory. */
final class StartDirectory {
  private final FileAccess files;
  private final List<PathGrant> grants;
  private final boolean whole;
  private final Path directory;

  private StartDirectory(CompiledPolicy policy, Plan plan, Path directory) {
    this.files = policy.profile().files();
    this.grants = policy.grants();
    this.whole =
        policy.decisions().of(Guarantee.FILES).flatMap(Decision::chosen).isEmpty()
            && !isHidden(plan, directory);
    this.directory = directory;
  }

  /** Why the run would be refused, with the fixes; empty where the directory is inside. */
  static Optional<String> refusal(CompiledPolicy policy, Path directory) {
    return policy
        .plan()
        .flatMap(plan -> WorkingDirectoryMounts.refusal(plan, directory))
        .or(() -> outside(policy, directory));
  }

  private static Optional<String> outside(CompiledPolicy policy, Path directory) {
    return policy
        .plan()
        .filter(plan -> !new StartDirectory(policy, plan, directory).isInside())
        .flatMap(StartDirectory::fixes)
        .map(fixes -> refusal(fixes, quoted(directory), Files.isExecutable(directory)));
  }

  /** Tells that a directory above is an empty one inside; the hidden one itself can be entered. */
  private static boolean isHidden(Plan plan, Path directory) {
    return plan.actions().stream()
        .filter(action -> action.opcode() == Opcode.HIDE)
        .flatMap(action -> action.operands().get(0).toString().lines())
        .map(Path::of)
        .anyMatch(hidden -> directory.startsWith(hidden) && !directory.equals(hidden));
  }

  /** Nobody is advised to list a directory that is closed to them. */
  private static String refusal(String fixes, String directory, boolean open) {
    return open
        ? "the working directory " + directory + " is not in the sandbox\n  help: " + fixes
        : "cannot enter the working directory "
            + directory
            + ": permission denied\n  help: this user may not search it, or a directory above it; go to another one";
  }

  private static String quoted(Path directory) {
    return Printable.quote(directory.toString());
  }

  /** What the launcher would say; empty where the plan starts elsewhere, or in place. */
  private static Optional<String> fixes(Plan plan) {
    return plan.actions().stream()
        .filter(action -> action.opcode() == Opcode.CHDIR)
        .filter(action -> action.operands().get(0).toString().isEmpty())
        .map(action -> action.operands().get(1).toString())
        .findFirst();
  }

  private boolean isInside() {
    boolean above =
        grants.stream().anyMatch(grant -> path(grant).startsWith(directory) && isThere(grant));
    return above
        || grants.stream()
            .filter(grant -> directory.startsWith(path(grant)))
            .max(Comparator.comparing(grant -> path(grant).getNameCount()))
            .map(this::shows)
            .orElse(whole);
  }

  private boolean isThere(PathGrant grant) {
    return grant.made() || Files.exists(path(grant));
  }

  /** Whether what is granted has the directory in it: what the sandbox makes starts empty. */
  private boolean shows(PathGrant grant) {
    return !grant.made() || sources(grant.path()).anyMatch(source -> isIn(source, path(grant)));
  }

  private Stream<String> sources(String path) {
    Stream<String> root =
        Optional.ofNullable(files.fixtures().root()).filter(any -> path.equals("/")).stream()
            .map(made -> made.source());
    return Stream.concat(
        root,
        files.fixtures().all().stream()
            .filter(fixture -> fixture.path().equals(path))
            .flatMap(StartDirectory::sources));
  }

  private static Stream<String> sources(MountEntry fixture) {
    if (fixture instanceof MountEntry.Bind bind) {
      return Stream.of(bind.source());
    }
    return fixture instanceof MountEntry.Overlay overlay
        ? overlay.lower().stream()
        : Stream.empty();
  }

  private boolean isIn(String source, Path place) {
    return Files.isDirectory(path(source).resolve(place.relativize(directory)));
  }

  private Path path(PathGrant grant) {
    return path(grant.path());
  }

  private Path path(String path) {
    return path.equals(PathRule.CWD) ? directory : Path.of(path);
  }
}
