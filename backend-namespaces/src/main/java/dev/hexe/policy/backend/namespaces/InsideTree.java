package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.host.HostTree;
import dev.hexe.policy.backend.namespaces.Place.Bind;
import dev.hexe.policy.backend.namespaces.Place.Directory;
import dev.hexe.policy.backend.namespaces.Place.Made;
import dev.hexe.policy.backend.namespaces.Place.Stack;
import dev.hexe.policy.backend.namespaces.Place.Symlink;
import java.util.Map;
import java.util.Optional;

/** The tree as the command is going to see it, as far as it is laid out by now. */
final class InsideTree implements HostTree {
  private final HostTree host;
  private final Layout layout;
  private final boolean newRoot;

  InsideTree(HostTree host, Layout layout, boolean newRoot) {
    this.host = host;
    this.layout = layout;
    this.newRoot = newRoot;
  }

  @Override
  public Entry look(String path) {
    Place place = layout.places().get(path);
    Entry placed = place == null ? null : placed(path, place);
    if (placed != null) {
      return placed;
    }
    Entry around = around(path);
    boolean leads = around.kind() == Kind.ABSENT && layout.isInOurs(path);
    return leads && layout.leadsTo(path) ? new Entry(Kind.DIRECTORY, "") : around;
  }

  private @org.jspecify.annotations.Nullable Entry placed(String path, Place place) {
    if (place instanceof Symlink symlink) {
      return layout.isInOurs(path) ? new Entry(Kind.SYMLINK, symlink.target()) : null;
    }
    if (place instanceof Directory && !layout.isInOurs(path)) {
      return null;
    }
    boolean file = place instanceof Made || (place instanceof Bind bind && bind.isFile());
    return new Entry(file ? Kind.FILE : Kind.DIRECTORY, "");
  }

  /** What the tree shows that the path is in. */
  Entry around(String path) {
    Optional<Map.Entry<String, Place>> above = layout.above(path);
    if (above.isEmpty()) {
      return newRoot ? new Entry(Kind.ABSENT, "") : host.look(path);
    }
    Place tree = above.get().getValue();
    String rest =
        above.get().getKey().equals("/") ? path : path.substring(above.get().getKey().length());
    if (tree instanceof Bind bind) {
      return onHost(bind.sourceOf(above.get().getKey(), path));
    }
    return tree instanceof Stack stack ? inLayers(stack, rest) : new Entry(Kind.ABSENT, "");
  }

  private Entry inLayers(Stack stack, String rest) {
    return stack.layers().stream()
        .map(layer -> onHost(layer + rest))
        .filter(entry -> entry.kind() != Kind.ABSENT)
        .findFirst()
        .orElse(new Entry(Kind.ABSENT, ""));
  }

  /** What is in the working directory is known at run time alone: the launcher looks then. */
  private Entry onHost(String path) {
    return path.startsWith("@") ? new Entry(Kind.DIRECTORY, "") : host.look(path);
  }
}
