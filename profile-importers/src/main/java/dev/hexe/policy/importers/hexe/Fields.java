package dev.hexe.policy.importers.hexe;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A table of a configuration, in whichever language it was written. */
final class Fields {
  private final JsonObject object;

  Fields(JsonObject object) {
    this.object = object;
  }

  static Fields empty() {
    return new Fields(new JsonObject());
  }

  /** A text or a number. */
  Optional<String> text(String name) {
    JsonElement value = object.get(name);
    return value != null && value.isJsonPrimitive()
        ? Optional.of(value.getAsString()).filter(it -> !it.isEmpty())
        : Optional.empty();
  }

  /** A truth value; empty where it is not said. */
  Optional<Boolean> flag(String name) {
    JsonElement value = object.get(name);
    return value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean()
        ? Optional.of(value.getAsBoolean())
        : Optional.empty();
  }

  /** A table in it. */
  Fields fields(String name) {
    return object.get(name) instanceof JsonObject inner ? new Fields(inner) : empty();
  }

  /** A list of tables. */
  List<Fields> list(String name) {
    List<Fields> list = new ArrayList<>();
    if (object.get(name) instanceof JsonArray items) {
      for (JsonElement item : items) {
        if (item instanceof JsonObject inner) {
          list.add(new Fields(inner));
        }
      }
    }
    return list;
  }

  boolean has(String name) {
    return object.has(name);
  }

  /** All names, sorted. */
  Set<String> names() {
    return new TreeSet<>(object.keySet());
  }
}
