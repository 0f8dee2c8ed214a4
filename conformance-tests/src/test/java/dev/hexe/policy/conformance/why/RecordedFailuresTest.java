package dev.hexe.policy.conformance.why;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Running;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Reports of people about sandboxes that "do not work", in the words that a newcomer gets: what it
 * is about, who decides, and what to type. What is typed works.
 */
class RecordedFailuresTest {
  /** One report, with the words and the option. */
  private record Failure(String attempt, String guarantee, String key, String words, String fix) {
    Refused refused() {
      return Refused.of(attempt, guarantee, key).about(subject());
    }

    /** Of the option its argument. */
    private String subject() {
      return fix.startsWith("--read ~/") ? fix.substring("--read ~".length()) : "";
    }
  }

  private static final String CONNECTS =
      "perl -MIO::Socket::UNIX -e 'exit !IO::Socket::UNIX->new(Peer => shift)' ";

  /** Sockets of services of the host, in a {@code /run} of the test's own. */
  private static final List<Failure> SERVICES =
      List.of(
          new Failure(
              CONNECTS + "/run/docker.sock",
              "files",
              "files.unlisted",
              "no list covers it, so it does not exist inside; it is a container engine: whoever speaks to it can do on the host what it can",
              "--read /run/docker.sock"),
          new Failure(
              CONNECTS + "/run/systemd/resolve/io.systemd.Resolve",
              "files",
              "files.unlisted",
              "no list covers it, so it does not exist inside; it is a service that answers names and users (DNS)",
              "--read /run/systemd/resolve/io.systemd.Resolve"),
          new Failure(
              CONNECTS + "/run/user/4711/ssh-agent.sock",
              "files",
              "files.unlisted",
              "an agent that signs and logs in with your keys for whoever asks",
              "--read /run/user/4711/ssh-agent.sock"),
          service("/run/user/4711/wayland-0", "a compositor"),
          service("/run/user/4711/pulse/native", "a sound server"),
          service("/run/user/4711/gnupg/S.gpg-agent", "an agent that signs"),
          service("/run/mysqld/mysqld.sock", "a database"));

  private static Failure service(String socket, String words) {
    return new Failure(CONNECTS + socket, "files", "files.unlisted", words, "--read " + socket);
  }

  private static final String OWN_RUN =
      "mount -t tmpfs none /run"
          + " && mkdir -p /run/systemd/resolve /run/user/4711/pulse /run/user/4711/gnupg /run/mysqld"
          + " && exec perl -MIO::Socket::UNIX -e '@s = map { IO::Socket::UNIX->new(Local => $_, Listen => 9) or die }"
          + " qw(/run/docker.sock /run/systemd/resolve/io.systemd.Resolve /run/user/4711/ssh-agent.sock"
          + " /run/user/4711/wayland-0 /run/user/4711/pulse/native /run/user/4711/gnupg/S.gpg-agent /run/mysqld/mysqld.sock);"
          + " exit(system(@ARGV) >> 8)' \"$@\"";

  private static final List<Failure> EVERYDAY =
      List.of(
          new Failure(
              "cat ~/.npmrc", "hidden", "hide", "it holds passwords or tokens", "--read ~/.npmrc"),
          new Failure(
              "cat ~/notes/todo",
              "layout",
              "files.home",
              "~ is an empty directory of the sandbox's own, and this is not listed",
              "--read ~/notes/todo"),
          new Failure(
              "echo >.git/hooks/pre-commit",
              "protected",
              "protect",
              "git runs it, or what it names, in this project",
              "--write ~/proj/.git/hooks"),
          new Failure(
              "cat VARTMP",
              "tmp",
              "files.tmp",
              "the sandbox has a /var/tmp of its own, and the host's is not there",
              "--read VARTMP"),
          new Failure(
              "kill -0 PROCESS",
              "processes-invisible",
              "processes.others",
              "processes outside have no number inside",
              ""),
          new Failure(
              "unshare -U true",
              "user-namespaces",
              "privileges.user-namespaces",
              "none can be made inside",
              "--nesting"),
          new Failure(
              "perl -MIO::Socket::INET -e 'exit !IO::Socket::INET->new(PeerAddr => shift)' 127.0.0.1:PORT",
              "destinations",
              "network",
              "no destination that is listed has this address and port",
              "--allow localhost:PORT"));

  /** Attaches as a debugger does. */
  private static final String ATTACHES = "perl -e 'exit 1 if syscall(101, 16, PROCESS, 0, 0) < 0'";

  private static final String UNSHOWN = "processes outside have no number inside";

  /** What is another's process or the machine's, and nothing that a profile gives. */
  private static final List<Refused> FOR_GOOD =
      List.of(
          Refused.forGood(ATTACHES, "processes-invisible", "processes.others"),
          Refused.forGood("mknod ./node c 1 3", "capabilities", "privileges.capabilities")
              .about("a device at"),
          Refused.forGood(
                  "perl -e 'socket($s, 2, 3, 1) or exit 1'",
                  "capabilities",
                  "privileges.capabilities")
              .about("a raw socket"),
          Refused.forGood(
                  "perl -e 'setpriority(0, 0, -5) or exit 1'",
                  "capabilities",
                  "privileges.capabilities")
              .about("setpriority"),
          Refused.forGood(
                  "perl -e 'exit 1 if syscall(227, 0, pack(q(qq), time, 0)) < 0'",
                  "capabilities",
                  "privileges.capabilities")
              .about("clock_settime"));

  private static void check(Explained home, String yaml, List<Failure> failures) throws Exception {
    List<Refused> all = failures.stream().map(Failure::refused).toList();
    List<JsonObject> found = home.check("project", yaml, all);
    for (int i = 0; i < failures.size(); i++) {
      JsonObject line = found.get(i);
      String because = line.get("because").getAsString();
      assertTrue(because.contains(failures.get(i).words()), because);
      String option = line.getAsJsonObject("fix").get("option").getAsString();
      assertEquals(home.filled(failures.get(i).fix()), option.replace("~/", home.home() + "/"));
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void servicesOfTheHostAreCalledByWhatTheyDo(User user) throws Exception {
    Requires.command("unshare");
    Requires.path("/usr/bin/perl");
    Explained home =
        Explained.in(user, "recorded-services", ":")
            .behind("unshare", "-rm", "sh", "-c", OWN_RUN, "sh");
    check(home, "", SERVICES);
  }

  /** Of what an ordinary user cannot do outside either, nothing is said. */
  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void whatIsOthersOrTheMachinesIsNotPromised(User user) throws Exception {
    Requires.path("/usr/bin/perl");
    assumeTrue(System.getProperty("os.arch").equals("amd64"), "a call's number is x86-64's");
    Explained home = Explained.in(user, "recorded-good", ":");
    try (Running process = Sandbox.none().as(user).start("sh", "-c", "echo $$; exec sleep 600")) {
      home.where("PROCESS", process.line());
      List<JsonObject> rest = new ArrayList<>(home.explained("sandbox", "", FOR_GOOD));
      JsonObject attached = FOR_GOOD.get(0).taken(rest);
      assertTrue(attached.get("because").getAsString().contains(UNSHOWN), attached::toString);
      if (user == User.ROOT) {
        FOR_GOOD.stream().skip(1).forEach(it -> it.taken(rest));
      }
      assertEquals(List.of(), rest);
    }
  }

  /** A limit that the profile has lowered, and what is known of another's process. */
  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void whatAProfileGivesIsGiven(User user) throws Exception {
    Explained home = Explained.in(user, "recorded-given", ":");
    try (Running process = Sandbox.none().as(user).start("sh", "-c", "echo $$; exec sleep 600")) {
      home.where("PROCESS", process.line())
          .check(
              "sandbox",
              "limits: {rlimits: {nofile: 64}}",
              List.of(
                  Refused.of(
                      "cat /proc/PROCESS/cmdline", "processes-invisible", "processes.others")));
      home.check(
          "sandbox",
          "limits: {rlimits: {nofile: 64}}",
          List.of(Refused.of("ulimit -n 100", "capabilities", "limits.rlimits.nofile")));
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void everydayFailuresAreToldInWords(User user) throws Exception {
    Requires.path("/usr/bin/perl");
    Path temporary = Path.of("/var/tmp/hexe-why-recorded-" + user.uid());
    Explained home =
        Explained.in(
                user,
                "recorded-everyday",
                "mkdir notes && echo >notes/todo && echo t >.npmrc && rm -r proj && git init -q proj")
            .where("VARTMP", temporary.toString());
    Sandbox.none().as(user).sh("umask 077; echo v >\"$1\"", temporary.toString()).endsWith(0);
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Running process = Sandbox.none().as(user).start("sh", "-c", "echo $$; exec sleep 600")) {
      home.where("PROCESS", process.line()).where("PORT", String.valueOf(server.getLocalPort()));
      check(home, "network: {allow: [\"localhost:9\"]}", EVERYDAY);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
