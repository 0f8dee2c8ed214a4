package dev.hexe.policy.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Guards;
import dev.hexe.policy.api.plan.MountAttribute;
import dev.hexe.policy.api.plan.Mounts;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.plan.ProtectFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refusals of the launcher that depend on where the working directory is. */
class WorkingDirectoryMountsTest {
  private static final Set<ProtectFlag> UNSEEN = Set.of(ProtectFlag.UNSEEN);

  @TempDir Path top;
  private Path here;

  @BeforeEach
  void makeAProject() throws IOException {
    here = Files.createDirectories(top.resolve("home/project"));
    Files.createDirectories(here.resolve(".git/hooks"));
  }

  private String refusal(Action... actions) {
    Optional<String> refusal =
        WorkingDirectoryMounts.refusal(Plan.inPhases(Stream.of(actions)), here);
    return refusal.orElse("").split("\n", -1)[0].replace(top.toString(), "");
  }

  private Action bind(String source, String place, MountAttribute... attributes) {
    return Mounts.bind(source, place, Set.of(attributes), false, false, true);
  }

  @Test
  void aTreeThatHoldsItShowsNothingGuardedUnderAnotherName() {
    String home = top + "/home";
    Action hooks = Guards.protect(List.of("@cwd/.git/hooks"), UNSEEN);
    String refused =
        "the tree at `/all` holds the working directory, and would give `/home/project/.git/hooks` to the command, which is kept apart";
    assertEquals(refused, refusal(bind(home, "/all"), hooks));
    assertEquals("", refusal(bind(home, home), hooks));
    assertEquals("", refusal(bind(home, "/all", MountAttribute.RDONLY), hooks));
    Action hidden = Guards.hide(List.of("@cwd/.git/hooks"), UNSEEN);
    assertEquals(refused, refusal(bind(home, "/all", MountAttribute.RDONLY), hidden));
    Action missing = Guards.protect(List.of("@cwd/.vscode"), UNSEEN);
    assertEquals("", refusal(bind(home, "/all"), missing));
    Action above = Guards.protect(List.of("@above/project/.git"), UNSEEN);
    assertTrue(refusal(bind(home, "/all"), above).endsWith("kept apart"));
  }

  @Test
  void itCoversNothingThatIsThere() {
    Action kept = bind(here + "/.git", here + "/.git", MountAttribute.RDONLY);
    assertEquals(
        "the working directory `/home/project` would cover `/home/project/.git`, which the profile keeps apart",
        refusal(kept, bind("@cwd", "@cwd")));
    assertEquals("", refusal(bind("@cwd", "@cwd"), kept));
  }

  @Test
  void itShowsNothingKeptApartAtAnotherPlace() {
    String secret = here + "/.git/hooks";
    String refused =
        "the working directory at `/work` would show `/home/project/.git/hooks`, which the profile keeps apart";
    Action work = bind("@cwd", "/work");
    assertEquals(refused, refusal(work, bind(secret, secret, MountAttribute.RDONLY)));
    assertEquals(refused, refusal(work, Guards.hide(List.of(secret), Set.of())));
    assertEquals("", refusal(work, Guards.hide(List.of(secret + "/none"), Set.of())));
    assertEquals("", refusal(work, bind(top + "/home", top + "/home")));
  }

  @Test
  void itRunsNothingWhereNothingIsExecuted() {
    Action closed = bind(top + "/home", top + "/home", MountAttribute.NOEXEC);
    assertEquals(
        "the working directory is in `/home`, where nothing can be executed",
        refusal(closed, bind("@cwd", "@cwd")));
    assertEquals("", refusal(closed, bind("@cwd", "@cwd", MountAttribute.NOEXEC)));
  }
}
