package dev.hexe.policy.profiles;

import dev.hexe.policy.api.profile.Safeguard;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What {@code protect} or {@code hide} say.
 *
 * @param paths each once, with the reason that was given first
 * @param show what stays readable below
 * @param alone whether what a base profile says counts no more
 */
record KeptPaths(List<Safeguard> paths, List<String> show, boolean alone) {
  /** Nothing is said. */
  static final KeptPaths NONE = new KeptPaths(List.of(), List.of(), false);

  /** Copies the lists. */
  KeptPaths {
    paths = List.copyOf(paths);
    show = List.copyOf(show);
  }

  /** What a base profile and one that extends it say together; an empty list takes all back. */
  static KeptPaths merge(KeptPaths base, KeptPaths own) {
    return own.alone ? own : base.and(own);
  }

  /** These and others. */
  KeptPaths and(KeptPaths others) {
    Map<String, Safeguard> all = new LinkedHashMap<>();
    Stream.concat(paths.stream(), others.paths.stream())
        .forEach(path -> all.merge(path.path(), path, Safeguard::and));
    return new KeptPaths(
        List.copyOf(all.values()),
        Stream.concat(show.stream(), others.show.stream()).distinct().toList(),
        alone || others.alone);
  }

  /** The same, in the place of what a base profile says. */
  KeptPaths replacing() {
    return new KeptPaths(paths, show, true);
  }
}
