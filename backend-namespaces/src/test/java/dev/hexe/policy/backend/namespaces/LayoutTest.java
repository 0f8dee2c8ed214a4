package dev.hexe.policy.backend.namespaces;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.MountAttribute;
import dev.hexe.policy.api.plan.Mounts;
import dev.hexe.policy.backend.namespaces.Place.Bind;
import dev.hexe.policy.backend.namespaces.Place.Directory;
import dev.hexe.policy.backend.namespaces.Place.Special;
import dev.hexe.policy.backend.namespaces.Place.Symlink;
import dev.hexe.policy.backend.namespaces.Place.Tmpfs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LayoutTest {
  private static final Set<MountAttribute> DATA =
      EnumSet.of(MountAttribute.NOSUID, MountAttribute.NODEV);
  private static final Place TMPFS = new Tmpfs(9, 0700, DATA);
  private static final Place DIRECTORY = new Directory();
  private static final Place PROC = new Special(Set.of(), Mounts::proc);

  private static Bind writable(String path) {
    return new Bind(path, DATA, false, false);
  }

  private static Bind readOnly(String path) {
    EnumSet<MountAttribute> attributes = EnumSet.copyOf(DATA);
    attributes.add(MountAttribute.RDONLY);
    return new Bind(path, attributes, false, false);
  }

  /** Places in a new root, each with a marker of what becomes of it. */
  static Stream<Arguments> newRoots() {
    return Stream.of(
        tree("a tree below a tree with the same rights is there already")
            .put("/usr", readOnly("/usr"))
            .put("/usr/lib", readOnly("/usr/lib"))
            .gives("bind /usr (ro,nosuid,nodev)"),
        tree("a read-only tree in a writable one stays read-only")
            .put("/home", writable("/home"))
            .put("/home/.ssh", readOnly("/home/.ssh"))
            .gives("bind /home (nosuid,nodev)", "bind /home/.ssh (ro,nosuid,nodev)"),
        tree("a writable tree in a read-only one stays writable")
            .put("/usr", readOnly("/usr"))
            .put("/usr/me", writable("/usr/me"))
            .gives("bind /usr (ro,nosuid,nodev)", "bind /usr/me (nosuid,nodev)"),
        tree("rights alternate as deep as they are listed")
            .put("/a", readOnly("/a"))
            .put("/a/b", writable("/a/b"))
            .put("/a/b/c", readOnly("/a/b/c"))
            .put("/a/b/c/d", writable("/a/b/c/d"))
            .put("/a/b/c/d/e", writable("/a/b/c/d/e"))
            .gives(
                "bind /a (ro,nosuid,nodev)",
                "bind /a/b (nosuid,nodev)",
                "bind /a/b/c (ro,nosuid,nodev)",
                "bind /a/b/c/d (nosuid,nodev)"),
        tree("the nearest tree above counts, not the topmost")
            .put("/a", readOnly("/a"))
            .put("/a/b", writable("/a/b"))
            .put("/a/b/x/y", readOnly("/a/b/x/y"))
            .gives(
                "bind /a (ro,nosuid,nodev)",
                "bind /a/b (nosuid,nodev)",
                "bind /a/b/x (nosuid,nodev)",
                "bind /a/b/x/y (ro,nosuid,nodev)"),
        tree("directories above a read-only tree in a writable one cannot be renamed")
            .put("/home", writable("/home"))
            .put("/home/a/.git/hooks", readOnly("/home/a/.git/hooks"))
            .gives(
                "bind /home (nosuid,nodev)",
                "bind /home/a (nosuid,nodev)",
                "bind /home/a/.git (nosuid,nodev)",
                "bind /home/a/.git/hooks (ro,nosuid,nodev)"),
        tree("a name that only begins alike is another path")
            .put("/a", writable("/a"))
            .put("/ab", writable("/ab"))
            .gives("bind /a (nosuid,nodev)", "bind /ab (nosuid,nodev)"),
        tree("a sibling that sorts in between does not hide what is above")
            .put("/a", writable("/a"))
            .put("/a-b", readOnly("/a-b"))
            .put("/a/c", writable("/a/c"))
            .gives("bind /a (nosuid,nodev)", "bind /a-b (ro,nosuid,nodev)"),
        tree("a tree in a tmpfs is mounted in it")
            .put("/tmp", TMPFS)
            .put("/tmp/x", writable("/tmp/x"))
            .gives(
                "mount an empty tmpfs of 9 bytes on /tmp (nosuid,nodev)",
                "bind /tmp/x (nosuid,nodev)"),
        tree("a tmpfs covers the tree it is in, and what is shown again is mounted again")
            .put("/a", readOnly("/a"))
            .put("/a/t", TMPFS)
            .put("/a/t/b", readOnly("/a/t/b"))
            .gives(
                "bind /a (ro,nosuid,nodev)",
                "mount an empty tmpfs of 9 bytes on /a/t (nosuid,nodev)",
                "bind /a/t/b (ro,nosuid,nodev)"),
        tree("a symlink in a host's tree is seen there")
            .put("/usr", readOnly("/usr"))
            .put("/usr/lib64", new Symlink("lib"))
            .put("/lib64", new Symlink("usr/lib64"))
            .gives("symlink /lib64 -> usr/lib64", "bind /usr (ro,nosuid,nodev)"),
        tree("a directory in a host's tree is seen there")
            .put("/home", writable("/home"))
            .put("/home/x", DIRECTORY)
            .put("/srv", DIRECTORY)
            .gives("bind /home (nosuid,nodev)", "make directory /srv"),
        tree("a directory in a host's tree is not ours to make symlinks in")
            .put("/home", writable("/home"))
            .put("/home/x", DIRECTORY)
            .put("/home/x/l", new Symlink("y"))
            .put("/home/x/b", writable("/home/x/b"))
            .gives("bind /home (nosuid,nodev)"),
        tree("a directory of our own holds symlinks and trees")
            .put("/srv", DIRECTORY)
            .put("/srv/l", new Symlink("b"))
            .put("/srv/b", writable("/srv/b"))
            .gives("make directory /srv", "bind /srv/b (nosuid,nodev)", "symlink /srv/l -> b"),
        tree("nothing is made in a procfs")
            .put("/proc", PROC)
            .put("/proc/l", new Symlink("x"))
            .put("/proc/d", DIRECTORY)
            .put("/proc/sys", readOnly("/proc/sys"))
            .gives("mount a fresh proc on /proc", "bind /proc/sys (ro,nosuid,nodev)"),
        tree("the working directory comes after all that is known")
            .put("@cwd", writable("@cwd"))
            .put("/usr", readOnly("/usr"))
            .gives("bind /usr (ro,nosuid,nodev)", "bind @cwd (nosuid,nodev)"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("newRoots")
  void inAnyOrderOfWriting(String name, Map<String, Place> places, List<String> expected) {
    for (long seed = 0; seed < 20; seed++) {
      List<Map.Entry<String, Place>> shuffled = new ArrayList<>(places.entrySet());
      Collections.shuffle(shuffled, new Random(seed));
      Layout layout = new Layout(true);
      shuffled.forEach(entry -> layout.put(entry.getKey(), entry.getValue()));
      assertEquals(expected, descriptions(layout));
    }
  }

  private static Case tree(String name) {
    return new Case(name);
  }

  private static final class Case {
    private final String name;
    private final Map<String, Place> places = new LinkedHashMap<>();

    Case(String name) {
      this.name = name;
    }

    Case put(String path, Place place) {
      places.put(path, place);
      return this;
    }

    Arguments gives(String... descriptions) {
      return Arguments.of(name, places, List.of(descriptions));
    }
  }

  static Stream<Arguments> twice() {
    return Stream.of(
        Arguments.of("writable over read-only", readOnly("/p"), writable("/p"), writable("/p")),
        Arguments.of("a tree over a directory", DIRECTORY, readOnly("/p"), readOnly("/p")),
        Arguments.of("a tmpfs over a directory", DIRECTORY, TMPFS, TMPFS),
        Arguments.of("a symlink over a directory", DIRECTORY, new Symlink("x"), new Symlink("x")),
        Arguments.of("a tree over a symlink", new Symlink("x"), readOnly("/p"), readOnly("/p")),
        Arguments.of("a tmpfs over a symlink", new Symlink("x"), TMPFS, TMPFS));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("twice")
  void pathPutTwiceKeepsWhatGivesMoreInEitherOrder(
      String name, Place less, Place more, Place expected) {
    assertEquals(expected, putTwice(less, more));
    assertEquals(expected, putTwice(more, less));
  }

  /** The private /tmp and the minimal /dev are put after what is listed. */
  @Test
  void systemPlaceCoversAListedTreeOfTheSamePath() {
    assertEquals(TMPFS, putTwice(writable("/tmp"), TMPFS));
    assertEquals(PROC, putTwice(writable("/proc"), PROC));
  }

  private static Place putTwice(Place first, Place second) {
    Layout layout = new Layout(true);
    layout.put("/p", first);
    layout.put("/p", second);
    return Objects.requireNonNull(layout.places().get("/p"));
  }

  @Test
  void mountPointsAreMadeInWhatIsOursAlone() {
    Layout layout = new Layout(true);
    layout.put("/usr", readOnly("/usr"));
    layout.put("/usr/me", writable("/usr/me"));
    layout.put("/tmp", TMPFS);
    layout.put("/tmp/x", writable("/tmp/x"));
    layout.put("/proc", PROC);
    layout.put("/proc/sys", readOnly("/proc/sys"));
    assertEquals(
        List.of(
            Mounts.proc("/proc", Set.of(), true),
            bind(readOnly("/proc/sys"), false),
            Mounts.tmpfs("/tmp", 9, 0700, DATA, true),
            bind(writable("/tmp/x"), true),
            bind(readOnly("/usr"), true),
            bind(writable("/usr/me"), false)),
        layout.actions());
  }

  private static Action bind(Bind bind, boolean create) {
    return Mounts.bind(
        bind.source(), bind.source(), bind.attributes(), bind.isFile(), bind.optional(), create);
  }

  @Test
  void hostsRootGetsNothingMadeInIt() {
    Layout layout = new Layout(false);
    layout.put("/a", readOnly("/a"));
    layout.put("/l", new Symlink("a"));
    layout.put("/d", DIRECTORY);
    layout.put("/tmp", TMPFS);
    assertEquals(
        List.of(bind(readOnly("/a"), false), Mounts.tmpfs("/tmp", 9, 0700, DATA, false)),
        layout.actions());
  }

  @Test
  void hostsRootShowsWritableTreesAlready() {
    Layout layout = new Layout(false);
    layout.put("/home", writable("/home"));
    layout.put("/srv", readOnly("/srv"));
    layout.put("/srv/data", writable("/srv/data"));
    assertEquals(
        List.of("bind /srv (ro,nosuid,nodev)", "bind /srv/data (nosuid,nodev)"),
        descriptions(layout));
  }

  private static List<String> descriptions(Layout layout) {
    return layout.actions().stream().map(Action::description).toList();
  }
}
