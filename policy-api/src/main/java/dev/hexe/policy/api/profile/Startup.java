package dev.hexe.policy.api.profile;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The start of the command. What is left out is as the caller has it.
 *
 * @param argv0 what the command is told as its own name, or null for the name it is started by
 * @param umask the file mode mask, see {@code umask(2)}
 * @param nice the nice value the command has at least, see {@code setpriority(2)}
 * @param directory the directory it starts in, absolute inside the sandbox, or null for the
 *     caller's
 * @param passedDescriptors the caller's descriptors it keeps, beside the three standard ones
 * @param firstProcess whether it is itself process 1 of its pid namespace, with nobody above it to
 *     reap and to pass signals on
 * @param endsWithCaller whether it is killed when whoever has started it ends
 * @param resources the most that each of its processes may have; see {@link Resource#UNLIMITED}
 * @param locks files of the host that are locked while it runs, for others to see that it does
 */
public record Startup(
    @Nullable String argv0,
    OptionalInt umask,
    OptionalInt nice,
    @Nullable String directory,
    List<Integer> passedDescriptors,
    boolean firstProcess,
    boolean endsWithCaller,
    Map<Resource, Long> resources,
    List<String> locks) {
  /** As any program the caller starts. */
  public static final Startup USUAL =
      new Startup(null, OptionalInt.empty(), OptionalInt.empty(), null, List.of(), false);

  /** One that may have what the caller has, and stay when the caller ends. */
  public Startup(
      @Nullable String argv0,
      OptionalInt umask,
      OptionalInt nice,
      @Nullable String directory,
      List<Integer> passedDescriptors,
      boolean firstProcess) {
    this(
        argv0, umask, nice, directory, passedDescriptors, firstProcess, false, Map.of(), List.of());
  }

  /** Copies; resources come in order. */
  public Startup {
    passedDescriptors = List.copyOf(passedDescriptors);
    resources = Collections.unmodifiableMap(new TreeMap<>(resources));
    locks = List.copyOf(locks);
  }
}
