package dev.hexe.policy.conformance.why;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hexe.policy.conformance.harness.OwnHome;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real failures are explained by {@code why}, and following what it says makes them work. */
@Order(1)
class WhyTest {
  /** One thing that fails. */
  private record Failure(String attempt, String subject, String guarantee, String line) {}

  private static Path home(User user) {
    return OwnHome.made(
        user,
        "why",
        "umask 022; rm -rf \"$1\"; mkdir -p \"$1/.run\" \"$1/proj/.git\" && chmod 700 \"$1/.run\" && cd \"$1\""
            + " && : >.npmrc && : >.bashrc && : >proj/.git/config");
  }

  private static List<JsonObject> refusals(Path file) throws Exception {
    List<JsonObject> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(JsonParser.parseString(line).getAsJsonObject());
    }
    return lines;
  }

  private static JsonObject of(Failure failure, List<JsonObject> lines) {
    return lines.stream()
        .filter(
            line ->
                line.has("subject") && line.get("subject").getAsString().equals(failure.subject()))
        .filter(line -> line.get("guarantee").getAsString().equals(failure.guarantee()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(failure + " is not among " + lines));
  }

  /** A shell in which each attempt prints its number where it works. */
  private static String script(List<Failure> failures) {
    StringBuilder script = new StringBuilder("exec 2>/dev/null;");
    for (int i = 0; i < failures.size(); i++) {
      script
          .append(" (")
          .append(failures.get(i).attempt())
          .append(") >&2 && echo ")
          .append(i)
          .append(';');
    }
    return script
        + " cat /no/such/file; cat /proc/self/nothing; ls /usr/no-such; mkdir /usr; test -e ~/nothing; true";
  }

  private static void check(User user, Path home, String profile, List<Failure> failures)
      throws Exception {
    Path file = home.resolve("proj/refused");
    Result observed =
        OwnHome.program(user, home, "why", profile, "--why=" + file)
            .sh(script(failures))
            .endsWith(0);
    assertEquals("", observed.text(), "nothing of it works");
    List<JsonObject> lines = refusals(file);
    List<String> fixes = new ArrayList<>();
    for (Failure failure : failures) {
      JsonObject line = of(failure, lines);
      assertEquals(failure.line(), line.getAsJsonObject("line").get("key").getAsString());
      String fix = line.getAsJsonObject("fix").get("option").getAsString();
      fixes.addAll(Arrays.asList(fix.replace("~", home.toString()).split(" ")));
    }
    assertEquals(
        failures.size() + 1, lines.size(), "what fails outside as well is left out: " + lines);
    Result followed =
        OwnHome.program(user, home, "apply", profile)
            .with(fixes.toArray(String[]::new))
            .sh(script(failures));
    assertEquals(failures.size(), followed.lines().size(), "with " + fixes + ": " + followed);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void whatMountsRefuseIsExplained(User user) throws Exception {
    Requires.namespaces(user);
    Path home = home(user);
    String outside = user.fileOutside("why-file").toString();
    String temporary = "/var/tmp/hexe-why-" + user.name();
    Files.writeString(Path.of(temporary), "");
    Files.setPosixFilePermissions(Path.of(temporary), PosixFilePermissions.fromString("rw-r--r--"));
    try {
      check(
          user,
          home,
          "sandbox",
          List.of(
              new Failure("cat ~/.npmrc", home + "/.npmrc", "hidden", "hide"),
              new Failure("echo >>~/.bashrc", home + "/.bashrc", "protected", "protect"),
              new Failure("echo >>.git/config", home + "/proj/.git/config", "protected", "protect"),
              new Failure("cat " + temporary, temporary, "tmp", "files.tmp"),
              new Failure(outside, outside, "files", "files.unlisted")));
    } finally {
      Files.delete(Path.of(temporary));
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void aSocketOfTheHostIsExplained(User user) throws Exception {
    Requires.namespaces(user);
    Requires.path("/usr/bin/perl");
    Path home = home(user);
    Path socket = user.outside().resolve("why.sock");
    Files.deleteIfExists(socket);
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rwxrwxrwx"));
      String connects =
          "perl -MIO::Socket::UNIX -e 'exit !IO::Socket::UNIX->new(Peer => shift)' " + socket;
      check(
          user,
          home,
          "sandbox",
          List.of(new Failure(connects, socket.toString(), "files", "files.unlisted")));
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void aPortOfTheHostIsExplained(User user) throws Exception {
    Requires.namespaces(user);
    Requires.path("/usr/bin/perl");
    Path home = home(user);
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String destination = "127.0.0.1:" + server.getLocalPort();
      String connects =
          "perl -MIO::Socket::INET -e 'exit !IO::Socket::INET->new(PeerAddr => shift)' "
              + destination;
      check(user, home, "full", List.of(new Failure(connects, destination, "network", "network")));
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void whatNoOptionAllowsIsExplainedAsWell(User user) throws Exception {
    Requires.namespaces(user);
    Requires.path("/usr/bin/perl");
    Path home = home(user);
    assumeTrue(
        Files.getFileStore(home).equals(Files.getFileStore(Path.of("/tmp"))),
        "/tmp is a file system of its own here: the host refuses such a rename as well");
    Path file = home.resolve("proj/refused");
    long process = user == User.ROOT ? ProcessHandle.current().pid() : 0;
    OwnHome.program(user, home, "why", "sandbox", "--why=" + file)
        .sh(
            "exec 2>/dev/null; : >a; perl -e 'rename \"a\", \"/tmp/a\"'; kill -0 "
                + process
                + "; true")
        .endsWith(0);
    List<JsonObject> lines = refusals(file);
    String renaming = home + "/proj/a -> /tmp/a";
    assertEquals(
        "EXDEV", of(new Failure("", renaming, "files", ""), lines).get("error").getAsString());
    if (process > 0) {
      of(new Failure("", "process " + process, "processes-invisible", ""), lines);
    }
  }

  /**
   * Of two filters with one answer the later one counts; so a denial must not become a mere stop.
   */
  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void noFilterOfTheCommandsUndoesWhatIsDenied(User user) {
    Requires.namespaces(user);
    Requires.path("/usr/bin/perl");
    assumeTrue(
        System.getProperty("os.arch").equals("amd64"), "the numbers of the calls are x86-64's");
    Path home = home(user);
    String attack =
        "$f = pack('SCCL', 32, 0, 0, 0) . pack('SCCL', 21, 0, 1, 250) . pack('SCCL', 6, 0, 0, hex shift)"
            + " . pack('SCCL', 6, 0, 0, 0x7fff0000); $p = pack('Sx6P', 4, $f);"
            + " syscall(317, 1, 0, $p) == 0 or die; $! = 0; syscall(250, 0, -3, 0); print $! + 0, qq(\n)";
    for (String answer : List.of("7ff00000", "7fc00000", "7ffc0000", "7fff0000")) {
      String error =
          OwnHome.program(user, home, "why", "sandbox").run("perl", "-e", attack, answer).text();
      assertTrue(List.of("1", "38").contains(error), answer + ": " + error);
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void whatLandlockRefusesIsExplained(User user) throws Exception {
    Requires.landlock(3);
    Path home = home(user);
    String outside = user.fileOutside("why-file").toString();
    check(
        user,
        home,
        "isolated",
        List.of(new Failure("cat " + outside, outside, "files", "files.unlisted")));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void theCommandRunsAsItDoesUnderApply(User user) {
    Requires.namespaces(user);
    Path home = home(user);
    OwnHome.program(user, home, "why", "sandbox").sh("cat; exit 7").endsWith(7);
    OwnHome.program(user, home, "why", "sandbox").sh("kill -9 $$").endsWith(137);
    Result all =
        OwnHome.program(user, home, "why", "sandbox")
            .sh(
                "for i in 1 2 3 4 5 6 7 8; do (true & true & wait) & done; wait; (kill -STOP $$; sleep 0.3; kill -CONT $$) &"
                    + " wait; kill -9 $PPID; (echo >/usr/no) 2>/dev/null; echo end");
    assertTrue(all.text().contains("end"), all.toString());
    OwnHome.program(user, home, "why", "sandbox").run("no-such-command").endsWith(127);
    OwnHome.program(user, home, "apply", "sandbox", "--why").sh("exit 3").endsWith(3);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void callsThatAFilterDeniesAreDeniedAndSeen(User user) throws Exception {
    Requires.namespaces(user);
    Path home = home(user);
    Path file = home.resolve("proj/refused");
    Result result =
        OwnHome.program(user, home, "why", "sandbox", "--why=" + file)
            .sh("unshare -Ur true 2>/dev/null || echo denied");
    assertEquals("denied", result.text().strip());
    Failure failure = new Failure("", "a user namespace", "user-namespaces", "");
    JsonObject line = of(failure, refusals(file));
    assertEquals("--nesting", line.getAsJsonObject("fix").get("option").getAsString());
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void hostileNamesAreHarmless(User user) {
    Requires.namespaces(user);
    Path home = home(user);
    Result result =
        OwnHome.program(user, home, "why", "sandbox")
            .sh(
                "a=$(printf '/usr/\\033[31mred\\nhexe-policy: x'); mkdir \"$a\" 2>/dev/null; exit 0");
    assertEquals(-1, result.stderr().indexOf('\033'), result.stderr());
    assertEquals(
        1, result.stderr().lines().filter(line -> line.startsWith("hexe-policy:")).count());
  }

  /** What they end makes no call that fails. */
  @ParameterizedTest
  @EnumSource
  void limitsThatWereReachedAreExplained(User user) throws Exception {
    Requires.namespaces(user);
    Requires.path("/usr/bin/perl");
    Path home = home(user);
    OwnHome.program(user, home, "why", "sandbox", "--time=1s", "--", "sleep", "60")
        .alone()
        .endsWith(143)
        .complains("time limit 1s reached", "(--time)", "--time 2s", "limits: {time: 2s}");
    String reaches =
        "head -c 2000 /dev/zero >large && perl -e 'for (1 .. 25) { open($f[$_], q(</)) or exit 1 }'";
    Path file = home.resolve("proj/refused");
    OwnHome.program(user, home, "why", "sandbox", "--why=" + file)
        .with("--rlimit=nofile=20", "--rlimit=fsize=1K")
        .sh("(" + reaches.replace(" && ", "); (") + ") && echo reached");
    List<JsonObject> lines = refusals(file);
    List<String> fixes = new ArrayList<>();
    for (String limit : List.of("nofile: 20", "fsize: 1K")) {
      JsonObject line =
          lines.stream()
              .filter(it -> it.has("subject"))
              .filter(it -> it.get("subject").getAsString().equals("the limit " + limit))
              .findFirst()
              .orElseThrow(() -> new AssertionError(limit + " is not among " + lines));
      String key = "limits.rlimits." + limit.substring(0, limit.indexOf(':'));
      assertEquals(key, line.getAsJsonObject("line").get("key").getAsString());
      fixes.add(line.getAsJsonObject("fix").get("option").getAsString());
    }
    OwnHome.program(user, home, "apply", "sandbox")
        .with(String.join(" ", fixes).split(" "))
        .sh(reaches)
        .endsWith(0);
  }

  /** A limit that holds and is not reached is nobody's business. */
  @ParameterizedTest
  @EnumSource
  void limitsThatWereNotReachedAreLeftOut(User user) {
    Requires.namespaces(user);
    Result result =
        OwnHome.program(user, home(user), "why", "sandbox", "--time=90s", "--", "true")
            .alone()
            .endsWith(0);
    assertTrue(!result.stderr().contains("--time"), result.stderr());
  }

  @ParameterizedTest
  @EnumSource
  void rightsThatAProgramGivesInVainAreExplained(User user) {
    Requires.namespaces(user);
    assumeTrue(
        user != User.ROOT && Files.exists(Path.of("/usr/bin/su")),
        "root has the rights that setuid programs give");
    OwnHome.program(user, home(user), "why", "sandbox", "--", "su", "--no-such-option")
        .alone()
        .endsWith(1)
        .complains("the rights that /usr/bin/su gives", "privileges.gain: never", "outside of");
  }

  /** What would be hidden is not there, and the home is only read: not all of it is opened. */
  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void whatIsMissingInTheHomeIsMadeOutside(User user) throws Exception {
    Requires.namespaces(user);
    Path home = home(user);
    Path file = home.resolve("proj/refused");
    OwnHome.program(user, home, "why", "agent", "--why=" + file)
        .sh("mkdir ~/.gnupg 2>/dev/null && echo made; true")
        .prints("");
    JsonObject line =
        of(new Failure("", home + "/.gnupg", "read-only", "files.read"), refusals(file));
    assertEquals("files.read", line.getAsJsonObject("line").get("key").getAsString());
    assertEquals(
        "(outside: mkdir ~/.gnupg) --write ~/.gnupg",
        line.getAsJsonObject("fix").get("option").getAsString());
    Sandbox.none().as(user).sh("mkdir \"$1/.gnupg\"", home.toString()).endsWith(0);
    OwnHome.program(user, home, "apply", "agent", "--write", home + "/.gnupg")
        .sh("echo key >~/.gnupg/key && cat ~/.gnupg/key")
        .prints("key");
  }
}
