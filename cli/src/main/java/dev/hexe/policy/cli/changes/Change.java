package dev.hexe.policy.cli.changes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One path that a command has changed.
 *
 * @param state whether it can be carried over
 * @param reason why not, in one word of the launcher's
 * @param kind what has become of the path
 * @param line what names the change to the launcher, with all that tells it from another one
 * @param tree the directory of the host that it is in
 * @param path in the tree
 * @param link what a symlink says
 * @param before the mode that it had, with its type; 0 where it was not there
 * @param after the same now
 * @param sizeBefore bytes
 * @param sizeAfter bytes
 * @param links how many names the file had
 * @param kept where what it holds now is, below the record
 */
public record Change(
    State state,
    String reason,
    Kind kind,
    String line,
    Name tree,
    Name path,
    Name link,
    int before,
    int after,
    long sizeBefore,
    long sizeAfter,
    long links,
    String kept) {
  private static final int WORDS = 13;
  private static final int TYPE = 0170000;
  private static final int DIRECTORY = 0040000;
  private static final int REGULAR = 0100000;
  private static final int SYMLINK = 0120000;
  private static final int SETUID_SETGID = 06000;
  private static final int EXECUTE = 0111;

  /** The states in which a change can be carried over or not. */
  public enum State {
    CLEAN,
    CONFLICT,
    LEFT
  }

  /** The kinds of changes of a path. */
  public enum Kind {
    ADD("A"),
    EDIT("M"),
    MODE("P"),
    TIME("T"),
    REMOVE("D");

    private final String letter;

    Kind(String letter) {
      this.letter = letter;
    }

    /** As version control writes it. */
    public String letter() {
      return letter;
    }
  }

  /**
   * A line of the launcher's.
   *
   * @throws ChangesException where it is none
   */
  static Change read(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != WORDS) {
      throw new ChangesException("the launcher describes a change in another way", "");
    }
    String[] state = words[0].split(":", 2);
    return new Change(
        State.valueOf(state[0].toUpperCase(java.util.Locale.ROOT)),
        state[1],
        Kind.valueOf(words[1].toUpperCase(java.util.Locale.ROOT)),
        line.substring(words[0].length() + 1),
        Name.read(words[10]),
        Name.read(words[11]),
        Name.read(words[12]),
        Integer.parseInt(words[4], 8),
        Integer.parseInt(words[5], 8),
        Long.parseLong(words[6]),
        Long.parseLong(words[7]),
        Long.parseLong(words[9]),
        words[2] + "/" + words[3]);
  }

  private int type() {
    return (kind == Kind.REMOVE ? before : after) & TYPE;
  }

  /** Whether it is, or was, a directory. */
  public boolean isDirectory() {
    return type() == DIRECTORY;
  }

  /** Whether it is, or was, a regular file. */
  public boolean isFile() {
    return type() == REGULAR;
  }

  /** Whether it is, or was, a symlink. */
  public boolean isLink() {
    return type() == SYMLINK;
  }

  /** Whether a file was there before, and is the same kind of file now. */
  public boolean hadFile() {
    return (before & TYPE) == REGULAR;
  }

  /** Whether somebody could start it as a program. */
  public boolean isProgram() {
    return kind != Kind.REMOVE && isFile() && (after & EXECUTE) != 0;
  }

  /** What will not be carried over as it is, or is worth knowing. */
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    if (kind == Kind.MODE
        || (kind == Kind.EDIT && (before & 0777) != (after & 0777) && hadFile())) {
      remarks.add("mode %o becomes %o".formatted(before & 07777, after & 01777));
    }
    if (isFile() && kind != Kind.REMOVE && (after & SETUID_SETGID) != 0) {
      remarks.add("setuid and setgid are left out");
    }
    if (kind == Kind.EDIT && links > 1) {
      remarks.add("its other names keep what they hold");
    }
    if (isLink() && kind != Kind.REMOVE) {
      remarks.add("leads to " + link.shown() + (leadsOut() ? ", outside" : ""));
    }
    return remarks;
  }

  /** Whether a symlink leads out of the tree. */
  public boolean leadsOut() {
    if (!isLink() || kind == Kind.REMOVE) {
      return false;
    }
    Path top = Path.of("/tree");
    Path from = path.below(top);
    Path parent = from.getParent();
    String target = link.escaped();
    return target.startsWith("/")
        || parent == null
        || !link.below(parent).normalize().startsWith(top);
  }

  /** Where it is on the host; what is no UTF-8 in it is replaced. */
  public String file() {
    return path.isEmpty() ? tree.text() : tree.text() + "/" + path.text();
  }

  /** Where it is on the host, for people. */
  public String place() {
    return path.isEmpty() ? tree.shown() : tree.shown() + "/" + path.shown();
  }
}
