package dev.hexe.policy.cli.plugin;

import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Makes the folders of the caller's configuration before a command could: what is there can be
 * protected, and what is not there cannot. A command that made the folder of plug-ins would decide
 * what runs outside at the next start.
 */
public final class OwnFolders {
  private static final String MODE = "rwx------";

  private final Profile profile;
  private final Path cwd;

  /**
   * For a command.
   *
   * @param cwd where it is started
   */
  public OwnFolders(Profile profile, Path cwd) {
    this.profile = profile;
    this.cwd = cwd;
  }

  /** Makes those that the command could make; nobody can where the file system is read-only. */
  public void make(Path home, List<Path> folders) {
    for (Path folder : folders) {
      if (isMissing(folder)
          && Files.isWritable(home)
          && profile.restrictsFiles()
          && canMake(folder)) {
        make(folder);
      }
    }
  }

  private static boolean isMissing(Path folder) {
    return Files.notExists(folder, LinkOption.NOFOLLOW_LINKS);
  }

  private boolean canMake(Path folder) {
    return profile.files().unlisted() == Unlisted.ALLOWED
        || profile.files().write().stream().map(this::path).anyMatch(folder::startsWith);
  }

  private Path path(PathRule rule) {
    return rule.path().equals(PathRule.CWD) ? cwd : Path.of(rule.path());
  }

  private static void make(Path folder) {
    try {
      Files.createDirectories(
          folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(MODE)));
    } catch (IOException e) {
      return;
    }
  }
}
