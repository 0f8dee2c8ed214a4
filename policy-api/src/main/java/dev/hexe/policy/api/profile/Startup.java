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
 * @param state by the name of a command, directories of the host in which it keeps what it needs
 *     the next time; where they are missing they are made before it starts
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
    List<String> locks,
    Map<String, List<String>> state) {
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
        argv0,
        umask,
        nice,
        directory,
        passedDescriptors,
        firstProcess,
        false,
        Map.of(),
        List.of(),
        Map.of());
  }

  /** Copies; resources come in order. */
  public Startup {
    passedDescriptors = List.copyOf(passedDescriptors);
    resources = Collections.unmodifiableMap(new TreeMap<>(resources));
    locks = List.copyOf(locks);
    Map<String, List<String>> sorted = new TreeMap<>();
    state.forEach((command, paths) -> sorted.put(command, List.copyOf(paths)));
    state = Collections.unmodifiableMap(sorted);
  }

  /** Builds a start, as usual but for what is said. */
  public static final class Builder {
    private @Nullable String argv0;
    private OptionalInt umask = OptionalInt.empty();
    private OptionalInt nice = OptionalInt.empty();
    private @Nullable String directory;
    private List<Integer> passedDescriptors = List.of();
    private boolean firstProcess;
    private boolean endsWithCaller;
    private Map<Resource, Long> resources = Map.of();
    private List<String> locks = List.of();
    private Map<String, List<String>> state = Map.of();

    public Builder argv0(@Nullable String value) {
      argv0 = value;
      return this;
    }

    public Builder umask(OptionalInt value) {
      umask = value;
      return this;
    }

    public Builder nice(OptionalInt value) {
      nice = value;
      return this;
    }

    public Builder directory(@Nullable String value) {
      directory = value;
      return this;
    }

    public Builder passedDescriptors(List<Integer> value) {
      passedDescriptors = value;
      return this;
    }

    public Builder firstProcess(boolean value) {
      firstProcess = value;
      return this;
    }

    public Builder endsWithCaller(boolean value) {
      endsWithCaller = value;
      return this;
    }

    public Builder resources(Map<Resource, Long> value) {
      resources = value;
      return this;
    }

    public Builder locks(List<String> value) {
      locks = value;
      return this;
    }

    public Builder state(Map<String, List<String>> value) {
      state = value;
      return this;
    }

    public Startup build() {
      return new Startup(
          argv0,
          umask,
          nice,
          directory,
          passedDescriptors,
          firstProcess,
          endsWithCaller,
          resources,
          locks,
          state);
    }
  }
}
