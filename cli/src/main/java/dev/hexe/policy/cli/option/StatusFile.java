package dev.hexe.policy.cli.option;

import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.plan.PlanNotes;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.engine.CompiledPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The file of {@code --status-file}, as far as it matters where it is. */
public final class StatusFile {
  /** How a plan names a file relative to the working directory of each run. */
  static final String BELOW_CWD = PathRule.CWD + "/";

  private StatusFile() {}

  /** Whether its place depends on the working directory. */
  public static boolean isRelative(List<Action> reports) {
    return path(reports).filter(path -> path.startsWith(BELOW_CWD)).isPresent();
  }

  /** A warning where the command can write it: then what it says is the command's word. */
  public static Optional<Action> warning(List<Action> reports, CompiledPolicy policy, Path cwd) {
    return path(reports)
        .map(path -> Path.of(path.replace(PathRule.CWD, cwd.toString())))
        .filter(file -> isWritable(real(file), policy, cwd))
        .map(
            file ->
                PlanNotes.warn(
                    "warning: the command can write the status file `"
                        + file
                        + "`; what it says cannot be relied on"));
  }

  private static Optional<String> path(List<Action> reports) {
    return reports.stream()
        .filter(action -> action.opcode() == Opcode.STATUS_FILE)
        .map(action -> action.operands().get(0).toString())
        .findFirst();
  }

  private static Path real(Path file) {
    try {
      Path parent = file.toAbsolutePath().normalize().getParent();
      return parent == null ? file : parent.toRealPath();
    } catch (IOException e) {
      return file; // the launcher will say that it cannot be made
    }
  }

  private static boolean isWritable(Path directory, CompiledPolicy policy, Path cwd) {
    if (policy.profile().files().unlisted() == Unlisted.ALLOWED) {
      return true;
    }
    return policy.grants().stream()
        .filter(grant -> grant.access() == PathGrant.Access.WRITE)
        .filter(grant -> !isOwn(grant, policy))
        .map(grant -> grant.path().equals(PathRule.CWD) ? cwd : Path.of(grant.path()))
        .anyMatch(directory::startsWith);
  }

  /** A /tmp of the sandbox's own does not show the host's. */
  private static boolean isOwn(PathGrant grant, CompiledPolicy policy) {
    boolean hidden =
        policy
            .decisions()
            .of(Guarantee.TMP)
            .filter(decision -> decision.strength() == Strength.FULL)
            .isPresent();
    return (hidden && grant.path().equals("/tmp")) || grant.path().startsWith("/dev");
  }
}
