package dev.hexe.policy.api.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.api.network.Destination.Protocol;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The files in {@code launcher/src/test/golden} that hold this writer and the launcher's reader to
 * one format. Each plan stands beside its text. {@code -Dhexe.golden=write} writes them anew.
 */
class GoldenPlansTest {
  private static final Path DIRECTORY =
      Path.of(System.getProperty("hexe.checkout", ".."), "launcher", "src", "test", "golden");

  static Stream<Map.Entry<String, Plan>> plans() {
    return all().entrySet().stream();
  }

  private static Map<String, Plan> all() {
    Map<String, Plan> plans = new LinkedHashMap<>();
    plans.put("empty", new Plan(List.of()));
    plans.put("landlock", landlock());
    plans.put("new-root", newRoot());
    plans.put("host-root", hostRoot());
    plans.put("layout", layout());
    plans.put("operands", operands());
    plans.put("guards", guards());
    plans.put(
        "id-maps",
        new Plan(
            List.of(
                Processes.spawn(Set.of(CloneFlag.NEWUSER), false),
                Processes.idMaps(
                    "0 1000 1\n1 100000 65535",
                    "0 1000 1\n1 100000 65535",
                    "/usr/bin/newuidmap",
                    "/usr/bin/newgidmap",
                    0))));
    plans.put(
        "nested",
        new Plan(
            List.of(
                Processes.spawn(Set.of(CloneFlag.NEWUSER), false),
                Processes.idMap(0, 1000, 0, 1000),
                Processes.nest())));
    plans.put(
        "filters",
        new Plan(
            List.of(
                RestrictionActions.filterFile("/home/me/calls.bpf"),
                RestrictionActions.filterDescriptor(9),
                Processes.lockFile("/home/me/lock"),
                Processes.spawn(Set.of(), false),
                RestrictionActions.noNewPrivileges(),
                RestrictionActions.installFilters())));
    plans.put("scope", scope());
    plans.put("terminal", terminal());
    plans.put("refusal", refusal());
    plans.put(
        "probe-process-limit",
        new Plan(
            List.of(
                Processes.spawn(Set.of(CloneFlag.NEWUSER), false),
                Processes.idMap(1000, 1000, 1000, 1000),
                RestrictionActions.rlimit(6, 2, 2),
                ControlGroups.processLimitQuery())));
    plans.put("probe-landlock", new Plan(List.of(RestrictionActions.landlockQuery(1))));
    plans.put("probe-clone3", new Plan(List.of(Processes.clone3Query())));
    plans.put(
        "probe-parts",
        new Plan(
            List.of(
                Processes.spawn(Set.of(), false),
                Processes.probed(),
                Processes.clone3Query(),
                Processes.probed())));
    plans.put("gateway", gateway());
    plans.put(
        "probe-network-cookie",
        new Plan(
            List.of(
                Processes.unshare(Set.of(CloneFlag.NEWUSER, CloneFlag.NEWNET)),
                Gateways.networkCookieQuery())));
    plans.put("probe-mount-api", new Plan(List.of(Mounts.mountApiQuery())));
    plans.put("probe-root", underNewRoot(Mounts.rootQuery()));
    plans.put("covered-root", underNewRoot(Mounts.coverRoot()));
    return plans;
  }

  /** Files and variables that are kept from the command. */
  private static Plan guards() {
    return Plan.inPhases(
        Stream.of(
            Guards.watch(
                List.of("/home/me/.bashrc", "/home/me/.bash_login"), "look at `@path`", Set.of()),
            Guards.watch(List.of("@cwd/.envrc"), "look at `@path`", Set.of(ProtectFlag.USUAL)),
            Guards.gitPlaceholders(
                "@cwd", List.of("/home/me/p/.git/hooks"), List.of("/home/me", "@cwd")),
            Guards.gitConfig(
                List.of(Guards.GIT_HERE, "/home/me/.gitconfig"),
                true,
                "--git-config",
                List.of("user.name", "branch.*.merge"),
                List.of("alias.*", "remote.*.url=*::*")),
            Guards.gitData("@cwd", 20000, "git obeys it"),
            Processes.spawn(Set.of(CloneFlag.NEWUSER, CloneFlag.NEWNS), false),
            Processes.idMap(1000, 1000, 1000, 1000),
            Mounts.receiveOnly(),
            Mounts.rootHost(),
            Guards.gitLinks("@cwd", List.of(Guards.LINKED_CONFIG, "/home/me/p/.git/config")),
            Guards.protect(List.of("/home/me/.bashrc"), Set.of(ProtectFlag.LINK)),
            Guards.protect(List.of("/home/me/dotfiles/bashrc", "/home/me/.bash_login"), Set.of()),
            Guards.protectBut(
                "/home/me/.claude", List.of(new Guards.Kept("projects", true)), Set.of()),
            Guards.protect(
                List.of("@cwd/.git/hooks", "@cwd/.git/config"),
                Set.of(ProtectFlag.UNSEEN, ProtectFlag.USUAL)),
            Guards.hideBut(
                "/home/me/.ssh",
                List.of(new Guards.Kept("config", false), new Guards.Kept("known_hosts", false)),
                Set.of(ProtectFlag.USUAL)),
            Guards.hide(List.of("/home/me/.netrc", "/home/me/.aws"), Set.of()),
            Guards.hide(List.of("@cwd/.env"), Set.of(ProtectFlag.UNSEEN)),
            Guards.mountAgain(),
            EnvironmentActions.filterEnvironment(
                List.of("*_TOKEN", "AWS_*"), List.of("AWS_REGION")),
            EnvironmentActions.chdirOr("/", "")));
  }

  /** In place: files, ports and scopes, and a filter that allows everything. */
  private static Plan landlock() {
    byte[] retAllow = HexFormat.of().parseHex("060000000000ff7f");
    return Plan.inPhases(
        Stream.of(
            PlanNotes.note("profile", "isolated"),
            PlanNotes.workingDirectory("/home/me"),
            PlanNotes.warn("warning: pids is not enforced"),
            RestrictionActions.dropCapabilities(0, true),
            RestrictionActions.noNewPrivileges(),
            EnvironmentActions.closeDescriptors(3),
            RestrictionActions.landlockRuleset(0x1ffff, 3, 3),
            Guards.withholdWritingOfLinks(List.of("/home/me/.bashrc")),
            Guards.withholdWriting(List.of("/home/me/dotfiles/bashrc", "/home/me/.bash_login")),
            Guards.withholdWritingUnseen(List.of("@cwd/.git/hooks")),
            Guards.withhold(List.of("/home/me/.ssh", "/home/me/.aws")),
            Guards.withholdUnseen(List.of("@cwd/.env")),
            RestrictionActions.landlockPath("/usr", 0xd, "reading and executing", false),
            RestrictionActions.landlockPath("@cwd", 0x1f7bf, "everything", false),
            RestrictionActions.landlockPath("/nowhere", 0xd, "reading and executing", true),
            RestrictionActions.landlockPort(443, 2, "connecting to"),
            RestrictionActions.landlockStreams(0x8004, 0xc002),
            RestrictionActions.landlockRestrict(),
            RestrictionActions.seccompFilter(retAllow, 0, "allow every system call")));
  }

  /** What a profile puts at paths of its choice. */
  private static Plan layout() {
    Set<MountAttribute> data = EnumSet.of(MountAttribute.NOSUID, MountAttribute.NODEV);
    byte[] hello = "hello\n".getBytes(StandardCharsets.UTF_8);
    return Plan.inPhases(
        Stream.of(
            Processes.spawn(Set.of(CloneFlag.NEWUSER, CloneFlag.NEWNS), false),
            Processes.idMap(0, 1000, 0, 1000),
            Mounts.receiveOnly(),
            Mounts.rootTmpfs(16 << 20, 0755),
            Layouts.layer("/srv/tree"),
            Layouts.overlay("/", 1 << 20, data, false),
            Layouts.plain(Mounts.bind("@cwd", "/work", data, false, false, true)),
            Layouts.plain(Mounts.tmpfs("/scratch", 1 << 20, 0700, data, true)),
            Layouts.layer("/home/me/over"),
            Layouts.layer("/home/me/base"),
            Layouts.overlay("/read", 0, EnumSet.of(MountAttribute.RDONLY), true),
            Mounts.mkdir("/home/me/.npm", 0755),
            Mounts.bindEntries("/home/me", "/home/me", EnumSet.of(MountAttribute.RDONLY), false),
            Mounts.bindEntries("/home/me/.m2", "/home/me/.m2", Set.of(), true),
            Layouts.layer("@cwd/base"),
            Layouts.overlayKept("/kept", "/home/me/changes", "/home/me/work", data, true),
            Layouts.fileOver("/etc/motd", 0644, hello, data),
            Layouts.fileCopy(
                "/etc/hosts",
                "/etc/hosts",
                "127.0.1.1 hexe\n".getBytes(StandardCharsets.UTF_8),
                data,
                false,
                false),
            Layouts.fileCopy(
                "/run/resolve/stub.conf", "/run/resolve/stub.conf", new byte[0], data, true, true),
            Layouts.fileFrom("/run/secret", 0400, 9, Set.of(), false),
            Layouts.fileFrom("/etc/hosts", 0644, 10, data, true),
            Layouts.plain(Mounts.attributes("/scratch", EnumSet.of(MountAttribute.RDONLY), true)),
            Mounts.pivotRoot(),
            EnvironmentActions.chdirOr("/", "")));
  }

  /** A supervisor, every namespace and a root of its own. */
  private static Plan newRoot() {
    Set<MountAttribute> readOnly =
        EnumSet.of(MountAttribute.RDONLY, MountAttribute.NOSUID, MountAttribute.NODEV);
    Set<MountAttribute> special = EnumSet.complementOf(EnumSet.of(MountAttribute.RDONLY));
    return Plan.inPhases(
        Stream.of(
            PlanNotes.note("profile", "full"),
            PlanNotes.depends(
                "/bin", 2049, 13, 7, 1_700_000_000_123_456_789L, 1_700_000_001_987_654_321L),
            PlanNotes.depends("/lib64", 0, 0, 0, 0, 0),
            PlanNotes.dependsIdentity("/home/me/src/shop/.git", 2049, 77),
            dependsDirectory(),
            PlanNotes.dependsEntry(
                PlanNotes.depends(
                    "/etc/hosts",
                    2049,
                    18,
                    49,
                    1_700_000_000_123_456_789L,
                    1_700_000_001_987_654_321L)),
            PlanNotes.depends("/etc/gone", 0, 0, 0, 0, 0),
            Layouts.cacheSlot(
                "/home/me/.local/state/hexe-policy/caches/shop-1",
                "/home/me/src/shop",
                List.of("~.npm", "~.cache"),
                true),
            Layouts.cache(
                "/home/me/.npm",
                "/home/me/.npm",
                "~.npm",
                Set.of(MountAttribute.NOSUID, MountAttribute.NODEV),
                true),
            KeptChanges.record(
                "/home/me/.local/state/hexe-policy/changes", "{\"profile\":\"full\"}"),
            KeptChanges.tree(
                "/home/me/src/shop",
                "/home/me/src/shop",
                "0",
                Set.of(MountAttribute.NOSUID, MountAttribute.NODEV),
                new KeptChanges.How(false, true, true, false, true)),
            Processes.clearGroups(),
            Processes.timeLimit(60_000, 2_000),
            Processes.cgroupCreate("/sys/fs/cgroup/hexe", "run-"),
            Processes.cgroupWrite("pids.max", "64", false),
            Processes.cgroupWrite("memory.swap.max", "0", true),
            Processes.spawn(Set.of(CloneFlag.values()), true),
            Processes.idMap(1000, 1000, 1000, 1000),
            Processes.limitUserNamespaces(0),
            Mounts.receiveOnly(),
            Mounts.rootTmpfs(16 << 20, 0755),
            Mounts.symlink("usr/bin", "/bin"),
            Mounts.tmpfs("/dev", 64 << 10, 0755, EnumSet.of(MountAttribute.NOSUID), true),
            Mounts.bind(
                "/dev/null", "/dev/null", EnumSet.of(MountAttribute.NOSUID), true, true, true),
            Mounts.devpts("/dev/pts", EnumSet.of(MountAttribute.NOSUID), true),
            Mounts.mqueue("/dev/mqueue", special, true),
            Mounts.mkdir("/home", 0755),
            Mounts.file("/etc/hostname", 0444, "hexe\n".getBytes(StandardCharsets.UTF_8)),
            Mounts.proc("/proc", special, true),
            Mounts.tmpfs("/tmp", 128L << 20, 01777, special, true),
            Mounts.bind("/usr", "/usr", readOnly, false, false, true),
            Mounts.bind("@cwd", "@cwd", EnumSet.of(MountAttribute.NOSUID), false, false, true),
            Mounts.attributes("/dev", EnumSet.of(MountAttribute.RDONLY), false),
            Mounts.attributes("/", EnumSet.of(MountAttribute.RDONLY), false),
            Mounts.pivotRoot(),
            EnvironmentActions.loopbackUp(),
            EnvironmentActions.hostname("hexe"),
            RestrictionActions.rlimit(4, 0, 0),
            RestrictionActions.dropCapabilities(0, false),
            RestrictionActions.noNewPrivileges(),
            EnvironmentActions.clearenv(),
            EnvironmentActions.setenv("PATH", "/usr/bin:/bin"),
            EnvironmentActions.chdirOr("/home/me", "add it with `--write DIR`"),
            EnvironmentActions.newSession(),
            EnvironmentActions.closeDescriptors(3),
            Processes.init()));
  }

  /**
   * A terminal of the command's own, of the caller's instance, without a pid namespace; and all
   * that is said of how it is started.
   */
  private static Plan terminal() {
    return Plan.inPhases(
        Stream.of(
            StartActions.passDescriptor(9),
            StartActions.dieWithCaller(),
            StartActions.refuseDirectories(),
            Layouts.overlayLock("/home/me/changes"),
            Processes.spawn(Set.of(), false),
            RestrictionActions.ownKeyring(),
            RestrictionActions.keepCapabilities(1 << 13),
            EnvironmentActions.mendVariables(List.of("TMUX", "NVIM"), ""),
            EnvironmentActions.temporaryDirectory(List.of("TMPDIR"), "/tmp"),
            RestrictionActions.commandLimit(7, "nofile", 64),
            EnvironmentActions.terminal(""),
            StartActions.enterDirectory("/srv", "add it with `--read=/srv`"),
            StartActions.argv0("-sh"),
            StartActions.umask(027),
            StartActions.nice(5),
            EnvironmentActions.closeDescriptors(3),
            Processes.leadSession()));
  }

  /** A scope of systemd, and everything that is told at the end. */
  private static Plan scope() {
    return Plan.inPhases(
        Stream.of(
            ControlGroups.startScope("/run/user/1000/systemd/private", "/sys/fs/cgroup", "hexe-"),
            ControlGroups.enable(ControlGroups.SCOPE, "memory pids"),
            Processes.cgroupCreate(ControlGroups.SCOPE, "hexe-"),
            Processes.cgroupWrite("memory.max", "536870912", false),
            Processes.timeLimit(60_000, 5_000),
            Reports.limitText(Reports.Limit.MEMORY, "memory limit 512M reached (peak @peakM)"),
            Reports.limitText(Reports.Limit.PIDS, "process limit 64 reached @count times"),
            Reports.limitText(Reports.Limit.TIME, "time limit 1m reached"),
            Reports.limitText(Reports.Limit.SIGNAL, "by @signal"),
            Reports.usage("memory @memoryM", "memory @memoryM of the largest process"),
            Reports.statusDescriptor(3),
            Reports.statusFacts("\"profile\":\"full\""),
            Reports.infoDescriptor(4),
            Reports.blockDescriptor(5),
            Reports.syncDescriptor(6),
            Processes.spawn(Set.of(), true)));
  }

  /** What listens in a network namespace, and is handed out. */
  private static Plan gateway() {
    return Plan.inPhases(
        Stream.of(
            Gateways.gateway("hexe-gateway 1\nallow tcp 443 example.org\n", List.of("https_proxy")),
            Processes.spawn(Set.of(CloneFlag.NEWUSER, CloneFlag.NEWNET), false),
            Processes.idMap(1000, 1000, 1000, 1000),
            EnvironmentActions.loopbackUp(),
            Gateways.localRoute("198.18.0.0/15"),
            Gateways.localRoute("fd68:6578:6500::/64"),
            Gateways.listen(Protocol.TCP, "198.18.0.2", 443),
            Gateways.listen(Protocol.UDP, "::", 53),
            Gateways.handOver(true),
            Gateways.answer()));
  }

  /** What is left of a plan that was refused. */
  private static Plan refusal() {
    return Plan.inPhases(
        Stream.of(Reports.statusFile("@cwd/status.json"), Reports.refuse("profile `x` is wrong")));
  }

  /** In place, in the tree as it is. */
  private static Plan hostRoot() {
    return Plan.inPhases(
        Stream.of(
            Mounts.privateDirectory("/tmp", "hexe-", 0700, "TMPDIR"),
            Processes.spawn(Set.of(), false),
            Processes.unshare(EnumSet.of(CloneFlag.NEWUSER, CloneFlag.NEWNS)),
            Processes.idMap(0, 1000, 0, 1000),
            Mounts.receiveOnly(),
            Mounts.rootHost(),
            Mounts.bind(
                "/home/me/.ssh",
                "/home/me/.ssh",
                EnumSet.of(MountAttribute.RDONLY),
                false,
                false,
                false),
            EnvironmentActions.unsetenv("SSH_AUTH_SOCK"),
            EnvironmentActions.chdirOr("/", ""),
            RestrictionActions.rlimit(7, -1, -1)));
  }

  private static Plan underNewRoot(Action change) {
    return Plan.inPhases(
        Stream.of(
            Processes.spawn(EnumSet.of(CloneFlag.NEWUSER, CloneFlag.NEWNS), false),
            Mounts.rootTmpfs(4096, 0755),
            change,
            RestrictionActions.dropCapabilities(0, false),
            RestrictionActions.noNewPrivileges(),
            EnvironmentActions.chdirOr("/", "")));
  }

  /** Every length around the padding, and characters of one to four bytes. */
  private static Plan operands() {
    Stream<Action> strings =
        Stream.of(0, 1, 7, 8, 9, 15, 16).map(length -> PlanNotes.warn("s".repeat(length)));
    Stream<Action> bytes =
        Stream.of(0, 1, 7, 8, 9)
            .map(
                length ->
                    Mounts.file(
                        "/f" + length,
                        0644,
                        "b".repeat(length).getBytes(StandardCharsets.US_ASCII)));
    Stream<Action> others =
        Stream.of(
            PlanNotes.note("quotes \" and \\", "tab\tnewline\n"),
            PlanNotes.note("é€😀", ""),
            PlanNotes.depends("/x", -1, Long.MIN_VALUE, Long.MAX_VALUE, 1, 2));
    // Files are made in a new root alone.
    Stream<Action> root =
        Stream.of(
            Processes.spawn(EnumSet.of(CloneFlag.NEWUSER, CloneFlag.NEWNS), false),
            Mounts.rootTmpfs(0, 0700),
            Mounts.pivotRoot(),
            EnvironmentActions.chdirOr("/", ""));
    return Plan.inPhases(Stream.of(strings, root, bytes, others).flatMap(actions -> actions));
  }

  /** The launcher alone writes it. */
  private static Action dependsDirectory() {
    return Action.of(
        Opcode.DEPENDS_DIRECTORY,
        "",
        Operand.of("/etc"),
        Operand.of(2049),
        Operand.of(17),
        Operand.of(1_700_000_001_987_654_321L),
        Operand.of(2));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void writesTheGoldenFile(Map.Entry<String, Plan> golden) throws IOException {
    Path binary = DIRECTORY.resolve(golden.getKey() + ".plan");
    Path text = DIRECTORY.resolve(golden.getKey() + ".txt");
    byte[] written = PlanWriter.write(golden.getValue());
    if ("write".equals(System.getProperty("hexe.golden"))) {
      Files.createDirectories(DIRECTORY);
      Files.write(binary, written);
      Files.writeString(text, text(golden.getValue()));
    }
    assertEquals(Files.readString(text), text(golden.getValue()));
    assertArrayEquals(Files.readAllBytes(binary), written);
  }

  @Test
  void everyOpcodeIsInAGoldenFile() {
    Set<Opcode> used =
        all().values().stream()
            .flatMap(plan -> plan.actions().stream())
            .map(Action::opcode)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Opcode.class)));
    assertEquals(EnumSet.allOf(Opcode.class), used);
  }

  @Test
  void noGoldenFileIsLeftOver() throws IOException {
    Set<String> expected =
        all().keySet().stream()
            .flatMap(name -> Stream.of(name + ".plan", name + ".txt"))
            .collect(Collectors.toCollection(TreeSet::new));
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      assertEquals(
          expected,
          files
              .map(file -> String.valueOf(file.getFileName()))
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  private static String text(Plan plan) {
    return plan.actions().stream()
        .map(
            action ->
                Stream.concat(
                        Stream.of(action.opcode().label()),
                        action.operands().stream().map(GoldenPlansTest::text))
                    .collect(Collectors.joining(" ", "", "\n")))
        .collect(Collectors.joining());
  }

  /** Numbers as they are, bytes in hexadecimal, strings quoted with C's escapes. */
  private static String text(Operand operand) {
    return switch (operand.letter()) {
      case 'u' -> operand.toString();
      case 'b' -> "x" + HexFormat.of().formatHex(operand.bytes());
      default ->
          '"'
              + operand
                  .toString()
                  .replace("\\", "\\\\")
                  .replace("\"", "\\\"")
                  .replace("\n", "\\n")
                  .replace("\t", "\\t")
              + '"';
    };
  }
}
