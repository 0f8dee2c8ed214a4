package dev.hexe.policy.profiles;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.profiles.yaml.ProfileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hostile file is refused, soon, and what is printed about it is harmless. */
class HostileYamlTest {
  private static final int MIB = 1 << 20;
  private static final Duration SOON = Duration.ofSeconds(10);

  private static final String ODD = "\t\n&*!|>'\"%@`{}[]-?:,#~$\u0000\u001b\u00ff";

  @TempDir Path root;
  private Surroundings surroundings;

  @BeforeEach
  void surround() {
    surroundings = new Surroundings(root);
  }

  @Test
  void billionLaughsAreNotExpanded() {
    String laughs =
        IntStream.range(1, 20)
            .mapToObj(i -> "a" + i + ": &a" + i + " [" + alias(i - 1) + "]\n")
            .collect(Collectors.joining());
    assertRefused("a0: &a0 [lol]\n" + laughs, "aliases are not used in profiles");
  }

  @Test
  void recursiveAliasIsRefused() {
    assertRefused("files: &a {unlisted: *a}\n", "anchors are not used in profiles");
  }

  @Test
  void deepNestingIsRefused() {
    assertRefused("files: " + "[".repeat(MIB / 2), "nested deeper than 32 levels");
    assertRefused("files: " + "{a: ".repeat(MIB / 5), "nested deeper than 32 levels");
    assertRefused("- ".repeat(MIB / 4) + "x\n", "nested deeper than 32 levels");
  }

  @Test
  void hugeValuesAreShortened() {
    assertRefused(
        "network: " + "x".repeat(MIB - 20) + "\n", "`" + "x".repeat(80) + "…` is not a value");
    assertRefused("x".repeat(900) + ": 1\n", "unknown key `" + "x".repeat(80) + "…`");
  }

  @Test
  void hugeFileIsRefused() {
    assertRefused("#" + "x".repeat(MIB), "p.yaml: larger than 1 MiB");
  }

  @Test
  void endlessFileIsRefused() {
    String told = surroundings.failure(() -> surroundings.profiles().load("/dev/zero"));
    assertEquals(
        "/dev/zero: not a regular file\n"
            + "  help: `-` reads a profile from standard input, as in `hexe-policy apply - -- make <FILE`",
        told);
  }

  @Test
  void manyMistakesAreCounted() {
    String told = mistakes(numbered(500));
    assertTrue(told.endsWith("and 400 more mistakes"), told);
  }

  @Test
  void javaTagsAreRefused() {
    assertRefused(
        "summary: !!javax.script.ScriptEngineManager [x]\n",
        "tag `tag:yaml.org,2002:javax.script.ScriptEngineManager` is not used in profiles");
  }

  @Test
  void mergeKeyIsUnknown() {
    assertRefused("<<: {network: none}\n", "unknown key `<<`");
  }

  @Test
  void otherYamlVersionIsRefused() {
    assertRefused("%YAML 3.0\n---\nnetwork: none\n", "not YAML");
  }

  @Test
  void byteOrderMarkAndCarriageReturnsChangeNothing() {
    Profile plain = surroundings.load("network: none\nipc: private\n");
    assertEquals(plain, surroundings.load("\uFEFFnetwork: none\r\nipc: private\r\n"));
    assertEquals(plain, surroundings.load("network: none\ripc: private\r"));
  }

  @Test
  void linesAreCountedWithCarriageReturns() {
    assertRefused(
        "network: none\r\nipc: on\r\n",
        "p.yaml:2:6: `on` is not a value of `ipc`\n    ipc: on\n         ^^");
  }

  @Test
  void otherEncodingsAreRefused() {
    assertNotUtf8(
        "2:12: not UTF-8: byte 0xFC",
        "ipc: private\nsummary: gr\u00fc\u00df\n".getBytes(ISO_8859_1));
    assertNotUtf8("1:1: not UTF-8: byte 0xFE", "summary: x\n".getBytes(UTF_16));
    assertNotUtf8("1:2: not UTF-8: byte 0xC0", new byte[] {'s', (byte) 0xC0, (byte) 0xAF});
    assertNotUtf8("1:1: not UTF-8: byte 0xED", new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80});
    assertNotUtf8("1:2: not UTF-8: byte 0xE2", new byte[] {'s', (byte) 0xE2, (byte) 0x82});
  }

  private void assertNotUtf8(String mistake, byte[] bytes) {
    surroundings.write("work/p.yaml", bytes);
    String failure = surroundings.failure(() -> surroundings.profiles().load("p.yaml"));
    assertTrue(failure.startsWith("p.yaml:" + mistake + "\n"), failure);
    assertTrue(failure.endsWith("\n  help: save the file as UTF-8"), failure);
  }

  @Test
  void whatPeopleGetWrongMostComesWithWhatToDo() {
    assertRefused("summary: a: b\n", "help: a text with `: ` in it stands in quotes");
    assertRefused("limits:\n  pids: 5\n   memory: 1G\n", "begin in the same column");
    assertRefused("limits:\n\tpids: 5\n", "help: indent with blanks");
    assertRefused("hide:\n  a\n-/opt\n", "`-` and a blank");
    assertRefused("limits: {memory:1G}\n", "help: a blank stands behind the colon: `memory: 1G`");
  }

  @Test
  void controlCharactersAreNotPrinted() {
    assertRefused(
        "network: a\u001b[2Jb\n", "p.yaml:1:11: not YAML: character U+001B is not allowed");
    assertRefused("network: \"\\e[2J\"\n", "`\ufffd[2J` is not a value of `network`");
    assertRefused("network: a\u202eb\n", "`a\ufffdb` is not a value of `network`");
    assertRefused("network: \"a\\0b\"\n", "`a\ufffdb` is not a value of `network`");
  }

  @Test
  void damagedFilesFailInNoOtherWay() {
    String whole = surroundings.profiles().source("isolated");
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      byte[] bytes = whole.getBytes(UTF_8);
      for (int change = 0; change < 4; change++) {
        bytes[random.nextInt(bytes.length)] = (byte) ODD.charAt(random.nextInt(ODD.length()));
      }
      loadOrRefuse(bytes);
    }
  }

  private void loadOrRefuse(byte[] bytes) {
    try {
      surroundings.write("work/p.yaml", bytes).profiles().load("p.yaml");
    } catch (ProfileException refused) {
      assertTrue(String.valueOf(refused.getMessage()).startsWith("p.yaml"), refused.getMessage());
    }
  }

  private void assertRefused(String yaml, String part) {
    String told = mistakes(yaml);
    assertTrue(told.contains(part), told);
    assertTrue(told.length() < 30_000, "too much is told");
    assertTrue(told.replace("\n", "").chars().noneMatch(Character::isISOControl), told);
  }

  private String mistakes(String yaml) {
    return assertTimeoutPreemptively(SOON, () -> surroundings.mistakes(yaml));
  }

  private static String alias(int i) {
    return IntStream.range(0, 9).mapToObj(n -> "*a" + i).collect(Collectors.joining(", "));
  }

  private static String numbered(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "zz" + i + ": 1\n")
        .collect(Collectors.joining());
  }
}
