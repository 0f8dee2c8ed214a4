package dev.hexe.policy.conformance.attacks;

import dev.hexe.policy.conformance.harness.Helper;
import dev.hexe.policy.conformance.harness.User;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Processes of a user's outside of any sandbox, and what they hold, for as long as the suite. */
final class Outsiders {
  private static final Map<User, Outsiders> ALL = new EnumMap<>(User.class);

  private final List<Helper> helpers;
  private final Map<String, String> words;
  private final ServerSocket server;

  private Outsiders(User user) {
    String mark = "hexe-attack-" + ProcessHandle.current().pid() + "-" + user.uid();
    String key = Long.toString(ProcessHandle.current().pid() * 2 + (user == User.ROOT ? 0 : 1));
    Helper terminal = Helper.holding(user, "hold-terminal");
    Helper inTmp = Helper.holding(user, "hold-unix /tmp/" + mark);
    Helper outside = Helper.holding(user, "hold-unix " + user.outside().resolve(mark));
    Helper inHome = Helper.holding(user, "hold-unix " + user.home().resolve(mark));
    Helper named = Helper.holding(user, "hold-abstract " + mark);
    Helper memory = Helper.holding(user, "hold-shared-memory " + key);
    Helper queue = Helper.holding(user, "hold-queue /" + mark);
    helpers = List.of(terminal, inTmp, outside, inHome, named, memory, queue);
    server = serve();
    words =
        Map.of(
            "outsider",
            Long.toString(terminal.pid()),
            "terminal",
            terminal.answer(),
            "socket-in-tmp",
            "/tmp/" + mark,
            "socket-outside",
            user.outside().resolve(mark).toString(),
            "socket-in-home",
            user.home().resolve(mark).toString(),
            "abstract",
            mark,
            "shared-memory",
            key,
            "queue",
            "/" + mark,
            "port",
            Integer.toString(server.getLocalPort()),
            "key",
            mark);
  }

  /** Those of this user, started where they are not there. */
  static synchronized Outsiders of(User user) {
    return ALL.computeIfAbsent(user, Outsiders::new);
  }

  private static ServerSocket serve() {
    try {
      return new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What stands for them in acts. */
  Map<String, String> words() {
    return words;
  }

  boolean areAlive() {
    return helpers.stream().allMatch(Helper::isAlive) && !server.isClosed();
  }
}
