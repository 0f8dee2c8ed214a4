package dev.hexe.policy.profiles.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.rule.RuleEffect;
import dev.hexe.policy.api.rule.SiteRule;
import dev.hexe.policy.profiles.Surroundings;
import dev.hexe.policy.profiles.context.ProfileContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of rules. */
class SiteRulesTest {
  @TempDir Path root;
  private Surroundings files;
  private SiteRules reader;

  @BeforeEach
  void surround() {
    files = new Surroundings(root);
    ProfileContext context = new ProfileContext(root, "ada", root, Map.of(), List.of());
    reader = new SiteRules(context, root.resolve("rules.d"));
  }

  @Test
  void withoutADirectoryThereAreNone() {
    assertEquals(List.of(), reader.read());
    assertEquals(List.of(root.resolve("rules.d")), reader.consulted());
  }

  @Test
  void aRuleIsReadWithAllItsParts() {
    files.write(
        "rules.d/10-limits.yaml",
        """
        name: half of the memory
        description: others want some, too
        priority: 5
        condition: profile.memory > host.memory / 2
        actions:
        - cap: {memory: 50%, pids: 100, cpu: 2, time: 1h}
        - require: [memory, pids]
        - require: {network: partial}
        - choose: {files: landlock}
        - warn: you share this host
        - forbid: ask the administrator
        """);
    SiteRule rule = reader.read().get(0);
    assertEquals("half of the memory", rule.name());
    assertEquals(5, rule.priority());
    assertEquals("profile.memory > host.memory / 2", rule.condition());
    assertTrue(rule.origin().text().endsWith("10-limits.yaml:1:1"), rule.origin().text());
    assertTrue(rule.place().text().endsWith("10-limits.yaml:4:12"), rule.place().text());
    assertEquals(
        List.of(
            "cap: {memory: 50%, pids: 100, cpu: 2, time: 1h}",
            "require: memory",
            "require: pids",
            "require: network in part",
            "choose: landlock for files",
            "warn: you share this host",
            "forbid: ask the administrator"),
        rule.effects().stream().map(RuleEffect::text).toList());
  }

  @Test
  void aFileMayHaveSeveralAndFilesAreReadInOrder() {
    String one = "- {name: %s, condition: 'true', actions: [forbid]}\n";
    files
        .write("rules.d/20.yaml", one.formatted("c"))
        .write("rules.d/10.yaml", one.formatted("a") + one.formatted("b"))
        .write("rules.d/README", "no rule");
    assertEquals(List.of("a", "b", "c"), reader.read().stream().map(SiteRule::name).toList());
    files.write("rules.d/30.yaml", one.formatted("a"));
    assertEquals(
        "/ROOT/rules.d/30.yaml:1:3: a second rule is called `a`\n"
            + "  help: the first is at /ROOT/rules.d/10.yaml:1:3",
        files.failure(reader::read).replace("the first is at " + root, "the first is at /ROOT"));
  }

  @Test
  void mistakesAreAllTold() {
    files.write(
        "rules.d/a.yaml",
        """
        nmae: x
        condition: 'true'
        actions:
        - forbit: no
        - require: netwrok
        - cap: {memory: 2GB}
        """);
    assertEquals(
        """
        /ROOT/rules.d/a.yaml:1:1: unknown key `nmae`
            nmae: x
            ^^^^
          help: did you mean `name`?
        /ROOT/rules.d/a.yaml:1:1: the rule lacks `name`
            nmae: x
            ^
        /ROOT/rules.d/a.yaml:4:3: unknown key `forbit` in `actions`
            - forbit: no
              ^^^^^^
          help: did you mean `forbid`?
        /ROOT/rules.d/a.yaml:5:12: `netwrok` is not a guarantee
            - require: netwrok
                       ^^^^^^^
        """,
        files.failure(reader::read).split("  help: did you mean `network`", 2)[0]);
    assertTrue(files.failure(reader::read).contains("`2GB` is not a memory limit"));
  }

  @Test
  void aFileThatWouldNotBeReadIsRefused() {
    files.write("rules.d/a.yml", "name: x\n");
    assertEquals(
        "/ROOT/rules.d/a.yml: a file of rules ends in `.yaml`\n  help: rename it",
        files.failure(reader::read));
    files.write("rules.d/b.yaml", "");
  }

  @Test
  void anEmptyFileIsAMistake() {
    files.write("rules.d/a.yaml", "# nothing yet\n");
    assertTrue(files.failure(reader::read).contains("the file has no rule"));
  }
}
