package dev.hexe.policy.exposure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.api.testing.ProfileBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtectedFilesTest {
  private static ProfileBuilder guarded() {
    return ProfileBuilder.profile()
        .unlisted(Unlisted.ABSENT)
        .write("/home/me", "/home/me/.claude/projects")
        .read("/home/me/.aws/config")
        .protect("/home/me/.bashrc", "/home/me/.claude", "@cwd/.git/hooks")
        .hide("/home/me/.ssh", "/home/me/.aws")
        .show("/home/me/.ssh/config");
  }

  @ParameterizedTest
  @CsvSource({
    "/home/me/.bashrc, true, false",
    "/home/me/.bashrc2, false, false",
    "/home/me/.claude/settings, true, false",
    "/home/me/.claude/projects/one, false, false",
    "/home/me/.ssh/id_rsa, true, true",
    "/home/me/.ssh/config, true, false",
    "/home/me/.aws/config, true, false",
    "/home/me/.aws/credentials, true, true",
    "/home/me/work/.git/hooks/pre-commit, true, false",
    "/home/me, false, false"
  })
  void isKeptAsFarAsItIsNotListed(String path, boolean unchangeable, boolean hidden) {
    ProtectedFiles kept = new ProtectedFiles(Subjects.of(guarded()).subject(), here());
    assertEquals(unchangeable, kept.isUnchangeable(path));
    assertEquals(hidden, kept.isHidden(path));
  }

  @Test
  void whatIsHeldInPartIsKeptInTheWorkingDirectoryAsWell() {
    Subject subject = Subjects.of(guarded()).held(Guarantee.PROTECTED, Strength.PARTIAL).subject();
    ProtectedFiles kept = new ProtectedFiles(subject, here());
    assertEquals(true, kept.isProtected("/home/me/.bashrc"));
    assertEquals(true, kept.isProtected("/home/me/work/.git/hooks"));
  }

  @Test
  void whatIsNotHeldIsNotKept() {
    Subject subject =
        Subjects.of(guarded())
            .held(Guarantee.PROTECTED, Strength.NONE)
            .held(Guarantee.HIDDEN, Strength.NONE)
            .subject();
    ProtectedFiles kept = new ProtectedFiles(subject, here());
    assertEquals(false, kept.isUnchangeable("/home/me/.bashrc"));
    assertEquals(false, kept.isHidden("/home/me/.ssh/id_rsa"));
  }

  private static LiveContext here() {
    return new FakeHost().cwd("/home/me/work").here();
  }
}
