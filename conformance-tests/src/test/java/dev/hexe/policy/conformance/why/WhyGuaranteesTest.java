package dev.hexe.policy.conformance.why;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Running;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each guarantee explains what it refuses, and following what it says makes that work: with the
 * options where there are some, and with the lines of YAML in a profile that extends the one at
 * hand. One sandbox shows several of them.
 */
class WhyGuaranteesTest {
  /** They answer no call of a command. */
  private static final Map<String, String> REFUSE_NOTHING =
      Map.of(
          "cgroups", "the view is another one",
          "mounts", "what is mounted inside is not seen outside; to mount takes a capability",
          "privilege-gain", "a setuid program starts, and fails without its rights: see WhyTest",
          "memory", "what needs more gets none, or is ended: see WhyTest",
          "cpu", "it takes longer",
          "cpus", "the kernel leaves out the others without a word",
          "io", "it takes longer",
          "time", "the command is ended: see WhyTest");

  private static final List<Refused> LISTED_CALLS =
      List.of(
          Refused.of(
              "perl -e 'exit 1 if syscall(165, 0) < 0 && $!{EPERM}'", "syscalls", "syscalls.allow"),
          Refused.of(
              "perl -e '$! = 0; getpriority(0, 0); exit !!$!'", "syscalls", "syscalls.deny"));

  private static final String IPC =
      "perl -e '$k = 7311 + $<; $i = shmget($k, 4096, 0); exit !defined $i'";

  private static final String BECOMES = "perl -MPOSIX -e 'exit !(setgid(12345) && setuid(12345))'";

  /** Injects a character where the terminal is not that of the sandbox: EPERM is the filter's. */
  private static final String TYPES =
      "perl -e 'ioctl(STDIN, 0x5412, $c = q(x)); exit !!$!{EPERM}' </dev/null";

  private static final String CONNECTS =
      "perl -MIO::Socket::INET -e 'exit !IO::Socket::INET->new(PeerAddr => shift)' ";

  private static final List<Refused> FILES =
      List.of(
          Refused.of("cat OUTSIDE-read", "files", "files.unlisted"),
          Refused.of("echo x >>OUTSIDE-written", "files", "files.unlisted"),
          Refused.of("echo x >>OUTSIDE-listed", "read-only", "files.read"),
          Refused.of("echo x >>~/ro/f", "layout", "files.read-only"),
          Refused.of("echo x >>/laid/f", "layout", "files.bind-read-only"),
          Refused.of("~/tools/tool", "no-execute", "files.no-execute"),
          Refused.of("echo x >>~/.bashrc", "protected", "protect"),
          Refused.of("cat ~/.npmrc", "hidden", "hide"),
          Refused.of("cat VARTMP", "tmp", "files.tmp"),
          Refused.forGood("echo x >>~/.config/hexe-policy/profiles/base.yaml", "next-run", ""));

  private static final String FILES_YAML =
      "files: {read: [OUTSIDE-listed], read-only: [~/ro], bind-read-only: [\"~/bound:/laid\"], no-execute: [~/tools]}";

  private static final List<Refused> CALLS =
      List.of(
          Refused.of("cat ~/ro/f", "layout", "files.home"),
          Refused.of(IPC, "ipc", "ipc"),
          Refused.of(TYPES, "terminal", "terminal"),
          Refused.of("kill -0 PROCESS", "processes-invisible", "processes.others"),
          Refused.of("unshare -U true", "user-namespaces", "privileges.user-namespaces"),
          Refused.of("setarch -R true", "syscalls", "privileges.deny-system-calls"));

  /** The last of them is denied by both lists. */
  private static final String CALLS_YAML =
      """
      files: {home: {private: 8M}, write: {only: [~/proj]}}
      privileges: {deny-system-calls: {only: [personality]}}
      syscalls: {deny: [personality]}
      """;

  /** The ordinary user may do none of it outside. */
  private static final List<Refused> OF_ROOT =
      List.of(
          Refused.of("[ $(uname -n) = other ] || hostname other", "hostname", "hostname"),
          Refused.of(BECOMES, "identity", "identity"),
          Refused.forGood("mount -t tmpfs none /tmp", "capabilities", "privileges.capabilities"));

  private static final List<Refused> CAPABILITIES =
      List.of(Refused.of("perl -e 'exit !chroot q(/)'", "capabilities", "privileges.capabilities"));

  private static final List<Refused> OTHERS =
      List.of(
          Refused.of("kill -0 PROCESS", "processes-unreachable", "processes.reach-others"),
          Refused.of(CONNECTS + "127.0.0.1:PORT", "network", "network"));

  /** Names of the host's own, which the gateway finds as well. */
  private static final String OWN_HOSTS =
      "printf '127.0.0.1 localhost listed.test denied.test other.test\\n' >$HOME/hosts"
          + " && mount --bind $HOME/hosts /etc/hosts && exec \"$@\"";

  private static final List<Refused> DESTINATIONS =
      List.of(
          Refused.of(CONNECTS + "127.0.0.1:PORT", "destinations", "network").about("127.0.0.1"),
          Refused.of(CONNECTS + "listed.test:PORT", "destinations", "network").about("listed"),
          Refused.forGood("getent hosts denied.test", "destinations", "network").about("denied"),
          Refused.of("getent hosts other.test", "destinations", "network").about("other"));

  private static final List<Refused> DEVICES =
      List.of(Refused.of(": </dev/loop-control", "devices", "files.devices"));

  private static final List<Refused> PIDS =
      List.of(
          Refused.of("for i in 1 2 3 4 5 6 7 8; do sleep 0.2 & done; wait", "pids", "limits.pids"));

  @Test
  void everyGuaranteeIsExplainedOrRefusesNothing() {
    Set<String> all =
        Guarantee.builtIn().stream()
            .map(Guarantee::id)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> shown =
        Stream.of(
                FILES,
                CALLS,
                LISTED_CALLS,
                OF_ROOT,
                CAPABILITIES,
                OTHERS,
                DESTINATIONS,
                DEVICES,
                PIDS)
            .flatMap(List::stream)
            .map(Refused::guarantee)
            .collect(Collectors.toCollection(TreeSet::new));
    shown.addAll(REFUSE_NOTHING.keySet());
    assertEquals(shown, all);
  }

  private static Explained home(User user, String name) {
    Requires.path("/usr/bin/perl");
    return Explained.in(
        user,
        "guarantees-" + name,
        "mkdir ro bound tools && echo t >.npmrc && echo rc >.bashrc && echo f >ro/f && echo f >bound/f"
            + " && printf '#!/bin/sh\\n' >tools/tool && chmod 755 tools/tool && : >proj/f");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void filesAreExplained(User user) throws Exception {
    Path temporary = Path.of("/var/tmp/hexe-why-guarantees-" + user.uid());
    Explained home = home(user, "files").where("VARTMP", temporary.toString());
    for (String name : List.of("OUTSIDE-read", "OUTSIDE-written", "OUTSIDE-listed")) {
      home.where(name, user.fileOutside("guarantees-" + name).toString());
    }
    outside(user, "umask 077; echo v >\"$1\"", temporary.toString());
    try {
      home.check("sandbox", FILES_YAML, FILES);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void callsAreExplained(User user) throws Exception {
    outside(user, "perl -e 'defined shmget(7311 + $<, 4096, 01600) or exit 1'");
    try (Running process = Sandbox.none().as(user).start("sh", "-c", "echo $$; exec sleep 600")) {
      home(user, "calls").where("PROCESS", process.line()).check("sandbox", CALLS_YAML, CALLS);
    } finally {
      outside(user, "perl -e '$i = shmget(7311 + $<, 4096, 0); shmctl($i, 0, 0)'");
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void whatRootAloneMayDoOutsideIsExplained(User user) throws Exception {
    Explained home = home(user, "root");
    if (user == User.ROOT) {
      home.check("sandbox", "", OF_ROOT);
      home.check("sandbox", "", CAPABILITIES);
    } else {
      List<Refused> all =
          OF_ROOT.stream().filter(it -> !it.guarantee().equals("hostname")).toList();
      // mount is setuid, and fails without: that this may be why is said, and nothing else
      List<JsonObject> said =
          home.explained("sandbox", "", all).stream()
              .filter(line -> !line.get("guarantee").getAsString().equals("privilege-gain"))
              .toList();
      assertEquals(List.of(), said, "it would fail outside as well");
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void networksAndVisibleProcessesAreExplained(User user) throws Exception {
    Requires.landlock(6);
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Running process = Sandbox.none().as(user).start("sh", "-c", "echo $$; exec sleep 600")) {
      home(user, "others")
          .where("PROCESS", process.line())
          .where("PORT", String.valueOf(server.getLocalPort()))
          .check("sandbox", "processes: {others: visible}\nnetwork: none", OTHERS);
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void destinationsAreExplained(User user) throws Exception {
    Requires.command("unshare");
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      home(user, "destinations")
          .behind("unshare", "-rm", "sh", "-c", OWN_HOSTS, "sh")
          .where("PORT", String.valueOf(server.getLocalPort()))
          .check(
              "sandbox",
              "network: {allow: [\"listed.test:9\"], deny: [denied.test]}",
              DESTINATIONS);
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void devicesAreExplained(User user) throws Exception {
    assumeTrue(
        user == User.ROOT && Files.exists(Path.of("/dev/loop-control")),
        "a device that an ordinary user may read is not there everywhere");
    home(user, "devices").check("sandbox", "", DEVICES);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void listsOfCallsAreExplained(User user) throws Exception {
    assumeTrue(System.getProperty("os.arch").equals("amd64"), "a call's number is x86-64's");
    home(user, "lists")
        .check(
            "sandbox",
            "syscalls: {allow: [\"@system-service\"], deny: {only: [getpriority]}}",
            LISTED_CALLS);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void aLimitOfProcessesIsExplained(User user) throws Exception {
    Requires.namespaces(user);
    assumeTrue(
        Sandbox.profile("sandbox").as(user).with("--pids", "5", "--strict").run("true").status()
            == 0,
        "this host limits no processes");
    home(user, "pids").check("sandbox", "limits: {pids: 5}", PIDS);
  }

  private static void outside(User user, String script, String... arguments) {
    Sandbox.none().as(user).sh(script, arguments).endsWith(0);
  }
}
