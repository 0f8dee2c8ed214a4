package dev.hexe.policy.conformance.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Mount;
import dev.hexe.policy.conformance.harness.Product;
import dev.hexe.policy.conformance.harness.Setting;
import dev.hexe.policy.conformance.harness.Shipped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The directory /tmp. */
class TmpTest {
  private static Path onTheHost = Path.of("/tmp");

  @BeforeAll
  static void putAFileThere() throws Exception {
    onTheHost = Files.createTempFile(Path.of("/tmp"), "hexe-conformance-", "");
    Files.setAttribute(onTheHost, "unix:mode", 0644);
  }

  @AfterAll
  static void removeIt() throws Exception {
    Files.deleteIfExists(onTheHost);
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#withNewRoot")
  void isAnEmptyTmpfsOfLimitedSize(Setting setting) {
    Mount tmp = setting.inside().mount("/tmp").orElseThrow();
    assertEquals("tmpfs", tmp.type());
    assertTrue(tmp.options().contains("size=131072k"), tmp::toString);
    assertTrue(tmp.flags().containsAll(Set.of("rw", "nosuid", "nodev")), tmp::toString);
    setting.sandbox().sh("ls -A /tmp; stat -c %a /tmp").prints("1777");
  }

  @Attack(Way.SOCKETS)
  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#withNewRoot")
  void isNotTheHosts(Setting setting) {
    Path made = Path.of("/tmp/hexe-conformance-made-by-" + setting.profile());
    assertEquals(
        List.of("ENOENT", "ok"), setting.sandbox().tries("look " + onTheHost, "create " + made));
    assertFalse(Files.exists(made), "it must not be on the host");
  }

  @Attack(Way.BOMBS)
  @ParameterizedTest
  @MethodSource("smallest")
  void holdsNoMoreThanItsSize(Setting setting) {
    setting
        .sandbox()
        .sh("head -c 120M /dev/zero > /tmp/a && head -c 16M /dev/zero > /tmp/b")
        .endsWith(1)
        .complains("No space left");
  }

  static Stream<Setting> smallest() {
    return Setting.of(Shipped.FULL);
  }

  @ParameterizedTest
  @MethodSource("sharing")
  void isTheHostsWhereNothingIsSaid(Setting setting) throws Exception {
    String made = "/tmp/hexe-conformance-by-" + setting.profile() + "-" + setting.user().uid();
    boolean closed = setting.profile() == Shipped.ISOLATED && Product.isBelow("/tmp");
    assertEquals(
        List.of("ok", closed ? "EACCES" : "ok"),
        setting.sandbox().tries("read " + onTheHost, "create " + made));
    assertEquals(!closed, Files.deleteIfExists(Path.of(made)), "it must be on the host");
  }

  static Stream<Setting> sharing() {
    return Setting.of(Shipped.NONE, Shipped.MINIMAL, Shipped.ISOLATED);
  }
}
