package dev.hexe.policy.conformance.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Listed destinations, as clients see them in an Internet of the tests' own: see {@code
 * src/test/network}. Each promise that is not kept is a line. Scenarios share a world, its gateway
 * and what was compiled, where none of them is about the beginning or the end of these.
 */
@Order(1)
class DestinationsTest {
  private static final Path SCRIPTS = Path.of("src/test/network").toAbsolutePath();

  private static Result world(User user, String script, String... scenarios) {
    Requires.namespaces(user);
    Requires.command("python3");
    Requires.command("ip");
    Path world = user.outside().resolve("world-" + scenarios[0]);
    return Sandbox.program(SCRIPTS.resolve(script).toString())
        .with(scenarios)
        .as(user)
        .where("WORLD", world.toString())
        .where("XDG_RUNTIME_DIR", world.resolve("run").toString())
        .where("PLAIN", user == User.ROOT ? "" : "yes")
        .behind("unshare", "-rnm", "python3", SCRIPTS.resolve("internet.py").toString())
        .alone();
  }

  @Attack(value = Way.GATEWAY, design = "both")
  @ParameterizedTest
  @CsvSource({
    "ROOT, names_and_ports wildcards_and_denials addresses greetings datagrams much published unaccepted unpublished",
    "ROOT, programs together verified",
    "ORDINARY, names_and_ports wildcards_and_denials addresses greetings datagrams published unaccepted unpublished",
    "ORDINARY, proxies programs written_down verified"
  })
  void whatIsListedIsReachedAndNothingElse(User user, String scenarios) {
    assertKept(world(user, "promises.py", scenarios.split(" ")));
  }

  @ParameterizedTest
  @CsvSource({
    "ROOT, secure_shell git clone packages maven",
    "ROOT, databases eyeballs notations other_protocols",
    "ORDINARY, secure_shell git clone packages databases",
    "ORDINARY, runtimes eyeballs notations other_protocols"
  })
  void clientsThatKnowOfNoProxyReachWhatIsListed(User user, String scenarios) {
    assertKept(world(user, "clients.py", scenarios.split(" ")));
  }

  @Attack(
      value = {Way.GATEWAY, Way.GATEWAY_ITSELF, Way.GATEWAY_LOAD},
      design = "both")
  @ParameterizedTest
  @CsvSource({
    "ROOT, questions smuggled_names broken_questions slow_clients killed_gateway left_over strangers",
    "ROOT, killed_while_starting stopped_while_waiting clogged_connections deaf_askers slow_names many_senders many_sockets",
    "ORDINARY, questions smuggled_names many_connections killed_gateway left_over two_policies",
    "ORDINARY, killed_while_starting stopped_while_waiting used_up_names clogged_connections deaf_askers slow_names few_descriptors given_up many_sockets"
  })
  void whoAttacksTheGatewayGainsNothingAndHarmsNobody(User user, String scenarios) {
    assertKept(world(user, "attacks.py", scenarios.split(" ")));
  }

  @Attack(value = Way.GATEWAY_LOAD, design = "both")
  @ParameterizedTest
  @EnumSource(User.class)
  void whatOneHasTheGatewayHoldLeavesEnoughForOthers(User user) {
    assertKept(
        world(
            user,
            "shares.py",
            "remembered_names",
            "blinded_log",
            "waiting_datagrams",
            "left_behind",
            "same_name",
            "signs_of_life"));
  }

  /** At a real terminal: see {@code asked.py}. */
  @Attack(value = Way.GATEWAY, design = "both")
  @ParameterizedTest
  @CsvSource({
    "ROOT, answered in_order never_asked interrupted always",
    "ORDINARY, answered in_order in_background forged pretended too_many always nobody_there late without_gateway"
  })
  void whoIsAskedDecidesAndNobodyElse(User user, String scenarios) {
    assertKept(world(user, "asked.py", scenarios.split(" ")));
  }

  private static void assertKept(Result result) {
    String broken =
        String.join("\n", result.lines().stream().filter(line -> !line.startsWith("ok")).toList());
    assertEquals(0, result.status(), broken + "\n" + result.stderr());
    assertTrue(
        result.lines().stream().anyMatch(line -> line.startsWith("ok")), "nothing was tried");
  }

  @ParameterizedTest
  @EnumSource(User.class)
  void aRuntimeDirectoryIsNotNeeded(User user) {
    Requires.namespaces(user);
    Sandbox.profile("full")
        .with("--allow=localhost:9")
        .as(user)
        .where("XDG_RUNTIME_DIR", "/nonexistent")
        .run("true")
        .endsWith(0);
  }

  @Test
  void whatCannotBeKeptIsRefusedInWords() {
    Sandbox.profile("full")
        .with("--deny=a.example")
        .run("true")
        .refuses("`--deny` takes from what is allowed");
    Sandbox.profile("full").with("--allow=1.2.3.4").run("true").refuses("names no port");
    Sandbox.profile("full")
        .with("--network=none", "--allow=a.example")
        .run("true")
        .refuses("exclude each other");
    Sandbox.profile("full")
        .with("--allow=198.18.0.1:80")
        .run("true")
        .refuses("stand for names in a sandbox");
    Sandbox.profile("full")
        .with("--on-deny=ask")
        .run("true")
        .refuses("about what is not listed, and no destination is listed");
  }

  @Attack(value = Way.PROTOCOLS, design = "Landlock alone")
  @ParameterizedTest
  @EnumSource(User.class)
  void withoutNamespacesPortsAreKeptWhereThatWillDo(User user) {
    Requires.user(user);
    Requires.landlock(4);
    Sandbox isolated = Sandbox.profile("isolated").as(user).with("--allow=localhost:1");
    isolated.run("true").refuses("destinations", "ports, not names");
    Result result =
        isolated.with("--best-effort").run("bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/2");
    assertTrue(result.stderr().contains("Permission denied"), result.toString());
    String[] others = {"socket 2 1 262", "socket 2 1 132", "socket 2 3 255", "socket 17 3 0"};
    assertFalse(isolated.with("--best-effort").tries(others).contains("ok"), "other protocols");
    Sandbox asking = isolated.with("--on-deny=ask");
    asking.run("true").refuses("destinations");
    asking.with("--best-effort").run("true").refuses("`on-deny: ask` is not available here");
  }
}
