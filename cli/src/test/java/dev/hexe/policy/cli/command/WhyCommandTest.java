package dev.hexe.policy.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.cli.Fakes;
import dev.hexe.policy.cli.explain.EffectivePolicy;
import dev.hexe.policy.cli.why.Answer;
import dev.hexe.policy.cli.why.FileRules;
import dev.hexe.policy.cli.why.Fix;
import dev.hexe.policy.cli.why.Operation;
import dev.hexe.policy.engine.Backends;
import dev.hexe.policy.engine.CompileRequest;
import dev.hexe.policy.engine.PolicyCompiler;
import dev.hexe.policy.engine.system.SystemTargets;
import dev.hexe.policy.exposure.LiveHost;
import dev.hexe.policy.profiles.Profiles;
import dev.hexe.policy.profiles.ResolvedProfile;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.override.Overrides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhyCommandTest {
  @TempDir Path directory;
  private Path home;
  private FileRules rules;

  @BeforeEach
  void aProfile() throws IOException {
    home = Files.createDirectories(directory.toRealPath().resolve("home"));
    Files.createDirectories(home.resolve("secret/part"));
    Files.createDirectories(directory.toRealPath().resolve("elsewhere"));
    Files.writeString(
        home.resolve("p.yaml"),
        """
        extends: none
        files:
          unlisted: absent
          write: ["~"]
          read: [/usr]
        hide: [~/secret]
        """);
    rules = new FileRules(policy(home.resolve("p.yaml").toString()));
  }

  private EffectivePolicy policy(String file) {
    ProfileContext context = ProfileContext.of(home, "you", home, Map.of());
    ResolvedProfile resolved = new Profiles(context).resolve(file, Overrides.NONE);
    Backends backends = Fakes.backends();
    Decisions decisions =
        new PolicyCompiler(backends)
            .decide(
                new CompileRequest(resolved.profile(), Fakes.RICH.caller(), Fakes.RICH.facts()));
    List<PathGrant> grants =
        Stream.concat(
                resolved.profile().files().write().stream()
                    .map(it -> new PathGrant(it.path(), PathGrant.Access.WRITE, false)),
                resolved.profile().files().read().stream()
                    .map(it -> new PathGrant(it.path(), PathGrant.Access.READ, false)))
            .toList();
    return new EffectivePolicy(
        resolved.profile(),
        resolved.provenance(),
        decisions,
        grants,
        SystemTargets.NONE,
        new LiveHost(path -> java.util.Optional.empty()),
        home.toString());
  }

  @Test
  void theLineThatListsAPathIsNamed() {
    Answer answer = rules.answer(home + "/notes", Operation.WRITE);
    assertTrue(answer.allowed());
    Statement line = answer.statement().orElseThrow();
    assertEquals("files.write", line.key());
    assertEquals(4, ((Origin.InFile) line.origin()).line());
  }

  @Test
  void whatIsNotListedNamesTheKeyThatSaysSo() {
    Answer answer = rules.answer(directory + "/elsewhere", Operation.READ);
    assertFalse(answer.allowed());
    assertEquals(Guarantee.FILES, answer.guarantee().orElseThrow());
    assertEquals("files.unlisted", answer.statement().orElseThrow().key());
    assertTrue(answer.fix().orElseThrow().option().startsWith("--read "), answer.toString());
  }

  @Test
  void whatIsNotThereYetIsMadeInTheNearestDirectory() {
    Fix fix = rules.answer("/usr/no-such/file", Operation.WRITE).fix().orElseThrow();
    assertEquals("--write /usr", fix.option());
    assertEquals("files: {write: [/usr]}", fix.yaml());
  }

  private FileRules ofReadableHome() throws IOException {
    Files.writeString(
        home.resolve("q.yaml"),
        "extends: none\nfiles:\n  unlisted: absent\n  read: [\"~\", /usr]\n");
    return new FileRules(policy(home.resolve("q.yaml").toString()));
  }

  @Test
  void ofTheHomeNotAllIsOpenedForADirectoryInIt() throws IOException {
    FileRules readable = ofReadableHome();
    String there = "(outside: mkdir ~/new) --write ~/new";
    Fix below = readable.answer(home + "/new/file", Operation.WRITE).fix().orElseThrow();
    assertEquals(there, below.option());
    assertEquals("files: {write: [~/new]}", below.yaml());
    assertEquals(there, readable.answerForNewDirectory(home + "/new").fix().orElseThrow().option());
    assertEquals(
        "--write ~", readable.answer(home + "/new", Operation.WRITE).fix().orElseThrow().option());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".config/gh", ".local/pipx", ".local/share/gem", ".local/state/nix", ".cache/pip"})
  void norIsADirectoryOfItThatProgramsShare(String own) throws IOException {
    String made = "mkdir -p ~/%1$s) --write ~/%1$s".formatted(own);
    assertEquals("(outside: " + made, toWrite(ofReadableHome(), home + "/" + own + "/deep/file"));
    String shared = own.substring(0, own.lastIndexOf('/'));
    Files.createDirectories(home.resolve(shared));
    FileRules readable = ofReadableHome();
    String there = "(outside: " + made.replace("-p ", "");
    assertEquals(there, toWrite(readable, home + "/" + own + "/file"));
    assertEquals(
        there, readable.answerForNewDirectory(home + "/" + own).fix().orElseThrow().option());
    assertEquals("--write ~/" + shared, toWrite(readable, home + "/" + shared + "/file"));
  }

  private static String toWrite(FileRules rules, String path) {
    return rules.answer(path, Operation.WRITE).fix().orElseThrow().option();
  }

  @Test
  void hostileNamesAreQuoted() throws IOException {
    Path odd = Files.createDirectories(directory.resolve("elsewhere/a b'\n\033[31m"));
    Fix fix = rules.answer(odd.toString(), Operation.READ).fix().orElseThrow();
    assertFalse(fix.option().contains("\n") || fix.option().contains("\033"), fix.option());
    assertTrue(fix.option().contains("\\x0a"), fix.option());
    assertTrue(fix.yaml().contains("\\x1b"), fix.yaml());
  }
}
