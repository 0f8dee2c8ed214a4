package dev.hexe.policy.conformance.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.conformance.harness.OwnHome;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs that idle outside and run what they are told by whoever reads, in the home, where they
 * listen and the word they want. They listen on the loopback, which is the host's.
 */
class BuildDaemonsTest {
  private static final String TOKEN = "opensesame";

  /** As each of them notes it, where it can be made inside again. */
  private static final List<String> NOTES =
      List.of(
          ".gradle/daemon/8.5/registry.bin",
          ".m2/mvnd/registry/1.0/registry.bin",
          ".sbt/1.0/server/abc/token.json",
          ".local/share/scalacli/bloop/daemon/pid",
          ".buck/buckd/root/buckd.info",
          ".cache/bazel/_bazel_me/abc/server/request_cookie",
          ".local/state/watchman/me-state/port",
          ".pm2/rpc",
          ".local/share/jupyter/runtime/kernel-1.json",
          ".emacs.d/server/server");

  /** Those of programs that do not run inside. */
  private static final List<String> OF_EDITORS =
      List.of(".vscode-server/.abc.token", ".config/Code/main", ".config/JetBrains/Idea/token");

  /** Reads each note, and has the daemon that it leads to run something. */
  private static final String ATTACK =
      "use Socket; for (glob \"$ENV{HOME}/{"
          + String.join(",", NOTES)
          + ","
          + String.join(",", OF_EDITORS)
          + "}\") { open(my $note, '<', $_) or next; my ($port, $token) = split ' ', <$note>;"
          + " socket(my $to, PF_INET, SOCK_STREAM, 0) or die; connect($to, sockaddr_in($port, INADDR_LOOPBACK)) or next;"
          + " syswrite($to, \"$token\\n\"); sysread($to, my $answer, 9); print \"$_ $answer\\n\" }";

  /** What a build tool does that finds nobody: its own daemon, and a note of it for the next. */
  private static final String USE =
      "for note in "
          + String.join(" ", NOTES)
          + "; do mkdir -p \"$HOME/${note%/*}\" && echo own >\"$HOME/$note\" && read -r word <\"$HOME/$note\""
          + " && [ $word = own ] || echo \"no $note\"; done";

  private record Case(String profile, User user) {
    @Override
    public String toString() {
      return profile + " as " + user;
    }
  }

  static Stream<Case> reachingTheLoopback() {
    return Stream.of("balanced", "sandbox", "agent", "project")
        .flatMap(profile -> Stream.of(User.values()).map(user -> new Case(profile, user)));
  }

  @Attack(Way.HIDDEN)
  @ParameterizedTest
  @MethodSource("reachingTheLoopback")
  void areNotFoundFromInsideAndOthersAreStarted(Case setting) throws Exception {
    Requires.namespaces(setting.user());
    Requires.command("perl");
    try (Daemon daemon = new Daemon()) {
      Path home = home(setting, daemon.port());
      Sandbox sandbox =
          OwnHome.in(Sandbox.profile(setting.profile()), setting.user(), home, "shop");
      sandbox.run("perl", "-e", ATTACK).endsWith(0).prints("");
      assertEquals(0, daemon.obeyed());
      sandbox.sh(USE).prints("");
      assertEquals(
          daemon.port() + " " + TOKEN + "\n", Files.readString(home.resolve(NOTES.get(0))));
    }
  }

  /** The attack is one: where nothing is hidden the daemons obey. */
  @ParameterizedTest
  @EnumSource
  void areFoundWhereNothingIsHidden(User user) throws Exception {
    Requires.namespaces(user);
    Requires.command("perl");
    try (Daemon daemon = new Daemon()) {
      Path home = home(new Case("none", user), daemon.port());
      List<String> obeyed =
          OwnHome.in(Sandbox.profile("none"), user, home, "shop")
              .run("perl", "-e", ATTACK)
              .endsWith(0)
              .lines();
      assertEquals(NOTES.size() + OF_EDITORS.size(), obeyed.size(), obeyed::toString);
      assertEquals(obeyed.size(), daemon.obeyed());
    }
  }

  private static Path home(Case setting, int port) {
    String script =
        "rm -rf \"$1\" && mkdir -p \"$1/shop\" && cd \"$1\" && for note in "
            + String.join(" ", NOTES)
            + " "
            + String.join(" ", OF_EDITORS)
            + "; do mkdir -p ${note%/*} && echo "
            + port
            + " "
            + TOKEN
            + " >$note || exit; done";
    return OwnHome.made(setting.user(), "daemons-" + setting.profile(), script);
  }

  /** Obeys whoever knows the token. */
  private static final class Daemon implements AutoCloseable {
    private final ServerSocket socket;
    private final AtomicInteger obeyed = new AtomicInteger();

    Daemon() throws IOException {
      socket = new ServerSocket(0, NOTES.size(), InetAddress.getLoopbackAddress());
      Thread thread = new Thread(this::serve, "daemon");
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return socket.getLocalPort();
    }

    int obeyed() {
      return obeyed.get();
    }

    private void serve() {
      while (!socket.isClosed()) {
        try (Socket client = socket.accept()) {
          answer(client);
        } catch (IOException ignored) {
          // That client has gone, or the test has ended.
        }
      }
    }

    private void answer(Socket client) throws IOException {
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
      boolean known = TOKEN.equals(lines.readLine());
      if (known) {
        obeyed.incrementAndGet();
      }
      client
          .getOutputStream()
          .write((known ? "obeyed" : "refused").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
