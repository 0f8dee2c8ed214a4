package dev.hexe.policy.api.plan;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Actions that keep files from the command within what it reaches. A path that is not there, or out
 * of reach, is passed over. All paths are without symlinks, but for those that say otherwise.
 */
public final class Guards {
  private static final long PLAIN = 0;
  private static final long LINK = 1;
  private static final long UNSEEN = 2;
  private static final long WITHHELD = 4;
  private static final int MOST_NAMED = 3;

  /** The configuration of the repository that the working directory is in. */
  public static final String GIT_HERE = "@git";

  /** Stands among lifted paths for the configuration that a file {@code .git} leads to. */
  public static final String LINKED_CONFIG = "@config";

  private Guards() {}

  /**
   * A part that is left of a guarded directory.
   *
   * @param path relative to it
   * @param writable whether it can be written
   */
  public record Kept(String path, boolean writable) {
    private String line() {
      return (writable ? "w " : "r ") + path;
    }

    // Made by hand: the JDK makes these of method handles at the first use, which takes
    // milliseconds.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Kept that && writable == that.writable && path.equals(that.path);
    }

    @Override
    public int hashCode() {
      return 31 * path.hashCode() + Boolean.hashCode(writable);
    }
  }

  /** Keeps what is at paths, and below, from being changed, replaced, removed or moved away. */
  public static Action protect(List<String> paths, Set<ProtectFlag> flags) {
    String verb = flags.contains(ProtectFlag.LINK) ? "protect symlinks" : "protect";
    return guard(Opcode.PROTECT, verb, paths, List.of(), ProtectFlag.bits(flags));
  }

  /** The same for a directory of which parts can be written. */
  public static Action protectBut(String path, List<Kept> kept, Set<ProtectFlag> flags) {
    return guard(
        Opcode.PROTECT, "protect", List.of(path), kept, ProtectFlag.bits(flags) | unseen(path));
  }

  /** Puts something empty over directories, and something that cannot be opened over files. */
  public static Action hide(List<String> paths, Set<ProtectFlag> flags) {
    return guard(Opcode.HIDE, "hide", paths, List.of(), ProtectFlag.bits(flags));
  }

  /** The same for a directory of which parts are there. */
  public static Action hideBut(String path, List<Kept> kept, Set<ProtectFlag> flags) {
    return guard(Opcode.HIDE, "hide", List.of(path), kept, ProtectFlag.bits(flags) | unseen(path));
  }

  /**
   * Leaves paths out of the rights to write that the rules of Landlock behind it give to a
   * directory above: these go to its other entries one by one. Nothing can be made beside the
   * paths, nor they themselves where they are missing; see {@code
   * Documentation/userspace-api/landlock.rst}.
   */
  public static Action withholdWriting(List<String> paths) {
    return withhold("writing ", paths, PLAIN);
  }

  /** The same for symlinks: they go on leading where they lead. */
  public static Action withholdWritingOfLinks(List<String> links) {
    return withhold("writing symlinks ", links, LINK);
  }

  /** The same for paths that start with {@code @cwd}, and may lead through symlinks. */
  public static Action withholdWritingUnseen(List<String> paths) {
    return withhold("writing ", paths, UNSEEN);
  }

  /** Leaves paths that are there out of all rights but the one to list names. */
  public static Action withhold(List<String> paths) {
    return withhold("", paths, WITHHELD);
  }

  /** The same for paths that start with {@code @cwd}, and may lead through symlinks. */
  public static Action withholdUnseen(List<String> paths) {
    return withhold("", paths, WITHHELD | UNSEEN);
  }

  private static Action withhold(String what, List<String> paths, long flags) {
    return Action.of(
        Opcode.LANDLOCK_GUARD,
        "allow all but " + what + some(paths),
        Operand.of(String.join("\n", paths)),
        Operand.of(flags));
  }

  /**
   * Says something in the end where a path was not there at the start and is there then.
   *
   * @param text in it, {@code @path} is the path
   */
  public static Action watch(List<String> paths, String text, Set<ProtectFlag> flags) {
    return Action.of(
        Opcode.WATCH,
        "tell of what comes into being at " + some(paths),
        Operand.of(String.join("\n", paths)),
        Operand.of(text),
        Operand.of(ProtectFlag.bits(flags)));
  }

  /**
   * Says in the end which data that git obeys was made or changed below a directory.
   *
   * @param most how many directories are looked into, those near the top first
   * @param text what follows a path
   */
  public static Action gitData(String directory, long most, String text) {
    return Action.of(
        Opcode.GIT_DATA,
        "tell of git data that was made in " + directory,
        Operand.of(directory),
        Operand.of(most),
        Operand.of(text));
  }

  /**
   * Makes, as long as the sandbox runs, what would lead git elsewhere if the command made it, so
   * that it can be protected: {@code commondir} and the like, of the repository that a directory is
   * in.
   *
   * @param lifted paths that stay as they are, and perhaps {@link #LINKED_CONFIG}
   * @param writable trees that the command can write; elsewhere nothing is made
   */
  public static Action gitPlaceholders(
      String directory, List<String> lifted, List<String> writable) {
    return Action.of(
        Opcode.GIT_PLACEHOLDERS,
        "hold the place of files that would lead git elsewhere in the repository of " + directory,
        Operand.of(directory),
        Operand.of(String.join("\n", lifted)),
        Operand.of(String.join("\n", writable)));
  }

  /**
   * Says in the end what became of configurations of git: that one which is protected was to be
   * changed, or what was added to one that is not.
   *
   * @param files absolute paths, or {@link #GIT_HERE}
   * @param changeable whether they can be changed
   * @param hint how a change can be allowed
   * @param harmless what does not make git run anything, as {@code NAME} or {@code NAME=VALUE}, in
   *     which {@code *} stands for any part
   * @param programs what names a program that git runs, which counts over the former
   */
  public static Action gitConfig(
      List<String> files,
      boolean changeable,
      String hint,
      List<String> harmless,
      List<String> programs) {
    return Action.of(
        Opcode.GIT_CONFIG,
        (changeable ? "tell what is added to " : "tell of attempts to change ") + some(files),
        Operand.of(String.join("\n", files)),
        Operand.of(changeable ? 1 : 0),
        Operand.of(hint),
        Operand.of(String.join("\n", harmless)),
        Operand.of(String.join("\n", programs)));
  }

  /**
   * Protects what git obeys for a directory without lying in its {@code .git}, but for {@code
   * lifted} paths.
   */
  public static Action gitLinks(String directory, List<String> lifted) {
    return Action.of(
        Opcode.GIT_LINKS,
        "protect what git's configuration and `.git` files of " + directory + " lead to",
        Operand.of(directory),
        Operand.of(String.join("\n", lifted)));
  }

  /**
   * Has the supervisor, where there is one, keep from the command again what the host replaces
   * while the sandbox runs.
   */
  public static Action mountAgain() {
    return Action.of(Opcode.MOUNT_AGAIN, "keep what the host replaces from the command again");
  }

  private static Action guard(
      Opcode opcode, String verb, List<String> paths, List<Kept> kept, long flags) {
    return Action.of(
        opcode,
        verb + " " + some(paths) + but(kept),
        Operand.of(String.join("\n", paths)),
        Operand.of(kept.stream().map(Kept::line).collect(Collectors.joining("\n"))),
        Operand.of(flags));
  }

  private static long unseen(String path) {
    return path.startsWith("@") ? UNSEEN : PLAIN;
  }

  private static String some(List<String> paths) {
    int more = paths.size() - MOST_NAMED;
    String named = String.join(", ", paths.subList(0, Math.min(paths.size(), MOST_NAMED)));
    return more > 0 ? named + " and " + more + " more, where present" : named + ", where present";
  }

  private static String but(List<Kept> kept) {
    Stream<String> names = kept.stream().map(Kept::path);
    return kept.isEmpty() ? "" : names.collect(Collectors.joining(", ", ", but for ", ""));
  }
}
