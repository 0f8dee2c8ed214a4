package dev.hexe.policy.api.profile;

import java.util.List;
import java.util.Optional;

/** The origin of each part of a profile, and what was said in vain. */
public interface Provenance {
  /** That of a profile which nobody wrote. */
  Provenance NONE =
      new Provenance() {
        @Override
        public List<Statement> effective() {
          return List.of();
        }

        @Override
        public List<Overruled> overruled() {
          return List.of();
        }

        @Override
        public Optional<Origin> of(String key, Object value) {
          return Optional.empty();
        }
      };

  /** All that holds, in the order of the keys. */
  List<Statement> effective();

  /** All that does not hold although it was said. */
  List<Overruled> overruled();

  /** What was said without any effect, and is no mistake: each one a line for the user. */
  default List<String> remarks() {
    return List.of();
  }

  /** Where a value of this key was said: a {@link PathRule} of {@code files.read}, say. */
  Optional<Origin> of(String key, Object value);
}
