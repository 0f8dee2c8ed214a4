package dev.hexe.policy.backend.seccomp;

import dev.hexe.policy.api.profile.SystemCalls;
import dev.hexe.policy.api.profile.SystemCalls.Operator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A system call that is answered in a way of its own, for some arguments or for all.
 *
 * @param call its name
 * @param answer what is done with it
 * @param conditions all of them have to hold; none means always
 */
record SystemCallRule(String call, Answer answer, List<Condition> conditions) {
  // Here and below: the JDK makes these of method handles at the first use, which takes long.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SystemCallRule that
        && call.equals(that.call)
        && answer.equals(that.answer)
        && conditions.equals(that.conditions);
  }

  @Override
  public int hashCode() {
    return call.hashCode() * 31 + conditions.hashCode();
  }

  /** Fails whatever the arguments. */
  static SystemCallRule always(String call, Answer answer) {
    return new SystemCallRule(call, answer, List.of());
  }

  /** Fails where {@code condition} holds. */
  static SystemCallRule when(String call, Answer answer, Condition condition) {
    return new SystemCallRule(call, answer, List.of(condition));
  }

  /**
   * A comparison of an argument. The kernel uses the low 32 bits of the arguments that the rules of
   * this program look at, so the high ones are never compared in them: a caller could set them to
   * slip by.
   *
   * @param argument its index
   * @param operator how it is compared
   * @param mask the bits that count, for {@link Operator#MASKED}
   * @param value what they are compared with
   */
  record Condition(int argument, Operator operator, long mask, long value) {
    private static final long LOW = 0xffff_ffffL;

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Condition that
          && argument == that.argument
          && operator == that.operator
          && mask == that.mask
          && value == that.value;
    }

    @Override
    public int hashCode() {
      return (argument * 31 + Long.hashCode(mask)) * 31 + Long.hashCode(value);
    }

    /** The argument is {@code value}. */
    static Condition is(int argument, long value) {
      return new Condition(argument, Operator.MASKED, LOW, value);
    }

    /** The argument is anything but {@code value}. */
    static Condition isNot(int argument, long value) {
      return new Condition(argument, Operator.NE, 0, value);
    }

    /** The argument has every bit of {@code bits}. */
    static Condition has(int argument, long bits) {
      return new Condition(argument, Operator.MASKED, bits, bits);
    }

    /** One of a profile; what fits in 32 bits is compared with 32 where that denies more. */
    static Condition of(SystemCalls.Comparison comparison, boolean denies) {
      boolean low =
          denies && comparison.operator() == Operator.EQ && (comparison.value() & ~LOW) == 0;
      return low
          ? is(comparison.argument(), comparison.value())
          : new Condition(
              comparison.argument(), comparison.operator(), comparison.mask(), comparison.value());
    }
  }
}
