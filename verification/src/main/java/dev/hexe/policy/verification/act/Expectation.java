package dev.hexe.policy.verification.act;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The result that an act has to have where its guarantee is kept in full.
 *
 * @param words for people
 * @param kind what it is about
 * @param fits which answers are as promised
 */
public record Expectation(String words, Kind kind, Predicate<Answer> fits) {
  /** The subject of an expectation. */
  public enum Kind {
    /** That the act succeeds. */
    ALLOWS,
    /** That the act fails. */
    FORBIDS,
    /** What the act finds out. */
    ASKS
  }

  /** The errnos with which a kernel refuses on purpose, whatever the mechanism. */
  private static final Set<String> REFUSALS =
      Set.of("EPERM", "EACCES", "ENOENT", "ESRCH", "EROFS", "ENOSYS", "EAFNOSUPPORT");

  /**
   * It has to succeed. That there is nothing behind a device, such as no terminal behind {@code
   * /dev/tty}, is not a refusal either.
   */
  public static Expectation allowed() {
    return new Expectation(
        "allowed", Kind.ALLOWS, answer -> isOk(answer) || isErrno(answer, Set.of("ENXIO")));
  }

  /** It has to be refused, with any of the usual errnos or one of {@code more}. */
  public static Expectation denied(String... more) {
    Set<String> others = Set.copyOf(Arrays.asList(more));
    return new Expectation(
        "denied",
        Kind.FORBIDS,
        answer -> isRefusal(answer) || isErrno(answer, others) || isFilter(answer));
  }

  /** What it is about must not even exist. */
  public static Expectation absent(String... errnos) {
    Set<String> accepted = Set.copyOf(Arrays.asList(errnos));
    return new Expectation("absent", Kind.FORBIDS, answer -> isErrno(answer, accepted));
  }

  /** The limit has to end it. */
  public static Expectation limited(Predicate<Answer> fits) {
    return new Expectation("limited", Kind.FORBIDS, fits);
  }

  /** It has to find out this. */
  public static Expectation value(String value) {
    return value("`" + value + "`", value::equals);
  }

  /** It has to find out something like this. */
  public static Expectation value(String words, Predicate<String> fits) {
    return new Expectation(words, Kind.ASKS, answer -> isOk(answer) && fits.test(answer.detail()));
  }

  /** Whether a part of the guarantee would have refused like this: where absence is denial. */
  public boolean fitsInPart(Answer answer) {
    return fits.test(answer) || (kind == Kind.FORBIDS && isRefusal(answer));
  }

  private static boolean isOk(Answer answer) {
    return answer.kind() == Answer.Kind.OK;
  }

  private static boolean isRefusal(Answer answer) {
    return isErrno(answer, REFUSALS);
  }

  private static boolean isErrno(Answer answer, Set<String> errnos) {
    return answer.kind() == Answer.Kind.ERRNO && errnos.contains(answer.detail());
  }

  // A filter may kill whom it refuses.
  private static boolean isFilter(Answer answer) {
    return answer.kind() == Answer.Kind.SIGNAL && answer.detail().equals("SIGSYS");
  }
}
