package dev.hexe.policy.verification.act;

/**
 * The result of an act.
 *
 * @param kind how it ended
 * @param detail the value, the errno, the signal or the reason; may be empty
 */
public record Answer(Kind kind, String detail) {
  /** The ends of an act. */
  public enum Kind {
    /** It succeeded, or found out a value. */
    OK,
    /** The kernel refused it. */
    ERRNO,
    /** It was killed. */
    SIGNAL,
    /** It ended without a word. */
    EXITED,
    /** It took too long. */
    TIMEOUT,
    /** It could not be tried. */
    UNABLE
  }

  /** An act that could not be tried. */
  public static Answer unable(String reason) {
    return new Answer(Kind.UNABLE, reason);
  }

  /** Whether the kernel refused it with this errno. */
  public boolean failedWith(String errno) {
    return kind == Kind.ERRNO && detail.equals(errno);
  }

  /** In a word. */
  public String seen() {
    return switch (kind) {
      case OK -> detail.isEmpty() ? "allowed" : "`" + detail + "`";
      case ERRNO -> detail.equals("ENOENT") || detail.equals("ESRCH") ? "absent" : "denied";
      case SIGNAL -> "killed";
      case EXITED -> "ended";
      case TIMEOUT -> "no end";
      case UNABLE -> "not tried";
    };
  }

  /** The kernel's word for it; empty where there is none. */
  public String evidence() {
    return kind == Kind.OK ? "" : detail;
  }
}
