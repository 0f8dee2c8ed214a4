package dev.hexe.policy.verification.checks;

import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.verification.act.Check;
import dev.hexe.policy.verification.act.CheckList;
import dev.hexe.policy.verification.act.Expectation;
import dev.hexe.policy.verification.environment.TestEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The terminal, names, control groups and mounts. */
final class SurroundingsChecks {
  private static final Set<String> LISTING_TERMINALS = Set.of("/", "/dev", "/dev/pts");

  private static final Path MOUNT_NAMESPACE = Path.of("/proc/self/ns/mnt");

  private SurroundingsChecks() {}

  /**
   * EIO is the kernel's answer where it lets nobody push keys, and ENXIO the prover's where they
   * went into a terminal of the sandbox's own.
   */
  /** Where files are listed, and these are not, the user's others are out of reach as well. */
  static List<Check> terminal(Profile profile, TestEnvironment scene) {
    CheckList trials = new CheckList(Guarantee.TERMINAL);
    trials
        .add(Expectation.denied("EIO", "ENXIO"), "push-key")
        .add(Expectation.denied("EIO", "ENXIO"), "push-key-high-bits")
        .add(Expectation.denied("EIO", "ENXIO"), "push-key-own-session");
    scene
        .of("terminal")
        .filter(path -> profile.files().unlisted() != FileAccess.Unlisted.ALLOWED)
        .filter(
            path ->
                profile.files().write().stream()
                    .noneMatch(rule -> LISTING_TERMINALS.contains(rule.path())))
        .ifPresent(path -> trials.add(Expectation.denied("ENOENT"), "open-write", path));
    return trials.all();
  }

  static List<Check> hostname(Profile profile) {
    String name = profile.separation().hostname();
    return new CheckList(Guarantee.HOSTNAME)
        .add(Expectation.value(name == null ? "" : name), "hostname")
        .all();
  }

  static List<Check> cgroups() {
    return new CheckList(Guarantee.CGROUPS)
        .add(Expectation.value("the root alone", String::isEmpty), "cgroups")
        .all();
  }

  static List<Check> mounts() {
    CheckList trials = new CheckList(Guarantee.MOUNTS).add(Expectation.value("0"), "shared-mounts");
    try {
      String outside = Files.readSymbolicLink(MOUNT_NAMESPACE).toString();
      Expectation other = Expectation.value("another", inside -> !inside.equals(outside));
      return trials.add(other, "namespace", "mnt").all();
    } catch (IOException e) {
      Expectation other = Expectation.value("another", inside -> true);
      return trials.omit(other, "namespace mnt", "there is no /proc outside").all();
    }
  }
}
