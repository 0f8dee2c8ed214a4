package dev.hexe.policy.importers.hexe;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

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

  /** What is in the place of a table, or of one in a list, and is none. */
  List<String> noTables(String name) {
    JsonElement value = object.get(name);
    List<String> others = new ArrayList<>();
    if (value instanceof JsonArray items) {
      items.forEach(item -> other(item, others));
    } else if (value != null) {
      other(value, others);
    }
    return others;
  }

  private static void other(JsonElement value, List<String> others) {
    if (!value.isJsonObject()) {
      others.add(value.isJsonPrimitive() ? value.getAsString() : value.toString());
    }
  }

  /** With one more text, where it does not say the same name itself. */
  Fields named(String name, String text) {
    if (text.isEmpty() || object.has(name)) {
      return this;
    }
    JsonObject copy = object.deepCopy();
    copy.addProperty(name, text);
    return new Fields(copy);
  }

  /** The tables in it at any depth, itself among them; none that are in one that is accepted. */
  List<Fields> tables(Predicate<Fields> accepted) {
    List<Fields> found = new ArrayList<>();
    search(object, accepted, found);
    return found;
  }

  /** The same in one of its values, which may be a list. */
  List<Fields> tables(String name, Predicate<Fields> accepted) {
    List<Fields> found = new ArrayList<>();
    if (object.has(name)) {
      search(object.get(name), accepted, found);
    }
    return found;
  }

  private static void search(JsonElement value, Predicate<Fields> accepted, List<Fields> found) {
    if (value instanceof JsonArray items) {
      items.forEach(item -> search(item, accepted, found));
    } else if (value instanceof JsonObject inner) {
      Fields fields = new Fields(inner);
      if (accepted.test(fields)) {
        found.add(fields);
      } else {
        inner.asMap().values().forEach(item -> search(item, accepted, found));
      }
    }
  }

  boolean has(String name) {
    return object.has(name);
  }

  /** All names, sorted. */
  Set<String> names() {
    return new TreeSet<>(object.keySet());
  }
}
