package dev.hexe.policy.cli.author;

import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.profiles.Profiles;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.yaml.FailureReason;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file that is not there yet.
 *
 * @param path where it is to be
 * @param called what to call the profile on the command line
 */
record NewProfile(Path path, String called) {
  /** Whatever the mask: a profile that others can write is refused. */
  private static final String MODE = "rw-r--r--";

  /** One of the user's own. */
  static NewProfile named(String name, ProfileContext context) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}") || name.matches(".*\\.ya?ml")) {
      throw new CommandException(
          Printable.quote(name) + " is not a name for a profile",
          "accepted: letters, digits, `.`, `_` and `-`; for a file say `-o FILE`");
    }
    if (Profiles.builtInNames().contains(name) || name.equals("default")) {
      throw new CommandException(
          Printable.quote(name) + " is the name of a built-in profile",
          "choose another name; `--extends=" + name + "` starts from that one");
    }
    return new NewProfile(context.searchPath().get(0).resolve(name + ".yaml"), name);
  }

  /** One at a path. */
  static NewProfile at(String file, ProfileContext context) {
    if (!file.matches(".*\\.ya?ml")) {
      throw new CommandException(
          "a profile's file ends in `.yaml`", "as in `-o " + Printable.text(file) + ".yaml`");
    }
    return new NewProfile(context.cwd().resolve(file).normalize(), file);
  }

  /**
   * Looks before anything is asked.
   *
   * @throws CommandException where something is there
   */
  void requireMissing() {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw isThere();
    }
  }

  private CommandException isThere() {
    return new CommandException(
        Printable.quote(path.toString()) + " is there already, and is left as it is",
        "choose another name, or remove it");
  }

  void write(String text) {
    try {
      Path directory = path.getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Files.writeString(path, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(MODE));
    } catch (FileAlreadyExistsException e) {
      throw isThere();
    } catch (IOException e) {
      throw new CommandException(
          "cannot write " + Printable.quote(path.toString()) + ": " + FailureReason.of(e), "");
    }
  }
}
