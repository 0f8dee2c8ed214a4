package dev.hexe.policy.exposure;

import dev.hexe.policy.api.profile.PathRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Files that can be written and are run or obeyed later, and secrets that can be read. */
final class FileFinder {
  private static final int MOST_SHOWN = 4;
  // What ways to close say, which may be followed already.
  private static final String PROTECTED = "protect: [default], or ";
  private static final String HIDDEN = "hide: [default], or ";
  private static final String HASHES =
      "it holds no keys but hashes of passwords, which have to be guessed";
  private static final Set<Kind> OF_SOME_USERS =
      Set.of(Kind.WRITABLE_EDITOR_CONFIGURATION, Kind.WRITABLE_AGENT_CONFIGURATION);

  private final LiveContext here;
  private final EffectiveAccess reach;

  FileFinder(LiveContext here, EffectiveAccess reach) {
    this.here = here;
    this.reach = reach;
  }

  Stream<Exposure> find() {
    List<Exposure> found = new ArrayList<>();
    Map<Kind, List<String>> places = SensitivePaths.toWrite(here);
    places.merge(Kind.WRITABLE_PROGRAMS, programFolders(), FileFinder::both);
    // Where there is no git directory, one that is made runs nothing until somebody uses it.
    places.put(Kind.WRITABLE_GIT_HOOKS, new GitDirectory(here).places());
    places.put(Kind.WRITABLE_HEXE_POLICY, ourselves());
    places.forEach((kind, paths) -> found.addAll(writable(kind, paths)));
    SensitivePaths.toRead(here)
        .forEach((kind, paths) -> readable(kind, paths).ifPresent(found::add));
    return found.stream();
  }

  private Optional<Exposure> readable(Kind kind, List<String> paths) {
    List<String> open = paths.stream().filter(reach::reads).distinct().toList();
    if (open.isEmpty()) {
      return Optional.empty();
    }
    Exposure exposure = Exposure.of(kind, shown(open, any -> true)).closedBy(closing(kind, open));
    boolean hashes = open.equals(List.of(SensitivePaths.SHADOW));
    return Optional.of(
        hashes && !reach.isNamed(SensitivePaths.SHADOW) ? exposure.lessened(HASHES) : exposure);
  }

  /** The kind's way, with the usual list only as far as it is not followed and has the paths. */
  private String closing(Kind kind, List<String> open) {
    List<String> usual = SensitivePaths.usuallyHidden(here);
    List<String> items =
        open.stream()
            .filter(path -> !reach.isToBeHidden(path))
            .map(path -> isInOne(path, usual) ? "default" : here.shown(path))
            .distinct()
            .limit(MOST_SHOWN)
            .toList();
    String hide = items.isEmpty() ? "" : "hide: [" + String.join(", ", items) + "], or ";
    return kind.close().replace(HIDDEN, hide);
  }

  private static boolean isInOne(String path, List<String> trees) {
    return trees.stream().anyMatch(tree -> PathRule.isIn(path, tree));
  }

  private List<Exposure> writable(Kind kind, List<String> paths) {
    List<String> evidence = shown(paths, reach::writes);
    List<String> makeable = shown(paths, reach::makes);
    if (evidence.isEmpty() && makeable.isEmpty()) {
      return List.of();
    }
    Exposure exposure = Exposure.of(kind, evidence, makeable);
    if (evidence.isEmpty() && paths.stream().filter(reach::makes).allMatch(reach::isWatched)) {
      return List.of(
          exposure
              .lessened("what is not there can be made, and is told of in the end")
              .closedBy(kind.close().replace(PROTECTED, "")));
    }
    return List.of(
        evidence.isEmpty() && OF_SOME_USERS.contains(kind)
            ? exposure.lessened("none is there: it may be that nobody here uses one")
            : exposure);
  }

  private List<String> shown(List<String> paths, Predicate<String> open) {
    List<String> all = paths.stream().filter(open).map(here::shown).distinct().toList();
    if (all.size() <= MOST_SHOWN) {
      return all;
    }
    List<String> some = new ArrayList<>(all.subList(0, MOST_SHOWN));
    some.add((all.size() - MOST_SHOWN) + " more");
    return some;
  }

  private static List<String> both(List<String> one, List<String> other) {
    return Stream.concat(one.stream(), other.stream()).distinct().toList();
  }

  private List<String> programFolders() {
    Set<String> folders = new LinkedHashSet<>();
    Arrays.stream(here.variable("PATH").split(":", -1))
        .filter(folder -> folder.startsWith("/"))
        .forEach(folders::add);
    // Login shells of Debian and others put these in PATH as soon as they are there.
    folders.addAll(here.atHome(".local/bin", "bin"));
    return List.copyOf(folders);
  }

  private List<String> ourselves() {
    List<String> ourselves = new ArrayList<>(here.program());
    ourselves.add(here.directory("XDG_CONFIG_HOME", ".config") + "/hexe-policy");
    ourselves.add("/etc/hexe-policy");
    return ourselves;
  }
}
