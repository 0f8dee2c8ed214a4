package dev.hexe.policy.api.profile;

import org.jspecify.annotations.Nullable;

/**
 * The ids the command sees itself run as.
 *
 * @param kind how they are chosen
 * @param uid the uid inside; meaningful for {@link Kind#IDS} only
 * @param gid the gid inside; meaningful for {@link Kind#IDS} only
 */
public record Identity(Kind kind, long uid, long gid) {
  /** The ways to choose the ids. */
  public enum Kind {
    /** The caller's, with no user namespace. */
    HOST,
    /** The caller's, and no other id exists: a user namespace that maps them alone. */
    SELF,
    /** 0 and 0 inside, the caller outside. */
    ROOT,
    /** 0 and 0 inside, the caller outside; 1 and up inside are the caller's subordinate ids. */
    SUBORDINATE,
    /** The given ones inside, the caller outside. */
    IDS
  }

  public static final Identity HOST = new Identity(Kind.HOST, 0, 0);
  public static final Identity SELF = new Identity(Kind.SELF, 0, 0);
  public static final Identity ROOT = new Identity(Kind.ROOT, 0, 0);

  public static final Identity SUBORDINATE = new Identity(Kind.SUBORDINATE, 0, 0);

  /** Explicit ids, as numbers. */
  public static Identity ids(long uid, long gid) {
    return new Identity(Kind.IDS, uid, gid);
  }

  /** The uid that the command of a caller with this one sees itself run as. */
  public long uidFor(long caller) {
    return chosen(caller, uid);
  }

  /** The gid that the command of a caller with this one sees itself run as. */
  public long gidFor(long caller) {
    return chosen(caller, gid);
  }

  private long chosen(long caller, long given) {
    return switch (kind) {
      case HOST, SELF -> caller;
      case ROOT, SUBORDINATE -> 0;
      case IDS -> given;
    };
  }

  // Made by hand: the JDK makes these of method handles at the first use, which takes milliseconds.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Identity that
        && kind == that.kind
        && uid == that.uid
        && gid == that.gid;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * kind.hashCode() + Long.hashCode(uid)) + Long.hashCode(gid);
  }
}
