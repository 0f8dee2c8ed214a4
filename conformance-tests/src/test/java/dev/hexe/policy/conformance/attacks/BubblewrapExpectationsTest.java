package dev.hexe.policy.conformance.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.harness.Host;
import dev.hexe.policy.conformance.harness.Patience;
import dev.hexe.policy.conformance.harness.Product;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Running;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.Setting;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.Terminal;
import dev.hexe.policy.conformance.harness.User;
import dev.hexe.policy.conformance.hosts.FaultsTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;

/**
 * The things that those who come from bubblewrap rely on: an equivalent of each thing that its own
 * test run asserts and that makes sense here, under {@code full} unless it says otherwise.
 *
 * <p>Left out, and why:
 *
 * <ul>
 *   <li>a FUSE file system as a source: nothing here treats one apart, and a test host has none
 *   <li>a setuid launcher: it refuses to run as one
 *   <li>{@code --args}, {@code --bind-fd}, {@code --level-prefix}, {@code --cap-add}, a user or pid
 *       namespace of somebody else's: not offered; profiles are files, options have their say
 *   <li>symlinks, directories and mount points made on the host, and their modes there: nothing is
 *       made on the host; two things at one path are refused, so neither is idempotent nor last
 *   <li>the order of {@code --overlay-src}: layers and destination are one value here
 *   <li>a warning where an option counts once: given twice, it is an error
 *   <li>failures of single calls of the set-up: {@link FaultsTest}, for all of them
 * </ul>
 */
@Order(1)
class BubblewrapExpectationsTest {
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** An expectation of a user's sandbox. */
  @FunctionalInterface
  private interface Check {
    void on(User user) throws Exception;
  }

  private record Expectation(String name, Check check) {}

  private static final List<Expectation> EXPECTATIONS =
      List.of(
          // --- the command line
          expect("help works", BubblewrapExpectationsTest::help),
          expect("we can run with --", user -> full(user).run("echo", "hello").prints("hello")),
          expect("we can run an inadvisable name with --", BubblewrapExpectationsTest::inadvisable),
          expect("options are defanged by --", BubblewrapExpectationsTest::defanged),
          expect("errors are prefixed and name the source", BubblewrapExpectationsTest::prefixed),
          // --- namespaces and privileges
          expect(
              "can mount /proc", user -> prints(full(user), "basename $(realpath /proc/1)", "1")),
          expect("has a network and a /dev of its own", BubblewrapExpectationsTest::devices),
          expect("can nest, with /proc and a new root", BubblewrapExpectationsTest::nested),
          expect("can disable nested user namespaces", BubblewrapExpectationsTest::noNamespaces),
          expect(
              "has no capabilities, nor has its first process", BubblewrapExpectationsTest::caps),
          expect("keeps capabilities where it says so", BubblewrapExpectationsTest::kept),
          expect("dies with its launcher", BubblewrapExpectationsTest::diesWithLauncher),
          // --- what the caller may not read
          expect(
              "cannot read another's file through a bind", BubblewrapExpectationsTest::unreadable),
          expect(
              "cannot read a locked directory through a bind", BubblewrapExpectationsTest::locked),
          // --- telling
          expect(
              "information and status have the process", BubblewrapExpectationsTest::information),
          expect("they have the ids of the namespaces", BubblewrapExpectationsTest::namespaces),
          expect("a failed execution has no exit code", BubblewrapExpectationsTest::noCode),
          // --- the file tree
          expect("all expected devices were created", BubblewrapExpectationsTest::deviceFiles),
          expect("a symlink works, and is not on the host", BubblewrapExpectationsTest::symlink),
          expect("a conflicting symlink is refused", BubblewrapExpectationsTest::conflict),
          expect("a bind over a symlink is refused", BubblewrapExpectationsTest::overSymlink),
          expect(
              "the real /tmp is there where nothing hides it", BubblewrapExpectationsTest::realTmp),
          expect("a directory can be mounted inside /tmp", BubblewrapExpectationsTest::inTmp),
          expect("no old or new root is visible", BubblewrapExpectationsTest::noRoots),
          expect("a socket can be bound onto its own path", BubblewrapExpectationsTest::socket),
          expect("mount points have expected permissions", BubblewrapExpectationsTest::mountPoints),
          expect("directories have expected permissions", BubblewrapExpectationsTest::directories),
          expect("parents have expected permissions", BubblewrapExpectationsTest::parents),
          expect("a tmpfs has expected permissions", BubblewrapExpectationsTest::tmpfs),
          expect("a tmpfs has the expected size", BubblewrapExpectationsTest::tmpfsSize),
          expect("bogus sizes are refused", BubblewrapExpectationsTest::bogusSizes),
          expect("mode and size count once", BubblewrapExpectationsTest::onlyOnce),
          expect("files have expected permissions", BubblewrapExpectationsTest::files),
          // --- overlays
          expect("an overlay keeps changes in its upper", BubblewrapExpectationsTest::overlay),
          expect("an overlay in memory forgets them", BubblewrapExpectationsTest::overlayInMemory),
          expect("a read-only overlay takes none", BubblewrapExpectationsTest::overlayReadOnly),
          expect("an overlay needs a layer", BubblewrapExpectationsTest::overlayWithout),
          // --- the command
          expect("it can be process 1 itself", BubblewrapExpectationsTest::firstProcess),
          expect("it can have another name", BubblewrapExpectationsTest::argv0),
          expect("it starts where it is told", BubblewrapExpectationsTest::chdir),
          expect("its status is passed on, and its signal", BubblewrapExpectationsTest::statuses),
          expect("it waits for the caller's word", BubblewrapExpectationsTest::block),
          expect("the end of all of it can be waited for", BubblewrapExpectationsTest::sync),
          expect(
              "it cannot type into the caller's terminal",
              BubblewrapExpectationsTest::typesNothing),
          // --- the environment
          expect("variables are set, unset and cleared", BubblewrapExpectationsTest::environment));

  private static Expectation expect(String name, Check check) {
    return new Expectation(name, check);
  }

  @TestFactory
  Stream<DynamicTest> expectations() {
    return EXPECTATIONS.stream()
        .flatMap(
            expectation ->
                Arrays.stream(User.values())
                    .map(
                        user ->
                            DynamicTest.dynamicTest(
                                expectation.name() + " (" + user + ")",
                                () -> expectation.check().on(user))));
  }

  private static Sandbox full(User user, String... options) {
    return Shipped.FULL.as(user).with(options);
  }

  private static void prints(Sandbox sandbox, String script, String expected) {
    sandbox.sh(script).prints(expected);
  }

  /** A directory of the user's that no profile lists. */
  private static Path place(User user) throws Exception {
    Path script = user.fileOutside("made-" + COUNT.incrementAndGet());
    Path directory = script.resolveSibling(script.getFileName() + ".d");
    Shipped.NONE.as(user).run("mkdir", "-p", directory.toString()).endsWith(0);
    return directory;
  }

  private static void make(User user, Path directory, String script) {
    Shipped.NONE.as(user).sh("cd \"$1\" && " + script, directory.toString()).endsWith(0);
  }

  private static void help(User user) {
    Result help = Sandbox.program("--help").as(user).alone().endsWith(0);
    assertTrue(help.text().contains("usage: hexe-policy apply"), help::toString);
  }

  private static void inadvisable(User user) throws Exception {
    Path bin = place(user);
    String name = "--inadvisable-executable-name--";
    make(user, bin, "printf '#!/bin/sh\\necho hello\\n' >./" + name + " && chmod 755 ./" + name);
    full(user, "--read=" + bin).where("PATH", bin + ":/usr/bin:/bin").run(name).prints("hello");
  }

  private static void defanged(User user) {
    Result result = full(user).run("--read=/", "sh", "-c", "echo should not have run");
    result.endsWith(127);
    assertEquals("", result.text());
  }

  private static void prefixed(User user) {
    full(user, "--bind=/source-enoent:/dest").run("true").refuses("`/source-enoent`");
  }

  private static void devices(User user) {
    prints(
        full(user),
        "sed -n 's/^ *\\(.*\\):.*/\\1/p' /proc/net/dev; [ -c /dev/null ] && echo null",
        "lo\nnull");
  }

  private static void nested(User user) {
    Sandbox.program("apply", "minimal")
        .as(user)
        .run(
            Product.program().toString(),
            "apply",
            "full",
            "--",
            "sh",
            "-c",
            "ls /usr >/dev/null && echo $$")
        .prints("2");
  }

  private static void noNamespaces(User user) {
    String script =
        "unshare -U true 2>/dev/null && echo made;"
            + " for n in 2 100; do echo $n >/proc/sys/user/max_user_namespaces;"
            + " unshare -U true && echo made; done 2>/dev/null; echo end";
    prints(full(user), script, "end");
    prints(Shipped.BALANCED.as(user), "unshare -U true && echo made", "made");
  }

  private static void caps(User user) {
    String look = "sed -n 's/^Cap\\(Inh\\|Prm\\|Eff\\|Amb\\):\\t//p' /proc/%s/status | sort -u";
    prints(
        full(user),
        look.formatted("1") + ";" + look.formatted("self"),
        "0".repeat(16) + "\n" + "0".repeat(16));
  }

  private static void kept(User user) {
    String own = user == User.ROOT ? Host.status("CapEff") : "0".repeat(16);
    prints(Shipped.NONE.as(user), "sed -n 's/^CapEff:\\t//p' /proc/self/status", own);
  }

  private static void diesWithLauncher(User user) {
    for (Shipped profile : List.of(Shipped.FULL, Shipped.ISOLATED)) {
      Sandbox limited = profile.as(user).with("--time=1h");
      try (Running sandbox = limited.start("sh", "-c", "echo; exec sleep 100")) {
        sandbox.line();
        List<ProcessHandle> inside = sandbox.descendants();
        assertFalse(inside.isEmpty());
        sandbox.signal("KILL");
        Patience.until("all end", () -> inside.stream().noneMatch(ProcessHandle::isAlive));
      }
    }
  }

  /**
   * A file of root's is out of the users' reach, and one of theirs out of root's: without a
   * capability.
   */
  private static void unreadable(User user) throws Exception {
    String file = "/etc/shadow";
    if (user == User.ROOT) {
      Requires.user(User.ORDINARY);
      Path directory = place(User.ORDINARY);
      make(User.ORDINARY, directory, "echo secret >file && chmod 600 file");
      file = directory.resolve("file").toString();
    }
    for (String there : List.of("/foo", file)) {
      Result result = full(user, "--ro-bind=" + file + ":/foo").run("cat", there);
      assertTrue(result.status() != 0 && result.text().isEmpty(), result::toString);
    }
  }

  private static void locked(User user) throws Exception {
    Requires.root();
    User other = user == User.ROOT ? User.ORDINARY : User.ROOT;
    Requires.user(other);
    Path directory = place(other);
    make(other, directory, "echo secret >file && chmod 700 .");
    Result result = full(user, "--ro-bind=" + directory + ":/foo").sh("cat /foo/file");
    assertTrue(result.status() != 0 && result.text().isEmpty(), result::toString);
  }

  private static List<String> told(User user, Path directory, int status, String... command)
      throws Exception {
    String open = "exec 42>\"$0/info\" 43>\"$0/status\"; exec \"$@\"";
    full(user, "--info-fd=42", "--status-fd=43")
        .behind("bash", "-c", open, directory.toString())
        .run(command)
        .endsWith(status);
    return List.of(
        Host.read(directory.resolve("info").toString()),
        Host.read(directory.resolve("status").toString()));
  }

  private static void information(User user) throws Exception {
    List<String> told = told(user, place(user), 42, "sh", "-c", "exit 42");
    assertTrue(told.get(0).matches("\\{\"child-pid\": [0-9]+, .*\\}"), told::toString);
    assertTrue(told.get(1).contains("\"event\":\"exited\",\"code\":42"), told::toString);
  }

  private static void namespaces(User user) throws Exception {
    Path directory = place(user);
    Shipped.FULL.as(user);
    String look = "for n in ipc mnt net pid uts; do stat -Lc %i /proc/self/ns/$n; done >~/ids";
    List<String> told = told(user, directory, 0, "sh", "-c", look);
    List<String> ids = Host.lines(user.home().resolve("ids"));
    assertEquals(5, ids.size());
    for (String id : ids) {
      assertTrue(
          told.stream().allMatch(text -> text.replace(": ", ":").contains(":" + id)),
          () -> id + told);
    }
  }

  private static void noCode(User user) throws Exception {
    for (String command : List.of("/", "/no/such/program")) {
      List<String> told = told(user, place(user), command.equals("/") ? 126 : 127, command);
      assertFalse(told.get(1).contains("\"code\""), told::toString);
      assertTrue(told.get(1).contains("\"event\":\"failed\",\"stage\":\"exec\""), told::toString);
    }
  }

  private static void deviceFiles(User user) {
    full(user)
        .sh("cd /dev && ls -d stdin stdout stderr null random urandom fd zero full tty ptmx")
        .endsWith(0);
  }

  private static void symlink(User user) {
    prints(full(user, "--symlink=/dev/null:/a/link"), "readlink /a/link", "/dev/null");
    assertFalse(Files.exists(Path.of("/a/link")));
  }

  private static void conflict(User user) {
    full(user, "--symlink=/dev/null:/link", "--symlink=/dev/full:/link")
        .run("true")
        .refuses("`/link`");
  }

  private static void overSymlink(User user) {
    full(user, "--symlink=dir:/link", "--bind=/etc:/link").run("true").refuses("`/link`");
  }

  private static void realTmp(User user) throws Exception {
    Path file = Files.createTempFile(Path.of("/tmp"), "hexe-policy-expected", "");
    try {
      Files.writeString(file, "hello");
      file.toFile().setReadable(true, false);
      Shipped.NONE.as(user).run("cat", file.toString()).prints("hello");
      full(user).run("cat", file.toString()).endsWith(1);
    } finally {
      Files.delete(file);
    }
  }

  private static void inTmp(User user) throws Exception {
    Path directory = place(user);
    make(user, directory, "echo hello >file");
    prints(full(user, "--bind=" + directory + ":/tmp/here"), "cat /tmp/here/file", "hello");
  }

  private static void noRoots(User user) {
    Result result = full(user).sh("ls -A / /tmp").endsWith(0);
    assertFalse(result.text().matches("(?s).*(old|new)root.*"), result::toString);
  }

  private static void socket(User user) throws Exception {
    Path socket = place(user).resolve("socket");
    Requires.command("python3");
    String script = "import socket,sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])";
    Shipped.NONE.as(user).run("python3", "-c", script, socket.toString()).endsWith(0);
    prints(
        full(user, "--bind=" + socket + ":" + socket),
        "[ -S " + socket + " ] && echo socket",
        "socket");
  }

  private static void mountPoints(User user) throws Exception {
    Path directory = place(user);
    make(user, directory, "echo hello >file && chmod 640 file && chmod 750 .");
    String[] binds = {
      "--bind=" + directory + ":/new/dir", "--bind=" + directory + "/file:/new/file"
    };
    prints(full(user, binds), "stat -c %a /new /new/dir /new/file", "755\n750\n640");
  }

  private static void directories(User user) {
    String[] made = {"--dir=/set:mode=1741", "--dir=/default", "--dir=/locked:mode=0700"};
    prints(full(user, made), "stat -c %a /set /default /locked", "1741\n755\n700");
  }

  private static void parents(User user) {
    prints(full(user, "--dir=/a/b/c:mode=0700"), "stat -c %a /a /a/b /a/b/c", "755\n755\n700");
  }

  private static void tmpfs(User user) {
    prints(full(user, "--tmpfs=/a:mode=1777", "--tmpfs=/b"), "stat -c %a /a /b", "1777\n755");
  }

  private static void tmpfsSize(User user) {
    String size = "df --output=size --block-size=1K /t | tail -1 | tr -d ' '; stat -c %a /t";
    prints(full(user, "--tmpfs=/t:size=1048576"), size, "1024\n755");
    prints(full(user, "--tmpfs=/t:size=1M,mode=1777"), size, "1024\n1777");
    prints(full(user, "--tmpfs=/t:mode=1777,size=1M"), size, "1024\n1777");
  }

  private static void bogusSizes(User user) {
    List<String> sizes =
        List.of(
            "0",
            "123bogus",
            "",
            "-12345678",
            " -12",
            "18446744073709551616",
            "9223372036854775809");
    for (String size : sizes) {
      full(user, "--tmpfs=/t:size=" + size).run("true").refuses("is not a size");
    }
  }

  private static void onlyOnce(User user) {
    full(user, "--tmpfs=/t:size=1M,size=1M").run("true").refuses("given twice");
    full(user, "--tmpfs=/t:mode=0640,mode=0640").run("true").refuses("given twice");
  }

  private static void files(User user) {
    String open = "exec 8<<<foo 9<<<bar; exec \"$@\"";
    full(user, "--file=8:/f", "--file=9:/g:mode=0640")
        .behind("bash", "-c", open, "bash")
        .sh("stat -c %a /f /g; cat /f /g")
        .prints("644\n640\nfoo\nbar");
  }

  /** Two layers, and what an overlay that keeps its changes needs. */
  private static Path layers(User user) throws Exception {
    Path directory = place(user);
    make(
        user,
        directory,
        "mkdir one two upper work && printf 1 >one/a && printf 2 >one/b && printf 3 >two/b"
            + " && printf 4 >upper/a");
    return directory;
  }

  private static void overlay(User user) throws Exception {
    Path at = layers(user);
    String layers =
        "--overlay=" + at + "/one:" + at + "/two:/x/y:upper=" + at + "/upper,work=" + at + "/work";
    prints(full(user, layers), "cat /x/y/a /x/y/b; printf 5 >/x/y/b; cat /x/y/b", "425");
    assertEquals("5", Files.readString(at.resolve("upper/b")));
    assertEquals(
        "23", Files.readString(at.resolve("one/b")) + Files.readString(at.resolve("two/b")));
  }

  private static void overlayInMemory(User user) throws Exception {
    Path at = layers(user);
    String[] two = {"--overlay=" + at + "/one:/x", "--overlay=" + at + "/two:/y"};
    prints(full(user, two), "cat /x/b; printf 4 >/x/b; cat /x/b /y/b", "243");
    assertEquals(
        "23", Files.readString(at.resolve("one/b")) + Files.readString(at.resolve("two/b")));
  }

  private static void overlayReadOnly(User user) throws Exception {
    Path at = layers(user);
    String[] readOnly = {"--overlay=" + at + "/one:" + at + "/two:/x", "--read-only=/x"};
    prints(full(user, readOnly), "cat /x/a /x/b; (printf 4 >/x/b) 2>/dev/null || cat /x/b", "122");
  }

  private static void overlayWithout(User user) {
    full(user, "--overlay=/x").run("true").refuses("is not an overlay");
  }

  private static void firstProcess(User user) {
    prints(full(user, "--as-pid-1"), "echo $$", "1");
    prints(full(user), "[ $$ != 1 ] && echo another", "another");
  }

  private static void argv0(User user) {
    full(user, "--argv0=right").run("sh", "-c", "echo $0").prints("right");
    full(user).run("sh", "-c", "echo $0").prints("sh");
    full(user, "--argv0=right").run("no-such-command").endsWith(127);
  }

  private static void chdir(User user) {
    prints(full(user, "--chdir=/usr/bin"), "pwd; echo $PWD", "/usr/bin\n/usr/bin");
    full(user, "--chdir=/no/such/place").run("echo", "ran").refuses("`/no/such/place`");
  }

  private static void statuses(User user) {
    full(user).sh("exit 42").endsWith(42);
    full(user).sh("kill -TERM $$").endsWith(143);
    full(user).sh("kill -KILL $$").endsWith(137);
    full(user, "--as-pid-1").sh("exit 42").endsWith(42);
  }

  private static void block(User user) throws Exception {
    Path directory = place(user);
    make(user, directory, "mkfifo word");
    String say =
        "exec 9<>\"$0/word\" 8>\"$0/info\"; \"$@\" & until [ -s \"$0/info\" ]; do sleep 0.05; done;"
            + " sleep 0.3; [ -e ~/ran ] || echo waited; echo go >&9; wait; [ -e ~/ran ] && echo ran;"
            + " rm ~/ran";
    full(user, "--block-fd=9", "--info-fd=8")
        .behind("bash", "-c", say, directory.toString())
        .run("touch", user.home().resolve("ran").toString())
        .prints("waited\nran");
  }

  /** Held open from within until the sandbox has ended, but not by the command. */
  private static void sync(User user) throws Exception {
    Path directory = place(user);
    make(user, directory, "mkfifo fifo");
    String wait = "cat \"$0\" & exec 9>\"$0\"; \"$@\" & exec 9>&-; wait; echo over";
    full(user, "--sync-fd=9")
        .behind("bash", "-c", wait, directory.resolve("fifo").toString())
        .sh("[ -e /proc/self/fd/9 ] && echo held; sleep 0.3; echo end")
        .prints("end\nover");
  }

  private static void typesNothing(User user) {
    Terminal.of(new Setting(Shipped.FULL, user)).playsInShell("pushed-keys");
  }

  private static void environment(User user) {
    Map<String, String> cases =
        Map.of("--setenv=FOO=bar", "barbaz", "--unsetenv=FOO", "baz", "--setenv=FOO=", "baz");
    cases.forEach(
        (option, expected) ->
            prints(
                full(user, option).where("FOO", "wrong").where("BAR", "baz"),
                "echo \"$FOO$BAR\"",
                expected));
    full(user, "--clearenv")
        .where("FOO", "wrong")
        .where("PWD", user.home().toString())
        .run("/usr/bin/env")
        .prints("PWD=" + user.home());
  }
}
