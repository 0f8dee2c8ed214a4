package dev.hexe.policy.api.profile;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a profile lays out by itself, beside what it lets the command see of the host's tree.
 *
 * @param root the directory that becomes the root, or null for an empty one
 * @param all what is put at paths; of two with one path the later one counts
 * @param readOnly paths inside that become read-only, with everything below
 * @param noExecute paths inside at or below which nothing can be executed
 */
public record Fixtures(
    @Nullable Root root, List<Fixture> all, List<PathRule> readOnly, List<PathRule> noExecute) {
  /** Nothing is laid out. */
  public static final Fixtures NONE = new Fixtures(null, List.of(), List.of(), List.of());

  /**
   * A directory of the host that becomes the root.
   *
   * @param source where it is on the host
   * @param writable whether it can be written
   */
  public record Root(String source, boolean writable) {}

  /** Copies the lists. */
  public Fixtures {
    all = List.copyOf(all);
    readOnly = List.copyOf(readOnly);
    noExecute = List.copyOf(noExecute);
  }

  /** Whether anything has to be mounted or made. */
  public boolean layOut() {
    return root != null || !all.isEmpty() || !readOnly.isEmpty();
  }

  /** The overlays among them. */
  public Stream<Fixture.Overlay> overlays() {
    return all.stream().filter(Fixture.Overlay.class::isInstance).map(Fixture.Overlay.class::cast);
  }
}
