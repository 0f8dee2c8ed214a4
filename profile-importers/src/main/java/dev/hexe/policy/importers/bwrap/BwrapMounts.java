package dev.hexe.policy.importers.bwrap;

import dev.hexe.policy.importers.ProfilePaths;
import dev.hexe.policy.importers.draft.Draft;
import dev.hexe.policy.importers.draft.Value;
import dev.hexe.policy.importers.report.Place;
import dev.hexe.policy.importers.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files of a sandbox. In bubblewrap the order decides and the last one at a path counts; a
 * profile has no order, so what is covered later is left out.
 */
final class BwrapMounts {
  static final Set<String> OPTIONS =
      Set.of(
          "bind",
          "bind-try",
          "ro-bind",
          "ro-bind-try",
          "dev-bind",
          "dev-bind-try",
          "bind-fd",
          "ro-bind-fd",
          "symlink",
          "file",
          "bind-data",
          "ro-bind-data",
          "chmod",
          "remount-ro",
          "proc",
          "dev",
          "tmpfs",
          "mqueue",
          "dir",
          "overlay",
          "tmp-overlay",
          "ro-overlay");
  private static final String UNLISTED = "files.unlisted";
  private static final String TMP = "files.tmp";

  private final Draft draft;
  private final Report report;
  private final String file;
  private final MountEntries entries;
  private final List<Mount> mounts = new ArrayList<>();

  BwrapMounts(Draft draft, Report report, String file) {
    this.draft = draft;
    this.report = report;
    this.file = file;
    this.entries = new MountEntries(draft, report);
  }

  /** One more, on top of all before it. */
  void add(Mount mount) {
    Optional<String> problem =
        ProfilePaths.placeProblem(mount.at())
            .or(() -> namesSource(mount) ? ProfilePaths.problem(mount.source()) : Optional.empty())
            .or(() -> patternProblem(mount));
    if (problem.isPresent()) {
      report.lost(mount.place(), mount.said(), problem.get());
    } else if (mount.option().equals("remount-ro")) {
      draft.add("files.read-only", ProfilePaths.of(mount.at()));
      report.carried(mount.place(), mount.said(), "files.read-only");
    } else if (mount.option().equals("chmod")) {
      chmod(mount);
    } else {
      cover(mount);
      mounts.add(mount);
    }
  }

  private static Optional<String> patternProblem(Mount mount) {
    boolean pattern =
        ProfilePaths.isPattern(mount.at())
            || (namesSource(mount) && ProfilePaths.isPattern(mount.source()));
    return pattern
        ? Optional.of("a pattern: the shell makes paths of it when the script runs")
        : Optional.empty();
  }

  private static boolean namesSource(Mount mount) {
    return mount.plainOption().endsWith("bind");
  }

  private void cover(Mount mount) {
    for (Mount covered : List.copyOf(mounts)) {
      boolean directory = mount.option().equals("dir");
      if (mount.covers(covered) && !directory) {
        mounts.remove(covered);
        report.carried(
            covered.place(), covered.said(), "left out: `" + mount.said() + "` covers it later");
      }
    }
  }

  /** {@code --chmod MODE PATH} counts where the sandbox has made the path itself. */
  private void chmod(Mount chmod) {
    for (int i = 0; i < mounts.size(); i++) {
      Mount made = mounts.get(i);
      if (made.at().equals(chmod.at()) && Set.of("dir", "tmpfs", "file").contains(made.option())) {
        mounts.set(
            i,
            new Mount(
                made.place(),
                made.option(),
                made.said(),
                made.source(),
                made.at(),
                with(made.details(), "mode", chmod.source()),
                made.layers()));
        report.carried(chmod.place(), chmod.said(), "its `mode`");
        return;
      }
    }
    report.lost(chmod.place(), chmod.said(), "what is the host's keeps its mode");
  }

  private static Map<String, String> with(Map<String, String> details, String key, String value) {
    Map<String, String> all = new java.util.HashMap<>(details);
    all.put(key, value);
    return all;
  }

  /** Says all of it in the profile. */
  void write() {
    draft.set("mounts", "private");
    draft.set(UNLISTED, hasHostRoot() ? "allowed" : "absent");
    mounts.forEach(mount -> entries.write(mount, mounts));
    if (!hasHostRoot()) {
      writeWhatIsAlwaysThere();
    }
  }

  private boolean hasHostRoot() {
    return mounts.stream()
        .anyMatch(it -> it.at().equals("/") && it.source().equals("/") && namesSource(it));
  }

  private void writeWhatIsAlwaysThere() {
    if (!has("/dev")) {
      draft.set("files.devices", "minimal");
      report.approximated(
          Place.all(file), "no --dev", "a minimal /dev is there: null, zero, random, terminals");
    }
    if (!has("/proc")) {
      draft.set("processes.others", "invisible");
      report.approximated(
          Place.all(file), "no --proc", "a /proc is there, with the sandbox's processes alone");
    }
    if (!has("/tmp") && !draft.has(TMP)) {
      draft.set(TMP, Value.pairs("private", MountEntries.SIZE));
      report.approximated(
          Place.all(file), "no /tmp", "an empty /tmp of the sandbox's own is there");
    }
  }

  private boolean has(String path) {
    return mounts.stream().anyMatch(it -> it.at().equals(path));
  }
}
