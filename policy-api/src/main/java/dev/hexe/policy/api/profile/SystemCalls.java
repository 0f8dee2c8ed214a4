package dev.hexe.policy.api.profile;

import java.util.List;

/**
 * The system calls that the command may make, see {@code seccomp(2)}. Where several wishes speak of
 * a call, the strictest counts.
 *
 * @param allow where there are any, all other calls are answered with {@code otherwise}
 * @param deny what is answered with its own reaction
 * @param otherwise the reaction to what {@code allow} leaves out
 * @param filters files with compiled filters, arrays of {@code struct sock_filter}
 * @param descriptors descriptors of the caller's that such filters are read from
 */
public record SystemCalls(
    List<Wish> allow,
    List<Wish> deny,
    Reaction otherwise,
    List<PathRule> filters,
    List<Integer> descriptors) {
  /** Nothing is said. */
  public static final SystemCalls ALL =
      new SystemCalls(List.of(), List.of(), Reaction.EPERM, List.of(), List.of());

  /** Copies the lists. */
  public SystemCalls {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
    filters = List.copyOf(filters);
    descriptors = List.copyOf(descriptors);
  }

  /** Whether anything is said that has to be compiled. */
  public boolean isListed() {
    return !allow.isEmpty() || !deny.isEmpty();
  }

  /** Whether filters of somebody else's are installed. */
  public boolean isForeign() {
    return !filters.isEmpty() || !descriptors.isEmpty();
  }

  /** Whether anything is said at all. */
  public boolean isSaid() {
    return isListed() || isForeign();
  }

  /**
   * One entry of a list.
   *
   * @param text as it was written
   * @param names the calls
   * @param group whether they come from a group, of which a machine need not know all
   * @param comparisons of arguments; all of them have to hold
   * @param reaction what is done with such a call
   */
  public record Wish(
      String text,
      List<String> names,
      boolean group,
      List<Comparison> comparisons,
      Reaction reaction) {
    /** Copies the lists. */
    public Wish {
      names = List.copyOf(names);
      comparisons = List.copyOf(comparisons);
    }
  }

  /**
   * A comparison of an argument.
   *
   * @param argument its index, from 0 on
   * @param operator what has to hold
   * @param mask the bits that count, for {@link Operator#MASKED}
   * @param value what it is compared with
   */
  public record Comparison(int argument, Operator operator, long mask, long value) {}

  /** The comparison of an argument, with what {@code seccomp_rule_add(3)} calls it. */
  public enum Operator {
    NE("!=", 1),
    LT("<", 2),
    LE("<=", 3),
    EQ("==", 4),
    GE(">=", 5),
    GT(">", 6),
    MASKED("&", 7);

    private final String sign;
    private final int number;

    Operator(String sign, int number) {
      this.sign = sign;
      this.number = number;
    }

    /** As it is written. */
    public String sign() {
      return sign;
    }

    /** The number of it. */
    public int number() {
      return number;
    }
  }

  /**
   * The reaction to a call.
   *
   * @param kind the action
   * @param errno what it fails with, for {@link Kind#ERRNO}
   */
  public record Reaction(Kind kind, int errno) {
    public static final Reaction EPERM = new Reaction(Kind.ERRNO, 1);
    public static final Reaction KILL = new Reaction(Kind.KILL, 0);
    public static final Reaction LOG = new Reaction(Kind.LOG, 0);

    /** The actions. */
    public enum Kind {
      /** The call fails. */
      ERRNO,
      /** The process ends with SIGSYS. */
      KILL,
      /** The call is made, and the kernel writes it into its log. */
      LOG
    }
  }
}
