package dev.hexe.policy.cli.author;

import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.profiles.yaml.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/** Writes a file anew in one step, so that nobody ever reads half of it. */
final class ReplacedFile {
  private ReplacedFile() {}

  /**
   * Writes it, with the mode and the group that it has; a symlink stays one.
   *
   * @throws CommandException where that cannot be done
   */
  static void write(Path file, String text) {
    try {
      Path target = file.toRealPath();
      PosixFileAttributes before = Files.readAttributes(target, PosixFileAttributes.class);
      Path anew = Files.createTempFile(target.getParent(), ".hexe-policy-", ".yaml");
      try {
        Files.writeString(anew, text);
        PosixFileAttributeView view =
            Files.getFileAttributeView(anew, PosixFileAttributeView.class);
        if (!view.readAttributes().owner().equals(before.owner())) {
          view.setOwner(before.owner());
        }
        if (!view.readAttributes().group().equals(before.group())) {
          view.setGroup(before.group());
        }
        view.setPermissions(before.permissions());
        Files.move(anew, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(anew);
      }
    } catch (IOException e) {
      throw new CommandException(
          "cannot write " + Printable.quote(file.toString()) + ": " + FailureReason.of(e), "");
    }
  }
}
