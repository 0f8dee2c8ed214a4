package dev.hexe.policy.backend.seccomp;

import dev.hexe.policy.backend.seccomp.SystemCallRule.Condition;
import java.util.List;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.jspecify.annotations.Nullable;

/** {@code struct scmp_arg_cmp}, as libseccomp takes conditions. */
final class Comparison {
  private static final int SIZE = 24;
  private static final int DIFFERENT = 1;
  private static final int MASKED_EQUAL = 7;

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
    array.putInt(offset + 4, condition.equal() ? MASKED_EQUAL : DIFFERENT);
    array.putLong(offset + 8, condition.equal() ? condition.mask() : condition.value());
    array.putLong(offset + 16, condition.equal() ? condition.value() : 0);
  }
}
