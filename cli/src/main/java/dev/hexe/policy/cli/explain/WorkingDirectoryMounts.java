package dev.hexe.policy.cli.explain;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.MountAttribute;
import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.plan.Operand;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.plan.ProtectFlag;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.cli.text.Printable;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Forecasts whether the launcher refuses what a plan mounts because of where the working directory
 * is, which it alone knows when it starts: the rules are those of its {@code source.c}.
 */
final class WorkingDirectoryMounts {
  private static final String BESIDE =
      "start the command in a directory of its own, such as a project's";
  private static final long SKIP_MISSING = 2;
  private static final long WITHIN = 128;
  private static final Set<Opcode> FILE_SYSTEMS =
      Set.of(Opcode.TMPFS, Opcode.PROC, Opcode.DEVPTS, Opcode.MQUEUE);

  private final String directory;
  private final List<Mounted> mounted = new ArrayList<>();
  private final List<Elsewhere> elsewhere = new ArrayList<>();
  private String handedOver = "";

  /** Something that was mounted; apart: the profile keeps it from the working directory. */
  private record Mounted(String path, boolean apart, boolean noExecute, boolean readOnly) {}

  /** A tree that holds the working directory and is found under another name. */
  private record Elsewhere(String source, String place, boolean writable) {}

  private WorkingDirectoryMounts(Path directory) {
    this.directory = directory.toString();
  }

  /** Why nothing would be started there, with the fix; empty where the launcher takes it. */
  static Optional<String> refusal(Plan plan, Path directory) {
    WorkingDirectoryMounts mounts = new WorkingDirectoryMounts(directory);
    return plan.actions().stream().flatMap(action -> mounts.refusal(action).stream()).findFirst();
  }

  private Optional<String> refusal(Action action) {
    if (action.opcode() == Opcode.BIND) {
      return bind(action);
    }
    if (FILE_SYSTEMS.contains(action.opcode())) {
      return mount(text(action, 0), place(text(action, 0)), new Mounted("", true, false, false));
    }
    boolean hidden = action.opcode() == Opcode.HIDE;
    return hidden || action.opcode() == Opcode.PROTECT
        ? lines(text(action, 0))
            .flatMap(line -> guard(line, number(action, 2), hidden).stream())
            .findFirst()
        : Optional.empty();
  }

  private Optional<String> bind(Action action) {
    String source = text(action, 0);
    long attributes = number(action, 2);
    long flags = number(action, 3);
    boolean working = source.equals(PathRule.CWD);
    boolean whole = working && directory.equals("/");
    if (whole
        || ((flags & WITHIN) != 0 && isWritableThere())
        || ((flags & SKIP_MISSING) != 0 && !exists(place(source)))) {
      return Optional.empty();
    }
    boolean readOnly = MountAttribute.RDONLY.isIn(attributes);
    boolean noExecute = MountAttribute.NOEXEC.isIn(attributes);
    return mount(
        source,
        place(text(action, 1)),
        new Mounted("", readOnly || noExecute, noExecute, readOnly));
  }

  /** In a tree in which nothing can be executed, the working directory can be written. */
  private boolean isWritableThere() {
    Optional<Mounted> around =
        mounted.stream()
            .filter(one -> PathRule.isIn(directory, one.path()))
            .max(Comparator.comparing(one -> one.path().length()));
    return around.map(one -> !one.apart() || (one.noExecute() && !one.readOnly())).orElse(true);
  }

  private Optional<String> mount(String source, String place, Mounted kind) {
    boolean working = source.equals(PathRule.CWD);
    if (!working && PathRule.isIn(directory, source) && !source.equals(place)) {
      elsewhere.add(new Elsewhere(source, place, !kind.readOnly()));
    }
    if (working && !place.equals(directory)) {
      handedOver = place;
    }
    Mounted here = new Mounted(place, kind.apart(), kind.noExecute(), kind.readOnly());
    Optional<String> refusal =
        working
            ? mounted.stream()
                .flatMap(one -> cover(place, one, kind).or(() -> shown(one)).stream())
                .findFirst()
            : Optional.of(here).filter(one -> !isAt(place, handedOver)).flatMap(this::shown);
    mounted.add(here);
    return refusal;
  }

  private static boolean isAt(String place, String tree) {
    return tree.isEmpty() || PathRule.isIn(place, tree);
  }

  private Optional<String> cover(String place, Mounted one, Mounted kind) {
    if (PathRule.isIn(one.path(), place) && !place.equals("/")) {
      return refused(
          BESIDE,
          "the working directory %s would cover %s, which the profile keeps apart",
          place,
          one.path());
    }
    return one.noExecute() && !kind.noExecute() && PathRule.isIn(directory, one.path())
        ? refused(
            "list the working directory itself under `no-execute`, or start the command elsewhere",
            "the working directory is in %s, where nothing can be executed",
            one.path())
        : Optional.empty();
  }

  /** At another place it would show the host's own of what the profile keeps apart. */
  private Optional<String> shown(Mounted one) {
    return !handedOver.isEmpty() && one.apart() && PathRule.isIn(one.path(), directory)
        ? refused(
            BESIDE,
            "the working directory at %s would show %s, which the profile keeps apart",
            handedOver,
            one.path())
        : Optional.empty();
  }

  private Optional<String> guard(String line, long flags, boolean hidden) {
    boolean alone = ProtectFlag.ALONE.isIn(flags);
    if (line.startsWith("/") && !handedOver.isEmpty() && exists(line)) {
      if (alone && PathRule.isIn(directory, line)) {
        return refused(
            BESIDE,
            "the working directory at %s would show a part of %s, which is kept apart",
            handedOver,
            line);
      }
      Optional<String> refusal = shown(new Mounted(line, true, false, false));
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return ProtectFlag.UNSEEN.isIn(flags) && !alone ? held(place(line), hidden) : Optional.empty();
  }

  private Optional<String> held(String path, boolean hidden) {
    return elsewhere.stream()
        .filter(tree -> hidden || tree.writable())
        .filter(tree -> PathRule.isIn(path, tree.source()) && exists(path))
        .findFirst()
        .flatMap(
            tree ->
                refused(
                    "start the command elsewhere, or leave out the tree at the other name",
                    "the tree at %s holds the working directory, and would give %s to the command, which is kept apart",
                    tree.place(),
                    path));
  }

  /** The paths of a list; one in each directory above the working directory is several. */
  private Stream<String> lines(String list) {
    return list.lines()
        .flatMap(
            line ->
                line.startsWith(PathRule.ABOVE)
                    ? above().map(top -> top + line.substring(PathRule.ABOVE.length()))
                    : Stream.of(line));
  }

  private Stream<String> above() {
    return Stream.iterate(
            Path.of(directory).getParent(),
            top -> top != null && top.getNameCount() > 0,
            Path::getParent)
        .map(Path::toString);
  }

  private String place(String operand) {
    return PathRule.isIn(operand, PathRule.CWD)
        ? directory + operand.substring(PathRule.CWD.length())
        : operand;
  }

  private static boolean exists(String path) {
    return Files.exists(Path.of(path), LinkOption.NOFOLLOW_LINKS);
  }

  private static Optional<String> refused(String help, String what, String... paths) {
    Object[] quoted = Stream.of(paths).map(Printable::quote).toArray();
    return Optional.of(what.formatted(quoted) + "\n  help: " + help);
  }

  private static String text(Action action, int operand) {
    return action.operands().get(operand).toString();
  }

  private static long number(Action action, int operand) {
    return action.operands().get(operand) instanceof Operand.Unsigned number ? number.value() : 0;
  }
}
