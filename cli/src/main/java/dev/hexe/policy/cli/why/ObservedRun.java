package dev.hexe.policy.cli.why;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.hexe.policy.cli.text.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The notes of the launcher's watcher.
 *
 * @param observed calls that the host would have answered otherwise
 * @param problem why nothing could be observed, as an error's name; empty where it could
 * @param watched whether the command was watched
 * @param gaveUp whether the command gave up gaining privileges to be watched
 * @param failed how many calls failed
 * @param lost how many were too many to be remembered
 * @param launcher the launcher's process, by which the gateway knows the sandbox
 * @param since when it was started
 */
public record ObservedRun(
    List<Observed> observed,
    String problem,
    boolean watched,
    boolean gaveUp,
    long failed,
    long lost,
    long launcher,
    Instant since) {

  public static ObservedRun read(String file) {
    List<Observed> observed = new ArrayList<>();
    JsonObject state = new JsonObject();
    JsonObject sums = new JsonObject();
    try {
      for (String line : Files.readAllLines(Path.of(file), StandardCharsets.UTF_8)) {
        JsonObject json = JsonParser.parseString(line).getAsJsonObject();
        if (json.has("watched")) {
          state = json;
        } else if (json.has("timeReached")) {
          observed.addAll(limits(json));
        } else if (json.has("failed")) {
          sums = json;
        } else {
          observed.add(observed(json));
        }
      }
    } catch (IOException | JsonParseException | IllegalStateException e) {
      throw new CommandException("what was observed cannot be read: " + e.getMessage(), "");
    }
    return new ObservedRun(
        observed,
        text(state, "problem"),
        state.has("watched") && state.get("watched").getAsBoolean(),
        state.has("gaveUp") && state.get("gaveUp").getAsBoolean(),
        number(sums, "failed"),
        number(sums, "lost"),
        number(state, "launcher"),
        Instant.ofEpochSecond(number(state, "since")));
  }

  private static List<Observed> limits(JsonObject json) {
    List<Observed> reached = new ArrayList<>();
    if (json.get("timeReached").getAsBoolean()) {
      reached.add(Observed.limit(Observed.TIME, "SIGTERM", 1));
    }
    if (json.get("memoryReached").getAsBoolean()) {
      reached.add(Observed.limit(Observed.MEMORY, "SIGKILL", 1));
    }
    if (json.get("memoryElsewhere").getAsBoolean()) {
      reached.add(Observed.limit(Observed.MEMORY_ELSEWHERE, "SIGKILL", 1));
    }
    if (number(json, "refusedForks") > 0) {
      reached.add(Observed.limit(Observed.PROCESSES, "EAGAIN", number(json, "refusedForks")));
    }
    return reached;
  }

  private static Observed observed(JsonObject json) {
    String address =
        Stream.of("address", "abstract", "name")
            .map(key -> text(json, key))
            .filter(it -> !it.isEmpty())
            .findFirst()
            .orElse("");
    return new Observed(
        text(json, "want"),
        text(json, "call"),
        text(json, "error"),
        text(json, "path"),
        text(json, "absent"),
        text(json, "second"),
        address,
        (int) number(json, "port"),
        number(json, "number"),
        number(json, "count"),
        number(json, "process"),
        number(json, "inside"),
        text(json, "command"));
  }

  private static String text(JsonObject json, String key) {
    return json.has(key) ? json.get(key).getAsString() : "";
  }

  private static long number(JsonObject json, String key) {
    return json.has(key) ? json.get(key).getAsLong() : 0;
  }
}
