package dev.hexe.policy.cli.learn;

import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.profiles.Profiles;
import dev.hexe.policy.profiles.context.ProfileContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The place of a profile that is to be written.
 *
 * @param path where it is
 * @param shown how commands name it
 * @param own whether it lies in the user's directory of profiles, which is made
 */
public record LearnTarget(Path path, String shown, boolean own) {
  public static LearnTarget of(String named, ProfileContext context) {
    boolean isFile = named.endsWith(".yaml") || named.endsWith(".yml");
    if (isFile) {
      Path path = context.cwd().resolve(named).normalize();
      return new LearnTarget(path, named, false);
    }
    if (!named.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      throw new CommandException(
          Printable.quote(named) + " is neither a name for a profile nor a file in `.yaml`",
          "as in `-o web`, or `-o ./web.yaml`");
    }
    if (Profiles.builtInNames().contains(named) || named.equals("default")) {
      throw new CommandException(
          Printable.quote(named) + " is the name of a built-in profile", "choose another one");
    }
    return new LearnTarget(context.searchPath().get(0).resolve(named + ".yaml"), named, true);
  }

  public void makeDirectory() {
    Path directory = path.toAbsolutePath().getParent();
    try {
      if (own && directory != null) {
        Files.createDirectories(directory);
      }
    } catch (IOException e) {
      throw new CommandException(
          "cannot make " + Printable.quote(String.valueOf(directory)) + ": " + e.getMessage(), "");
    }
    if (directory == null || !Files.isWritable(directory)) {
      throw new CommandException(
          Printable.quote(String.valueOf(directory)) + " is not a directory that you can write",
          "");
    }
  }
}
