package dev.hexe.policy.verification.checks;

import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.verification.act.Check;
import dev.hexe.policy.verification.act.CheckList;
import dev.hexe.policy.verification.act.Expectation;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;

/** Only some processors are used. */
final class ProcessorChecks {
  private final String limit;
  private final String outside;

  /**
   * For a list of processors.
   *
   * @param outside those that the caller may use, as the kernel lists them
   */
  ProcessorChecks(Profile profile, String outside) {
    limit = profile.limits().cpus();
    this.outside = outside;
  }

  List<Check> all() {
    BitSet allowed = processors(limit);
    BitSet others = processors(outside);
    others.andNot(allowed);
    CheckList trials =
        new CheckList(Guarantee.CPUS)
            .add(
                Expectation.value("among `" + limit + "`", seen -> isAmong(seen, allowed)),
                "processors");
    if (others.isEmpty()) {
      return trials
          .omit(Expectation.denied(), "run-on another", "the caller may use no other processor")
          .all();
    }
    return trials.add(Expectation.denied("EINVAL"), "run-on", others.nextSetBit(0)).all();
  }

  private static boolean isAmong(String seen, BitSet allowed) {
    BitSet others = processors(seen);
    others.andNot(allowed);
    return !seen.isEmpty() && others.isEmpty();
  }

  /** Reads a list such as {@code 0-3,7}. */
  static BitSet processors(String list) {
    BitSet processors = new BitSet();
    for (String range : list.isEmpty() ? List.<String>of() : List.of(list.split(","))) {
      List<Integer> ends =
          List.of(range.strip().split("-", 2)).stream()
              .map(Integer::valueOf)
              .collect(Collectors.toList());
      processors.set(ends.get(0), ends.get(ends.size() - 1) + 1);
    }
    return processors;
  }
}
