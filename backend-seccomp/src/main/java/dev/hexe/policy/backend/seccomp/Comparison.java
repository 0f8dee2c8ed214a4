package dev.hexe.policy.backend.seccomp;

import dev.hexe.policy.api.profile.SystemCalls.Operator;
import dev.hexe.policy.backend.seccomp.SystemCallRule.Condition;
import java.util.List;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.jspecify.annotations.Nullable;

/** {@code struct scmp_arg_cmp}, as libseccomp takes conditions. */
final class Comparison {
  private static final int SIZE = 24;

  private Comparison() {}

  /** An array of them; nothing where there are no conditions. */
  static @Nullable Pointer array(Runtime runtime, List<Condition> conditions) {
    if (conditions.isEmpty()) {
      return null;
    }
    Pointer array = Memory.allocateDirect(runtime, SIZE * conditions.size(), true);
    for (int i = 0; i < conditions.size(); i++) {
      put(array, SIZE * i, conditions.get(i));
    }
    return array;
  }

  private static void put(Pointer array, int offset, Condition condition) {
    array.putInt(offset, condition.argument());
    boolean masked = condition.operator() == Operator.MASKED;
    array.putInt(offset + 4, condition.operator().number());
    array.putLong(offset + 8, masked ? condition.mask() : condition.value());
    array.putLong(offset + 16, masked ? condition.value() : 0);
  }
}
