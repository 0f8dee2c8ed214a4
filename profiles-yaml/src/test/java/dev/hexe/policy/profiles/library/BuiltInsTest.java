package dev.hexe.policy.profiles.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.Environment;
import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Identity;
import dev.hexe.policy.api.profile.Limits;
import dev.hexe.policy.api.profile.MountEntries;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Privileges;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.ProtectedPaths;
import dev.hexe.policy.api.profile.Separation;
import dev.hexe.policy.api.profile.Startup;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.api.profile.Terminal;
import dev.hexe.policy.api.profile.Tmp;
import dev.hexe.policy.profiles.Profiles;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.key.ShippedProtectedPaths;
import dev.hexe.policy.profiles.override.Overrides;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped profiles mean exactly what their documentation says. */
class BuiltInsTest {
  private static final String HOME = "/home/ada";
  private static final long MIB = 1 << 20;
  private static final Profiles PROFILES = profiles();
  private static final Demand PARTIAL = new Demand(true, Strength.PARTIAL);
  private static final Limits PIDS_512 =
      new Limits(OptionalLong.empty(), OptionalLong.of(512), null);

  private static final Map<Guarantee, Demand> LIMITS_PREFERRED =
      demands(
          Set.of(Guarantee.MEMORY, Guarantee.PIDS, Guarantee.CPU, Guarantee.CPUS, Guarantee.IO));
  private static final Map<Guarantee, Demand> ORDINARY =
      demands(
          Set.of(
              Guarantee.HOSTNAME,
              Guarantee.CGROUPS,
              Guarantee.MEMORY,
              Guarantee.PIDS,
              Guarantee.CPU,
              Guarantee.CPUS,
              Guarantee.IO,
              Guarantee.USER_NAMESPACES));

  private static final Map<Guarantee, Demand> UNTRUSTED =
      demands(
          Set.of(
              Guarantee.HOSTNAME,
              Guarantee.CGROUPS,
              Guarantee.MEMORY,
              Guarantee.PIDS,
              Guarantee.CPU,
              Guarantee.CPUS,
              Guarantee.IO,
              Guarantee.USER_NAMESPACES,
              Guarantee.SYSCALLS));

  private static final List<String> DENIED =
      List.of(
          "io_uring_setup",
          "io_uring_enter",
          "io_uring_register",
          "bpf",
          "perf_event_open",
          "userfaultfd",
          "add_key",
          "request_key",
          "keyctl",
          "open_by_handle_at",
          "kexec_load",
          "kexec_file_load",
          "init_module",
          "finit_module",
          "delete_module",
          "acct",
          "quotactl",
          "swapon",
          "swapoff",
          "reboot");

  private static final List<String> SYSTEM =
      List.of(
          "/bin",
          "/sbin",
          "/lib",
          "/lib32",
          "/libx32",
          "/lib64",
          "/nix/store",
          "/nix/var/nix/profiles",
          "/gnu/store",
          "/var/guix/profiles",
          "/run/current-system",
          "/run/opengl-driver",
          "/var/lib/ca-certificates",
          "/var/lib/dpkg",
          "/var/lib/rpm",
          "/var/lib/pacman/local",
          "/var/db/pkg",
          "/var/lib/texmf",
          "/var/lib/aspell",
          "/var/lib/ghostscript",
          "/var/lib/sgml-base",
          "/var/lib/gems",
          "/var/lib/ghc",
          "/var/cache/man");

  private static final List<String> PACKAGES =
      List.of(
          "/opt", "/pkg", "/snap", "/var/lib/snapd/snap", "/var/lib/flatpak", "/home/linuxbrew");

  private static final List<PathRule> PROCESSORS =
      List.of(
          PathRule.ifPresent("/sys/devices/system/cpu"),
          PathRule.ifPresent("/sys/devices/system/node"));

  /** The directory of {@code screen} that is usual is not there. */
  private static final Environment OF_PROJECT =
      new Environment(false, List.of(), List.of(), List.of(), Map.of("SCREENDIR", "/tmp/.screen"));

  private static final FileAccess WIDE = system(both(allOfNix(), PACKAGES));

  /** The list itself is tested elsewhere. */
  private static final ProtectedPaths GUARDED =
      PROFILES.load("none", guarded("default", "default")).safeguards();

  private static final Environment UNSET_SECRETS =
      new Environment(
          false,
          List.of(),
          ShippedProtectedPaths.read().secretVariables().items(),
          ShippedProtectedPaths.read().secretVariables().exceptions(),
          Map.of());

  private static Overrides guarded(String protect, String hide) {
    return Overrides.of(Map.of("--protect", List.of(protect), "--hide", List.of(hide)));
  }

  static final List<Profile> EXPECTED =
      List.of(
          new Profile(
              "none",
              "trusted work, nothing is isolated",
              HOME,
              Identity.HOST,
              FileAccess.HOST,
              Separation.HOST,
              Privileges.HOST,
              Limits.NONE,
              LIMITS_PREFERRED),
          new Profile(
              "minimal",
              "privilege separation, root inside and you outside",
              HOME,
              Identity.ROOT,
              FileAccess.HOST,
              Separation.HOST,
              new Privileges(true, false, false),
              Limits.NONE,
              minimalDemands()),
          new Profile(
              "balanced",
              "builds and development shells, the default",
              HOME,
              Identity.SELF,
              WIDE,
              GUARDED,
              Environment.HOST,
              new Separation(true, true, false, false, null, false, true, false, Terminal.SAFE),
              new Privileges(true, false, false, List.of(), true),
              Limits.NONE,
              Startup.USUAL,
              withGroups(ORDINARY)),
          new Profile(
              "sandbox",
              "untrusted code that needs the network",
              HOME,
              Identity.SELF,
              WIDE,
              GUARDED,
              Environment.HOST,
              new Separation(true, true, false, true, "hexe", false, true, false, Terminal.SAFE),
              new Privileges(true, true, true, DENIED),
              Limits.NONE,
              Startup.USUAL,
              withGroups(UNTRUSTED)),
          PROFILES.load("agent"), // see theAgentReadsTheHome
          new Profile(
              "project",
              "builds and tools in one project, and nothing else",
              HOME,
              Identity.SELF,
              projectFiles(),
              GUARDED,
              OF_PROJECT,
              new Separation(true, true, false, true, "hexe", false, true, false, Terminal.SAFE),
              new Privileges(true, true, true, DENIED),
              Limits.NONE,
              endsWithCaller(),
              withGroups(UNTRUSTED)),
          new Profile(
              "full",
              "untrusted code",
              HOME,
              Identity.SELF,
              system(SYSTEM),
              GUARDED,
              UNSET_SECRETS,
              new Separation(true, true, true, true, "hexe", true, true, false, Terminal.SAFE),
              new Privileges(true, true, true, DENIED),
              Limits.NONE,
              Startup.USUAL,
              withGroups(UNTRUSTED)),
          new Profile(
              "isolated",
              "listed files only, on any host that has Landlock",
              HOME,
              Identity.HOST,
              isolatedFiles(),
              new Separation(false, true, false, false, null, false, false, true, Terminal.SAFE),
              new Privileges(true, true, false),
              PIDS_512,
              isolatedDemands()));

  @ParameterizedTest
  @FieldSource("EXPECTED")
  void meansWhatItSays(Profile expected) {
    assertEquals(expected, PROFILES.load(expected.name()));
  }

  @Test
  void theAgentReadsTheHome() {
    Profile agent = PROFILES.load("agent");
    Profile project = PROFILES.load("project");
    assertEquals(project.separation(), agent.separation());
    assertEquals(project.privileges(), agent.privileges());
    assertTrue(agent.startup().endsWithCaller());
    assertEquals(List.of(HOME + "/.codex"), agent.startup().state().get("codex"));
    agent.startup().state().values().stream()
        .flatMap(List::stream)
        .map(PathRule::ifPresent)
        .forEach(kept -> assertTrue(agent.files().write().contains(kept), kept.path()));
    assertTrue(agent.files().read().contains(PathRule.of(HOME)));
    assertTrue(agent.files().write().contains(PathRule.of("/work")));
    assertTrue(agent.files().write().contains(PathRule.ifPresent(HOME + "/.claude")));
    List<String> protectedPaths =
        agent.safeguards().protect().stream().map(it -> it.path()).toList();
    assertTrue(protectedPaths.contains(HOME + "/.claude/settings.json"));
    assertTrue(protectedPaths.contains(HOME + "/.claude.json"));
    assertTrue(protectedPaths.contains(HOME + "/.codex/config.toml"));
    assertTrue(agent.safeguards().hide().stream().anyMatch(it -> it.path().equals(HOME + "/.ssh")));
  }

  @Test
  void defaultIsBalanced() {
    assertEquals(PROFILES.load("balanced"), PROFILES.load("default"));
  }

  @Test
  void isolatedAsksForNothingThatNeedsANamespace() {
    assertEquals(
        Set.of(
            Guarantee.FILES,
            Guarantee.READ_ONLY,
            Guarantee.PROCESSES_UNREACHABLE,
            Guarantee.TERMINAL,
            Guarantee.PRIVILEGE_GAIN,
            Guarantee.CAPABILITIES,
            Guarantee.PIDS),
        PROFILES.load("isolated").guarantees());
  }

  @Test
  void eachIsListedWithItsSummary() {
    assertEquals(
        EXPECTED.stream()
            .map(profile -> new Listing(profile.name(), profile.summary(), "built-in"))
            .toList(),
        PROFILES.list());
  }

  @ParameterizedTest
  @MethodSource("names")
  void startsByExplainingItself(String name) {
    assertTrue(PROFILES.source(name).startsWith("# " + name + ": for "), name);
  }

  static List<String> names() {
    return BuiltIns.NAMES;
  }

  private static Profiles profiles() {
    return new Profiles(
        new ProfileContext(Path.of(HOME), "ada", Path.of("/work"), Map.of(), List.of()));
  }

  /** What is read besides is a list of tools, of which none can be written. */
  private static FileAccess projectFiles() {
    List<PathRule> tools =
        PROFILES.load("project").files().read().stream()
            .filter(rule -> rule.path().startsWith(HOME + "/"))
            .toList();
    return new FileAccess(
        Unlisted.ABSENT,
        Stream.of(WIDE.read(), PROCESSORS, tools).flatMap(List::stream).toList(),
        List.of(PathRule.of("/work")),
        List.of(),
        Tmp.ofSize(4096 * MIB),
        true,
        new MountEntries(
            null,
            Stream.concat(
                    Stream.of(
                        new MountEntry.Tmpfs("/dev/shm", 2048 * MIB, 01777),
                        new MountEntry.Tmpfs(HOME, 1024 * MIB, 0700)),
                    PROFILES.load("project").files().fixtures().all().stream()
                        .filter(MountEntry.Cache.class::isInstance))
                .toList(),
            List.of(),
            List.of()));
  }

  private static Startup endsWithCaller() {
    return new Startup.Builder().endsWithCaller(true).build();
  }

  /** With the sockets of the package manager, which serves whoever reaches the network. */
  private static List<String> allOfNix() {
    return SYSTEM.stream()
        .filter(path -> !path.equals("/nix/var/nix/profiles"))
        .map(path -> path.equals("/nix/store") ? "/nix" : path)
        .toList();
  }

  private static List<String> both(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private static FileAccess system(List<String> ifPresent) {
    return new FileAccess(
        Unlisted.ABSENT,
        rules(List.of("/usr", "/etc"), ifPresent),
        List.of(PathRule.of(HOME)),
        List.of(),
        Tmp.ofSize(128 * MIB),
        true);
  }

  private static FileAccess isolatedFiles() {
    return new FileAccess(
        Unlisted.DENIED,
        rules(List.of("/usr", "/etc"), both(SYSTEM, both(PACKAGES, List.of("/proc", "/run")))),
        rules(
            List.of(HOME, PathRule.CWD, "/tmp", "/dev/null"),
            List.of(
                "/var/tmp", "/dev/shm", "/dev/zero", "/dev/random", "/dev/urandom", "/dev/tty")),
        rules(List.of("/"), List.of("/home", "/var")),
        Tmp.HOST,
        false);
  }

  private static Map<Guarantee, Demand> isolatedDemands() {
    Map<Guarantee, Demand> demands = new TreeMap<>(ORDINARY);
    demands.put(Guarantee.FILES, PARTIAL);
    demands.put(Guarantee.READ_ONLY, PARTIAL);
    demands.put(Guarantee.PROTECTED, PARTIAL);
    demands.put(Guarantee.HIDDEN, PARTIAL);
    demands.put(Guarantee.NEXT_RUN, PARTIAL);
    demands.put(Guarantee.PROCESSES_UNREACHABLE, Demand.PREFERRED);
    return demands;
  }

  private static Map<Guarantee, Demand> minimalDemands() {
    Map<Guarantee, Demand> demands = new TreeMap<>(withGroups(LIMITS_PREFERRED));
    demands.put(Guarantee.NEXT_RUN, Demand.PREFERRED);
    return demands;
  }

  /** Where supplementary groups may stay, because not everybody can drop them. */
  private static Map<Guarantee, Demand> withGroups(Map<Guarantee, Demand> others) {
    Map<Guarantee, Demand> demands = new TreeMap<>(others);
    demands.put(Guarantee.IDENTITY, PARTIAL);
    return demands;
  }

  private static Map<Guarantee, Demand> demands(Set<Guarantee> preferred) {
    Map<Guarantee, Demand> demands = new TreeMap<>();
    for (Guarantee guarantee : Guarantee.builtIn()) {
      demands.put(guarantee, preferred.contains(guarantee) ? Demand.PREFERRED : Demand.REQUIRED);
    }
    return demands;
  }

  private static List<PathRule> rules(List<String> required, List<String> ifPresent) {
    return Stream.concat(
            required.stream().map(PathRule::of), ifPresent.stream().map(PathRule::ifPresent))
        .toList();
  }
}
