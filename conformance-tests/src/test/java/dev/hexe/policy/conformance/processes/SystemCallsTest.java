package dev.hexe.policy.conformance.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.SmallProgram;
import dev.hexe.policy.conformance.harness.User;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of a profile on system calls. */
class SystemCallsTest {
  private static final int KILLED_BY_SIGSYS = 128 + 31;
  private static final AtomicInteger COUNT = new AtomicInteger();

  private static Sandbox with(User user, String calls) throws IOException {
    Requires.user(user);
    Path file = user.outside().resolve("calls-" + COUNT.incrementAndGet() + ".yaml");
    Files.writeString(file, "syscalls:\n  " + calls.replace("\n", "\n  ") + "\n");
    return Sandbox.profile(file.toString()).as(user);
  }

  @ParameterizedTest
  @EnumSource
  void aCallFailsAsItsEntrySays(User user) throws IOException {
    String entries = "deny: ['@mount:EACCES', 'sethostname:ENOSYS', kill]";
    assertEquals(
        List.of("EACCES", "ENOSYS", "EPERM", "ok"),
        with(user, entries).tries("mount /tmp", "rename-host x", "signal 1", "loopback"));
  }

  @ParameterizedTest
  @EnumSource
  void aCallKillsWhereItsEntrySaysSo(User user) throws IOException {
    // The probe leaves that to a child, and says how a child ends that cannot answer.
    assertEquals(List.of("EINTR"), with(user, "deny: ['chroot:kill']").tries("chroot /"));
  }

  /** The kernel takes 32 bits of a socket's family, whatever else is in the register. */
  @ParameterizedTest
  @EnumSource
  void argumentsAreCompared(User user) throws IOException {
    // Without a socket the probe connects none.
    assertEquals(
        List.of("EBADF", "EBADF", "ECONNREFUSED"),
        with(user, "deny: ['socket(0 == 2):EAFNOSUPPORT']")
            .tries("connect-tcp 127.0.0.1 1", "send-udp 127.0.0.1 1", "connect-abstract nobody"));
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatIsAllowedIsDone(User user) throws IOException {
    Sandbox services = with(user, "allow: ['@system-service']\notherwise: ENOSYS");
    services.sh("echo $((1 + 1)) | cat; sleep 0").prints("2");
    assertEquals(List.of("ENOSYS", "ENOSYS"), services.tries("mount /tmp", "chroot /"));
    with(user, "allow: [write]\notherwise: kill").run("ls").endsWith(KILLED_BY_SIGSYS);
  }

  /** A program of 32 bits makes getpid, and then chroot. */
  @Attack(value = Way.SMALL_CALLS, design = "no design")
  @ParameterizedTest
  @EnumSource
  void smallProgramsAreUnderTheSameLists(User user) throws IOException {
    String program = SmallProgram.in(user);
    assertEquals(
        "-38",
        with(user, "allow: ['@system-service']\notherwise: ENOSYS")
            .run(program, "20", "61")
            .endsWith(0)
            .lines()
            .get(1));
    with(user, "allow: [write]\notherwise: kill").run(program, "61").endsWith(KILLED_BY_SIGSYS);
  }

  /** The strictest counts, whatever the order and whoever said it. */
  @ParameterizedTest
  @EnumSource
  void whereEntriesMeetTheStrictestCounts(User user) throws IOException {
    Sandbox both = with(user, "allow: ['@known']\ndeny: ['@mount:log', 'chroot:EACCES']");
    assertEquals(List.of("EACCES"), both.tries("chroot /"));
    with(user, "deny: ['chroot:log', 'chroot:EACCES']")
        .run("true")
        .refuses("says `syscalls.deny: chroot:log`", "says `syscalls.deny: chroot:EACCES`");
  }

  @ParameterizedTest
  @EnumSource
  void aFilterComesFromAFileOrADescriptor(User user) throws IOException {
    Path filter = user.outside().resolve("sethostname.bpf");
    Files.write(filter, denyingSethostname());
    assertEquals(
        List.of("ENXIO", "ok"),
        with(user, "filters: ['" + filter + "']").tries("rename-host x", "loopback"));
    assertEquals(
        List.of("ENXIO"),
        Sandbox.profile("none")
            .as(user)
            .with("--seccomp=7")
            .behind("sh", "-c", "exec \"$@\" 7<\"$0\"", filter.toString())
            .tries("rename-host x"));
    Files.write(filter, new byte[] {1, 2, 3});
    with(user, "filters: ['" + filter + "']").run("true").refuses("holds no filter");
  }

  /** {@code if (nr == __NR_sethostname) return ENXIO; return ALLOW}; the test's host is native. */
  private static byte[] denyingSethostname() {
    int number = System.getProperty("os.arch").equals("aarch64") ? 161 : 170;
    ByteBuffer program = ByteBuffer.allocate(4 * 8).order(ByteOrder.nativeOrder());
    instruction(program, 0x20, 0, 0, 0);
    instruction(program, 0x15, 0, 1, number);
    instruction(program, 0x06, 0, 0, 0x50000 | 6);
    instruction(program, 0x06, 0, 0, 0x7fff0000);
    return program.array();
  }

  private static void instruction(ByteBuffer program, int code, int yes, int no, int value) {
    program.putShort((short) code).put((byte) yes).put((byte) no).putInt(value);
  }

  @Attack(value = Way.UNKNOWN_CALLS, design = "no design")
  @ParameterizedTest
  @EnumSource
  void mistakesAreReportedAllAtOnce(User user) throws IOException {
    with(user, "allow: [wriet, 'socket(0 != 2)']\ndeny: ['@mont', 'ptrace:EPREM']")
        .run("true")
        .refuses(
            ":2:11: unknown system call `wriet`",
            "did you mean `write`?",
            "`socket(0 != 2)` could be passed by",
            ":3:10: unknown group of system calls `@mont`",
            "did you mean `EPERM`?");
  }
}
