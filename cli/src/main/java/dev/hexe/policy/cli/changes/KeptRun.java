package dev.hexe.policy.cli.changes;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A run whose changes are kept.
 *
 * @param directory where they are
 * @param profile what it ran under
 * @param home whose it is, the home of its caller; empty where that was not noted
 * @param started when
 * @param workingDirectory where
 * @param command all words
 */
public record KeptRun(
    Path directory,
    String profile,
    String home,
    Instant started,
    String workingDirectory,
    List<String> command) {
  /** Copies the list. */
  public KeptRun {
    command = List.copyOf(command);
  }

  static KeptRun read(Path directory) {
    JsonObject run = object(directory.resolve("run"));
    JsonObject about = object(directory.resolve("about"));
    List<String> command = new ArrayList<>();
    JsonArray words = run.has("command") ? run.getAsJsonArray("command") : new JsonArray();
    words.forEach(word -> command.add(word.getAsString()));
    return new KeptRun(
        directory,
        about.has("profile") ? about.get("profile").getAsString() : "",
        about.has("home") ? about.get("home").getAsString() : "",
        Instant.ofEpochSecond(run.has("started") ? run.get("started").getAsLong() : 0),
        run.has("directory") ? run.get("directory").getAsString() : "",
        command);
  }

  private static JsonObject object(Path file) {
    try {
      return JsonParser.parseString(Files.readString(file, StandardCharsets.UTF_8))
          .getAsJsonObject();
    } catch (IOException | JsonParseException | IllegalStateException e) {
      return new JsonObject();
    }
  }

  /** What it is called on the command line. */
  public String id() {
    return String.valueOf(directory.getFileName());
  }

  /** Whether a commit of it did not come to its end. */
  public boolean isInterrupted() {
    return Files.exists(directory.resolve("commit"), LinkOption.NOFOLLOW_LINKS);
  }

  /** The command as it was typed, as far as a line has room for it. */
  public String commandLine() {
    return String.join(" ", command);
  }

  /** All changes, in order. */
  public List<Change> changes(Launcher launcher) {
    return launcher.lines("--changes", directory).stream().map(Change::read).toList();
  }

  /** Forgets it all. */
  public void discard(Launcher launcher) {
    launcher.lines("--discard", directory);
  }
}
