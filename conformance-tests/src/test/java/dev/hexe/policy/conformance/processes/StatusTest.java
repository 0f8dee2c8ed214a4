package dev.hexe.policy.conformance.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hexe.policy.conformance.harness.Host;
import dev.hexe.policy.conformance.harness.Namespace;
import dev.hexe.policy.conformance.harness.Patience;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Running;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.Setting;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The reports on a sandbox to programs, and that they are true. */
class StatusTest {
  private static final String ON_3 = "exec 3>>\"$0\"; exec \"$@\"";
  private static final AtomicInteger COUNT = new AtomicInteger();

  private static Path file(User user) {
    return user.fileOutside("status-" + COUNT.incrementAndGet());
  }

  /** The sandbox told to write its status to a file; it starts out empty. */
  private static Sandbox telling(Sandbox sandbox, Path file) throws Exception {
    Files.writeString(file, "");
    return sandbox.behind("bash", "-c", ON_3, file.toString()).with("--status-fd=3");
  }

  private static List<JsonObject> lines(Path file) {
    return Host.lines(file).stream()
        .map(JsonParser::parseString)
        .map(it -> it.getAsJsonObject())
        .toList();
  }

  private static List<String> events(Path file) {
    return lines(file).stream().map(line -> line.get("event").getAsString()).toList();
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#all")
  void aCommandThatRanIsToldFromBeginningToEnd(Setting setting) throws Exception {
    Path file = file(setting.user());
    telling(setting.sandbox(), file).sh("exit 3").endsWith(3);
    assertEquals(List.of("setup-warnings", "started", "ready", "exited"), events(file));
    assertEquals(3, lines(file).get(3).get("code").getAsInt());
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#all")
  void aCommandThatDidNotRunHasNoCode(Setting setting) throws Exception {
    Path file = file(setting.user());
    telling(setting.sandbox(), file).run("no-such-command").endsWith(127);
    assertEquals(List.of("setup-warnings", "started", "failed"), events(file));
    assertEquals("exec", lines(file).get(2).get("stage").getAsString());
    assertEquals(127, lines(file).get(2).get("status").getAsInt());
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#all")
  void theNamespacesAreTheCommands(Setting setting) throws Exception {
    Path file = file(setting.user());
    Result inside =
        telling(setting.sandbox(), file)
            .sh("for n in user pid mnt uts ipc net cgroup; do readlink /proc/self/ns/$n; done");
    JsonObject told = lines(file).get(1).getAsJsonObject("namespaces");
    List<String> names =
        List.of(Namespace.values()).stream().map(Namespace::entry).sorted().toList();
    for (String name : names) {
      String link = name + ":[" + told.get(name).getAsString() + "]";
      assertTrue(inside.endsWith(0).lines().contains(link), () -> link + " not in " + inside);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theProcessIsTheCommandsAsItIsOutside(User user) throws Exception {
    Path file = file(user);
    try (Running command = telling(Shipped.FULL.as(user), file).start("sh", "-c", "echo; read x")) {
      command.line();
      // The supervisor writes while the command runs already.
      Patience.until("it is told that the sandbox stands", () -> events(file).contains("started"));
      JsonObject started = lines(file).get(1);
      long process = started.get("pid").getAsLong();
      assertEquals("sh", Host.lines(Path.of("/proc/" + process + "/comm")).get(0));
      assertEquals(command.pid(), started.get("supervisor").getAsLong());
      command.endInput();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theDecisionsAreToldAsTheyAre(User user) throws Exception {
    Path file = file(user);
    telling(Shipped.FULL.as(user), file).sh("true").endsWith(0);
    JsonObject started = lines(file).get(1);
    assertEquals("full", started.get("profile").getAsString());
    List<String> decisions =
        StreamSupport.stream(started.getAsJsonArray("decisions").spliterator(), false)
            .map(JsonElement::toString)
            .toList();
    String network =
        "{\"guarantee\":\"network\",\"mechanism\":\"network-namespace\",\"strength\":\"full\"}";
    assertTrue(decisions.contains(network), decisions::toString);
  }

  @ParameterizedTest
  @EnumSource
  void aRefusalIsToldAsWell(User user) throws Exception {
    Path file = file(user);
    Result result =
        telling(Shipped.FULL.as(user), file).with("--backend=landlock", "--strict").sh("echo ran");
    result.refuses("cannot be enforced");
    assertEquals(List.of("setup-warnings", "failed"), events(file));
    assertEquals("compile", lines(file).get(1).get("stage").getAsString());
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatTheCommandCanWriteIsWarnedOf(User user) {
    String name = "status-" + COUNT.incrementAndGet();
    Shipped.FULL.as(user).with("--status-file=" + name).sh("true").complains("cannot be relied on");
    assertFalse(Files.isSymbolicLink(user.home().resolve(name)));
    Path outside = user.outside().resolve(name);
    Shipped.FULL.as(user).with("--status-file=" + outside).sh("true").saysNothing();
    assertEquals(List.of("setup-warnings", "started", "ready", "exited"), events(outside));
    Shipped.FULL.as(user).with("--status-file=" + outside).sh("echo").refuses("status-fd");
  }
}
