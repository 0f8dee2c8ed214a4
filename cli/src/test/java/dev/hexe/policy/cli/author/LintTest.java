package dev.hexe.policy.cli.author;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hexe.policy.cli.Console;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The findings of {@code lint} in a profile, their places, and what it leaves alone. */
class LintTest {
  @TempDir Path home;
  private Console console;

  @BeforeEach
  void sitDown() {
    console = new Console(home).write("src/x", "").write("data/y", "");
  }

  private String lint(String yaml, String... options) {
    console.write("p.yaml", yaml.replace("\\n", "\n"));
    String[] all = new String[options.length + 2];
    all[0] = "lint";
    all[1] = "./p.yaml";
    System.arraycopy(options, 0, all, 2, options.length);
    console.run(all);
    return console.out() + console.err();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "extends: sandbox\\nfiles: {read: [/usr]} | 2:16: warning: `files.read: /usr` changes nothing: it is said at built-in sandbox:",
        "extends: sandbox\\nfiles: {read: [/usr/bin]} | 2:16: warning: `files.read: /usr/bin` changes nothing, because `files.read: /usr` covers it",
        "extends: sandbox\\nfiles: {write: [~/src]} | 2:17: warning: `files.write: /HOME/src` changes nothing, because `files.write: /HOME` covers it",
        "extends: full\\nfiles: {read: [~/data, ~/data]} | 2:24: warning: `files.read: ~/data` is listed twice",
        "extends: full\\nhide: ['/opt/\\*', '/opt/\\*'] | 2:19: warning: `hide: /opt/\\*` is listed twice",
        "extends: full\\nhide: ['/opt/\\*']\\nfiles: {write: ['/opt/\\*']} | 2:8 says `hide: /opt/\\*`, but ./p.yaml:3:17 says `files.write: /opt/\\*`",
        "extends: full\\nnetwork: none | 2:10: note: `network: none` changes nothing",
        "extends: full\\nhide: [/srv/nothing] | 2:8: warning: `hide: /srv/nothing` hides what no list brings",
        "extends: full\\nenvironment: {unset: [A], set: {A: b}} | 2:33: error: ./p.yaml:2:23 says `environment.unset: A`, but ./p.yaml:2:33 says `environment.set.A: b`",
        "extends: full\\nenvironment: {clear: true, unset: [A], keep: [A]} | 2:47: error: ./p.yaml:2:36 says `environment.unset: A`, but ./p.yaml:2:47 says `environment.keep: A`",
        "extends: full\\nnetwork: {allow: ['a.example:443'], deny: [b.example]} | 2:44: warning: `network.deny: b.example` has no effect: nothing that is allowed",
        "extends: full\\nnetwork: {allow: ['a.example:443'], deny: ['*.example']} | 2:19: error: this is never reached: `deny: *.example` counts over it",
        "extends: full\\nnetwork: {allow: ['*.b.example:443', 'a.b.example:443']} | 2:38: warning: `network.allow: a.b.example:443` changes nothing, because `network.allow: *.b.example:443` covers it",
        "extends: full\\nnetwork: {allow: ['10.0.0.0/8:22', '10.1.2.3:22']} | 2:36: warning: `network.allow: 10.1.2.3:22` changes nothing",
        "extends: full\\nsyscalls: {deny: ['@mount', mount]} | 2:29: warning: `syscalls.deny: mount` changes nothing, because `syscalls.deny: @mount` covers it",
        "extends: full\\nsyscalls: {allow: ['@system-service'], deny: [reboot]} | warning: `syscalls.deny: reboot` has no effect: no entry of `syscalls.allow` has it",
        "extends: full\\nsyscalls: {allow: ['@system-service', mount], deny: ['@mount']} | 2:54 says `syscalls.deny: @mount`, but ./p.yaml:2:39 says `syscalls.allow: mount`",
        "extends: full\\nlimits: {memory: 1G, memory-high: 2G} | 2:35: error: `limits.memory-high` has no effect: it is above `limits.memory`",
        "extends: full\\nfiles: {tmp: {private: 1G}, write: [/tmp]} | 2:37: error: ./p.yaml:2:14 says `files.tmp: {private: 1G}`, but ./p.yaml:2:37 says",
        "extends: full\\nwhen: [{if: {user: a}, unless: {user: [a, b]}, limits: {pids: 9}}] | 2:9: warning: these conditions hold on no host",
      })
  void whatChangesNothingIsFoundAtItsPlace(String yaml, String finding) {
    String told = lint(yaml);
    assertTrue(told.contains(finding), told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "extends: full\\nfiles: {write: {only: [~/src]}}",
        "extends: sandbox\\nfiles: {read: {only: [/usr, /etc, /opt]}}",
        "extends: sandbox\\nhide: [~/data]",
        "extends: sandbox\\nhide: [~/data]\\nfiles: {read: [~/data/y]}",
        "extends: sandbox\\nfiles: {read: [~/data]}",
        "extends: full\\nnetwork: {allow: ['*.b.example:443'], deny: [c.b.example]}",
        "extends: full\\nnetwork: {allow: ['b.example:443'], deny: [10.0.0.0/8]}",
        "extends: full\\nnetwork: {allow: ['*.b.example:443', 'a.b.example:22']}",
        "extends: full\\nsyscalls: {allow: ['@system-service'], deny: ['reboot:kill', '@mount:kill']}",
        "extends: full\\nlimits: {memory: 2G, memory-high: 1G}",
        "extends: full\\nwhen: [{if: {user: [a, b]}, unless: {user: a}, limits: {pids: 9}}]",
      })
  void whatHasAnEffectIsNotFound(String yaml) {
    String told = lint(yaml);
    assertTrue(told.contains("1 profile: 0 errors"), told);
    // What root may read, and what the host lacks, is said in any case.
    assertFalse(
        told.lines()
            .filter(line -> line.contains("warning: "))
            .anyMatch(
                line -> !line.endsWith("[readable-secret]") && !line.endsWith("[not-enforced]")),
        told);
  }

  @Test
  void mistakesAreErrorsWithTheirPlace() {
    console.write("p.yaml", "extends: full\nmemroy: 1G\nlimits: {pids: many}\n");
    assertEquals(1, console.run("lint", "./p.yaml"));
    assertTrue(console.out().contains("./p.yaml:2:1: error: unknown key `memroy`"), console.out());
    assertTrue(console.out().contains("./p.yaml:3:16: error: `many` is not"), console.out());
    assertEquals(125, console.run("lint", "./no-such.yaml"));
    assertEquals(125, console.run("lint"));
    assertTrue(console.err().contains("there are none of your own"), console.err());
  }

  @Test
  void whatIsListedAndNotThereIsFoundBesideTheRest() {
    String told =
        lint(
            "extends: full\nfiles:\n  read: [/no/a, /no/b, /usr]\n  bind: ['/no/c:/c']\nprotect: [data/no]\nhide: ['${CWD}/no']\n");
    assertTrue(told.contains("3:10: error: `/no/a` does not exist"), told);
    assertTrue(told.contains("3:17: error: `/no/b` does not exist"), told);
    assertTrue(told.contains("4:10: error: `/no/c` does not exist"), told);
    assertTrue(told.contains("3:24: warning: `files.read: /usr` changes nothing"), told);
    assertTrue(told.contains("5:11: note: `protect: /HOME/data/no` does not exist"), told);
    assertTrue(told.contains("note: `hide: ${CWD}/no` does not exist"), told);
    assertEquals(1, console.run("lint", "./p.yaml"));
  }

  @Test
  void itIsFoundAlsoWhereThisHostRefusesTheProfile() {
    console.onPoorHost();
    String yaml = "extends: sandbox\nfiles: {read: [/no/a, /usr/bin]}\n";
    String told = lint(yaml);
    assertTrue(told.contains("so nothing would run"), told);
    assertTrue(told.contains("2:16: error: `/no/a` does not exist"), told);
    assertTrue(told.contains("2:23: warning: `files.read: /usr/bin` changes nothing"), told);
  }

  @Test
  void ofAnotherHostNoPathIsLookedAt() {
    console.run("doctor", "--json");
    String facts = console.write("facts.json", console.out()).at("facts.json");
    String yaml = "extends: sandbox\nfiles: {read: [/no/a], write: [/no/b]}\nhide: [~/no]\n";
    String told = lint(yaml, "--host=" + facts);
    assertFalse(told.contains("does not exist"), told);
    assertFalse(told.contains("[readable-secret]") || told.contains("[run-later]"), told);
    assertEquals(1, told.split("paths were not looked at", -1).length - 1, told);
    assertTrue(told.contains("`/HOME/facts.json` says nothing of that host's files"), told);
    assertFalse(lint(yaml).contains("not looked at"), "this host's are");
    lint(yaml, "--json", "--host=" + facts);
    JsonObject json = JsonParser.parseString(console.out()).getAsJsonObject();
    assertFalse(json.get("pathsLookedAt").getAsBoolean());
  }

  @Test
  void whatIsNotThereIsFoundInTheFileThatListsIt() {
    console.write("base.yaml", "extends: full\nfiles: {read: [/no/a]}\n");
    String told = lint("extends: ./base.yaml\nfiles: {write: [/no/b]}\n");
    assertTrue(told.contains("/HOME/base.yaml:2:16: error: `/no/a` does not exist"), told);
    assertTrue(told.contains("./p.yaml:2:17: error: `/no/b` does not exist"), told);
  }

  @Test
  void oneProfileThatCannotBeReadLeavesTheOthersToBeLookedAt() {
    console
        .write(".config/hexe-policy/profiles/a.yaml/x", "")
        .write(".config/hexe-policy/profiles/b.yaml", "extends: sandbox\nfiles: {read: [/usr]}\n");
    assertEquals(1, console.run("lint"));
    assertTrue(console.out().contains("a.yaml:1:1: error: "), console.out());
    assertTrue(console.out().contains("b.yaml:2:16: warning: "), console.out());
    assertTrue(console.out().contains("2 files: 1 error, 1 warning"), console.out());
  }

  @Test
  void warningsCountWhereTheyAreMeantTo() {
    String yaml = "extends: sandbox\nfiles: {read: [/usr]}\n";
    console.write(".config/hexe-policy/profiles/mine.yaml", yaml);
    assertEquals(0, console.run("lint", "mine"));
    assertEquals(0, console.run("lint"));
    assertEquals(1, console.run("lint", "--strict"));
  }

  @Test
  void secretsAndWhatIsRunLaterAreFoundWhereTheirListStands() {
    console.write(".ssh/id_ed25519", "-----BEGIN OPENSSH PRIVATE KEY-----\n").write(".bashrc", "");
    String told = lint("files:\n  unlisted: absent\n  read: [/usr, /etc]\n  write: [~]\n");
    assertTrue(told.contains("./p.yaml:4:11: warning: private keys can be read"), told);
    assertTrue(told.contains("./p.yaml:4:11: warning: files that shells run"), told);
    assertTrue(told.contains("[run-later]"), told);
    assertFalse(
        lint("extends: sandbox\n").contains("warning: private keys"),
        "the shipped list hides them");
  }

  @Test
  void whatThisHostCannotEnforceIsFoundAtTheDenial() {
    console.onPoorHost();
    String told =
        lint(
            "extends: sandbox\nfiles: {read: [~/data]}\nhide: [~/data/y]\ndemand: {hidden: preferred}\n");
    assertTrue(told.contains("./p.yaml:3:8: warning: `hide: /HOME/data/y` is not enforced"), told);
    assertTrue(told.contains("[not-enforced]"), told);
  }

  @Test
  void programsGetTheSame() {
    lint("extends: sandbox\nfiles: {read: [/usr]}\n", "--json");
    JsonObject document = JsonParser.parseString(console.out()).getAsJsonObject();
    JsonObject finding =
        StreamSupport.stream(document.getAsJsonArray("findings").spliterator(), false)
            .map(JsonElement::getAsJsonObject)
            .filter(each -> each.get("line").getAsInt() == 2)
            .findFirst()
            .orElseThrow();
    assertEquals("warning", finding.get("severity").getAsString());
    assertEquals("no-effect", finding.get("check").getAsString());
    assertEquals(16, finding.get("column").getAsInt());
    assertEquals("leave it out", finding.get("fix").getAsString());
  }
}
