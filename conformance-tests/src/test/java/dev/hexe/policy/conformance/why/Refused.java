package dev.hexe.policy.conformance.why;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * Something that is refused under a profile.
 *
 * @param attempt a shell command that fails
 * @param guarantee whose refusal it is
 * @param key the key of the line that decides; empty where there is none
 * @param subject what it is about, or a part of that; empty where that does not matter
 * @param mendable whether something is said that would allow it
 */
record Refused(String attempt, String guarantee, String key, String subject, boolean mendable) {
  static Refused of(String attempt, String guarantee, String key) {
    return new Refused(attempt, guarantee, key, "", true);
  }

  /** Nothing that a profile can say allows it. */
  static Refused forGood(String attempt, String guarantee, String key) {
    return new Refused(attempt, guarantee, key, "", false);
  }

  /** The same, with what it is about. */
  Refused about(String part) {
    return new Refused(attempt, guarantee, key, part, mendable);
  }

  /** The line of a report that speaks of it, which is taken away. */
  JsonObject taken(List<JsonObject> lines) {
    JsonObject found =
        lines.stream()
            .filter(it -> it.get("guarantee").getAsString().equals(guarantee))
            .filter(it -> key(it).equals(key))
            .filter(it -> it.get("subject").getAsString().contains(subject))
            .filter(it -> it.has("fix") == mendable)
            .findFirst()
            .orElseThrow(() -> new AssertionError(this + " is not among " + lines));
    lines.remove(found);
    return found;
  }

  private static String key(JsonObject line) {
    return line.has("line") ? line.getAsJsonObject("line").get("key").getAsString() : "";
  }
}
