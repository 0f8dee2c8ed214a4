package dev.hexe.policy.cli.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.cli.Fakes;
import dev.hexe.policy.cli.explain.EffectivePolicy;
import dev.hexe.policy.cli.why.Observed;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The entries that follow from what a command was seen to do. */
class LessonsTest {
  private static final String WORKED = "";

  @TempDir Path directory;
  private final List<PathGrant> listed = new ArrayList<>();
  private Path home;

  @BeforeEach
  void fill() throws IOException {
    home = Files.createDirectories(directory.toRealPath().resolve("home"));
    Files.createDirectories(home.resolve("modules/part"));
    Files.writeString(home.resolve("modules/one.py"), "");
    Files.writeString(home.resolve("modules/part/two.py"), "");
    Files.writeString(
        home.resolve("p.yaml"), "extends: none\nfiles:\n  unlisted: absent\n  read: [/usr]\n");
  }

  @Test
  void aDirectoryThatWasOnlyListedIsListed() {
    assertEquals(List.of("LIST modules"), learned(read("modules", WORKED)));
  }

  @Test
  void oneInWhichAFileWasUsedIsRead() {
    assertEquals(
        List.of("READ modules", "READ modules/one.py"),
        learned(read("modules", WORKED), read("modules/one.py", WORKED)));
    assertEquals(
        List.of("READ modules", "WRITE modules"),
        learned(read("modules", WORKED), observed("rename", "modules/a", WORKED)));
  }

  @Test
  void eachDirectoryIsJudgedByWhatLiesRightInIt() {
    assertEquals(
        List.of("LIST modules", "READ modules/part", "READ modules/part/two.py"),
        learned(
            read("modules", WORKED),
            read("modules/part", WORKED),
            read("modules/part/two.py", WORKED)));
    assertEquals(
        List.of("LIST modules", "LIST modules/part"),
        learned(read("modules", WORKED), read("modules/part", WORKED)));
  }

  @Test
  void whatAListHasAlreadyIsLeftOut() {
    listed.add(new PathGrant(home + "/modules", PathGrant.Access.LIST, false));
    assertEquals(
        List.of("LIST modules/part"),
        learned(read("modules", WORKED), read("modules/part", WORKED)));
    listed.add(new PathGrant(home + "/modules", PathGrant.Access.READ, false));
    assertEquals(List.of(), learned(read("modules", WORKED), read("modules/part", WORKED)));
  }

  /** What would have been opened in it is not known. */
  @Test
  void oneThatCouldNotBeOpenedIsRead() {
    assertEquals(List.of("READ modules"), learned(read("modules", "EACCES")));
    assertEquals(List.of("READ modules"), learned(read("modules", "ENOENT")));
  }

  private List<String> learned(Observed... observed) {
    Grantable all =
        new Grantable(home.toString(), home.toString(), List.of(), List.of(), List.of());
    return Lessons.of(policy(), all, List.of(observed)).needed().stream()
        .map(it -> it.place() + " " + home.relativize(Path.of(it.value())))
        .toList();
  }

  private Observed read(String path, String error) {
    return observed("read", path, error);
  }

  private Observed observed(String want, String path, String error) {
    String whole = home.resolve(path).toString();
    return new Observed(want, "openat", error, whole, "", "", "", 0, 0, 1, 1, 1, "python3 run.py");
  }

  private EffectivePolicy policy() {
    ProfileContext context = ProfileContext.of(home, "you", home, Map.of());
    ResolvedProfile resolved =
        new Profiles(context).resolve(home.resolve("p.yaml").toString(), Overrides.NONE);
    Decisions decisions =
        new PolicyCompiler(Fakes.backends())
            .decide(
                new CompileRequest(resolved.profile(), Fakes.RICH.caller(), Fakes.RICH.facts()));
    return new EffectivePolicy(
        resolved.profile(),
        resolved.provenance(),
        decisions,
        listed,
        SystemTargets.NONE,
        new LiveHost(path -> Optional.empty()),
        home.toString());
  }
}
