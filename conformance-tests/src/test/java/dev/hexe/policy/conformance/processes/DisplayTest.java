package dev.hexe.policy.conformance.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.conformance.harness.Helper;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.User;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients of X11 try the abstract socket of a server first, and its path only where nobody listens.
 */
class DisplayTest {
  private static final String SERVER = "hexe-display-";

  @ParameterizedTest
  @EnumSource
  void theAbstractSocketIsReachedWhereThePathIsGranted(User user) {
    Requires.landlock(6);
    String socket = user.fileOutside("X99").toString();
    try (Helper server = Helper.holding(user, "hold-abstract " + SERVER + user.uid())) {
      assertEquals("ok", server.answer());
      Sandbox sandbox = Shipped.SANDBOX.as(user);
      String connect = "connect-abstract " + SERVER + user.uid();
      assertEquals(List.of("EPERM"), sandbox.tries(connect));
      Sandbox granted = sandbox.with("--ro-bind=" + socket + ":/tmp/.X11-unix/X99");
      assertEquals(List.of("ok"), granted.tries(connect));
    }
  }

  /** In a network namespace nobody listens, and clients go on to the path. */
  @ParameterizedTest
  @EnumSource
  void withoutANetworkThePathIsLeft(User user) {
    String socket = user.fileOutside("X98").toString();
    try (Helper server = Helper.holding(user, "hold-abstract " + SERVER + user.uid())) {
      assertEquals("ok", server.answer());
      assertEquals(
          List.of("ECONNREFUSED"),
          Shipped.FULL
              .as(user)
              .with("--ro-bind=" + socket + ":/tmp/.X11-unix/X98")
              .tries("connect-abstract " + SERVER + user.uid()));
    }
  }
}
