package dev.hexe.policy.cli.nextrun;

import dev.hexe.policy.api.decision.Effect;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.NextRun;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.cli.changes.ChangesKept;
import dev.hexe.policy.cli.host.Installation;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.host.PlanCache;
import dev.hexe.policy.engine.CompiledPolicy;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The one place that says what decides what the next run does: the profile with all that was read
 * or looked for, the directories profiles are found in, this program, its Java, the caches of
 * projects, changes that nobody has decided about, and the plans that are kept. Whatever else comes
 * to be read at a start belongs here.
 */
public final class NextRunFiles {
  private static final Path SYSTEM = Path.of("/etc/hexe-policy");
  private static final List<String> ELSEWHERE = List.of("XDG_CONFIG_HOME", "XDG_STATE_HOME");
  private static final String PROGRAM = "hexe-policy";
  private static final String JAVA = "java";
  private static final String GATEWAY = "gateway";
  private static final Path GATEWAY_PROFILE = Path.of("gateway/gateway.yaml");
  private static final Path IN_CHECKOUT = Path.of("cli/target/dist");

  /** Directories whose `lib` is not this program's alone. */
  private static final Set<Path> SHARED =
      Set.of(Path.of("/"), Path.of("/usr"), Path.of("/usr/local"));

  private final Invocation invocation;
  private final Changeable changeable;
  private final Set<Path> fixed = new LinkedHashSet<>();
  private final Set<Path> programs = new LinkedHashSet<>();

  private NextRunFiles(Invocation invocation) {
    this.invocation = invocation;
    changeable = new Changeable(invocation.caller().uid());
  }

  /** What it is for this caller, but for what the caller could not change outside either. */
  public static NextRun of(Invocation invocation, List<Path> consulted) {
    NextRunFiles files = new NextRunFiles(invocation);
    files.addProfiles(consulted);
    files.addProgram();
    files.addJava();
    List<Path> closed = PlanCache.of(invocation).directory().stream().toList();
    List<Path> own =
        isOfGateway(consulted)
            ? closed.stream().map(path -> path.resolve(GATEWAY)).toList()
            : List.of();
    List<String> outermost = files.outermost();
    List<String> programs =
        texts(List.copyOf(files.programs)).stream().filter(outermost::contains).toList();
    return new NextRun(outermost, texts(closed), programs, texts(own));
  }

  /** Whether the profile is that of this program's own gateway, which keeps its log there. */
  private static boolean isOfGateway(List<Path> consulted) {
    return consulted.stream()
        .anyMatch(file -> file.endsWith(GATEWAY_PROFILE) && Installation.has(file));
  }

  private static List<String> texts(List<Path> paths) {
    return paths.stream().map(Path::toString).toList();
  }

  /** Those of the user, for configuration and for what is kept. */
  public static OwnDirectories directories(Invocation invocation) {
    return OwnDirectories.of(
        invocation.profileContext().home(),
        invocation.caller().uid(),
        ELSEWHERE.stream().flatMap(name -> variable(invocation, name).stream()));
  }

  /** Makes those that are not there before a command could that must not change them. */
  public static void makeMissing(Invocation invocation, Profile profile) {
    if (profile.asksFor(Guarantee.NEXT_RUN)) {
      directories(invocation).make();
    }
  }

  /** Whether a mount protects them. */
  public static boolean areMountedOver(CompiledPolicy policy) {
    return policy.decisions().has(Guarantee.NEXT_RUN, Effect.MOUNTS_OVER);
  }

  private void addProfiles(List<Path> consulted) {
    fixed.addAll(directories(invocation).all());
    Optional.of(ChangesKept.outside(invocation.caller().uid()))
        .filter(Files::exists)
        .ifPresent(fixed::add);
    fixed.add(SYSTEM);
    fixed.addAll(consulted);
  }

  /** In a directory of its own all of it, else its files among those of the system. */
  private void addProgram() {
    Optional<Path> launcher =
        Optional.ofNullable(invocation.property().of("hexe.launcher"))
            .map(Path::of)
            .filter(Path::isAbsolute);
    launcher.ifPresent(fixed::add);
    launcher.map(Path::getParent).map(Path::getParent).ifPresent(this::addDistribution);
    searchPath()
        .map(directory -> directory.resolve(PROGRAM))
        .filter(Files::isExecutable)
        .forEach(fixed::add);
    ahead(PROGRAM).forEach(fixed::add);
  }

  private void addDistribution(Path root) {
    if (!SHARED.contains(root)) {
      fixed.add(root);
      programs.add(root.normalize());
    } else {
      fixed.addAll(parts(root.resolve("lib")));
    }
    if (root.endsWith(IN_CHECKOUT)) {
      addCheckout(root.resolve("../../..").normalize());
    }
  }

  /** The script in it builds what is run from the sources beside it. */
  private void addCheckout(Path checkout) {
    if (Files.exists(checkout.resolve(PROGRAM))) {
      fixed.add(checkout);
      programs.add(checkout);
    }
  }

  private static List<Path> parts(Path library) {
    List<Path> parts = new ArrayList<>();
    try (DirectoryStream<Path> stream =
        Files.newDirectoryStream(library, "{*.jar,*.jsa,native,filters,hexe-prover}")) {
      stream.forEach(parts::add);
    } catch (IOException e) {
      // The launcher would not have started Java without them.
      return List.of(library.resolve("hexe-policy.jar"));
    }
    return parts;
  }

  /**
   * The places where the launcher found it, to which that leads, and where it would look before.
   */
  private void addJava() {
    Optional.ofNullable(invocation.property().of("java.home")).map(Path::of).ifPresent(fixed::add);
    Optional<Path> found = Optional.ofNullable(invocation.property().of("hexe.java")).map(Path::of);
    found.ifPresent(fixed::add);
    if (found.map(Path::getParent).filter(this::isInSearchPath).isPresent()) {
      ahead(JAVA).forEach(fixed::add);
    }
    Stream.of("HEXE_JAVA_HOME", "JAVA_HOME")
        .flatMap(name -> variable(name).stream())
        .map(home -> Files.isDirectory(home.resolve("bin")) ? home : home.resolve("bin"))
        .forEach(fixed::add);
  }

  /**
   * The places in PATH that a program is looked for in before it is found: one can be made there.
   */
  private Stream<Path> ahead(String program) {
    return searchPath()
        .map(directory -> directory.resolve(program))
        .takeWhile(file -> !Files.isExecutable(file));
  }

  private boolean isInSearchPath(Path directory) {
    return searchPath().anyMatch(directory::equals);
  }

  private Stream<Path> searchPath() {
    return SearchPath.elements(invocation.environment());
  }

  private Optional<Path> variable(String name) {
    return variable(invocation, name);
  }

  private static Optional<Path> variable(Invocation invocation, String name) {
    return Optional.ofNullable(invocation.environment().get(name))
        .filter(value -> value.startsWith("/"))
        .map(Path::of);
  }

  private List<String> outermost() {
    List<Path> paths =
        fixed.stream().map(Path::normalize).distinct().filter(changeable::isChangeable).toList();
    List<String> outermost = new ArrayList<>();
    for (Path path : paths) {
      if (paths.stream().noneMatch(other -> !other.equals(path) && path.startsWith(other))) {
        outermost.add(path.toString());
      }
    }
    return outermost;
  }
}
