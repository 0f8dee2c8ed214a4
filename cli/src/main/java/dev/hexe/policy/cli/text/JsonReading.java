package dev.hexe.policy.cli.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A JSON object whose members have to be there.
 *
 * @param place where it is in its document, for messages
 * @param json the object
 */
public record JsonReading(String place, JsonObject json) {

  public String text(String key) {
    return primitive(key, JsonPrimitive::isString, "a string").getAsString();
  }

  public boolean flag(String key) {
    return primitive(key, JsonPrimitive::isBoolean, "true or false").getAsBoolean();
  }

  public long number(String key) {
    return number(key, member(key));
  }

  /** A number that is, or is part of, the member {@code key}. */
  public long number(String key, JsonElement element) {
    if (element instanceof JsonPrimitive primitive && primitive.isNumber()) {
      try {
        return primitive.getAsBigDecimal().longValueExact();
      } catch (ArithmeticException e) {
        throw wrong(key, "a whole number");
      }
    }
    throw wrong(key, "a whole number");
  }

  /** An unsigned number as a string. */
  public long hexadecimal(String key) {
    try {
      return Long.parseUnsignedLong(text(key), 16);
    } catch (NumberFormatException e) {
      throw wrong(key, "a hexadecimal number");
    }
  }

  public JsonReading object(String key) {
    if (member(key) instanceof JsonObject object) {
      return new JsonReading(path(key) + ".", object);
    }
    throw wrong(key, "an object");
  }

  public JsonArray array(String key) {
    if (member(key) instanceof JsonArray array) {
      return array;
    }
    throw wrong(key, "an array");
  }

  public List<JsonReading> objects(String key) {
    List<JsonReading> objects = new ArrayList<>();
    for (JsonElement element : array(key)) {
      String name = key + "[" + objects.size() + "]";
      if (!(element instanceof JsonObject object)) {
        throw wrong(name, "an object");
      }
      objects.add(new JsonReading(path(name) + ".", object));
    }
    return objects;
  }

  private JsonPrimitive primitive(
      String key, java.util.function.Predicate<JsonPrimitive> kind, String wanted) {
    if (member(key) instanceof JsonPrimitive primitive && kind.test(primitive)) {
      return primitive;
    }
    throw wrong(key, wanted);
  }

  private JsonElement member(String key) {
    return Optional.ofNullable(json.get(key)).orElse(JsonNull.INSTANCE);
  }

  private String path(String key) {
    return place + key;
  }

  private CommandException wrong(String key, String wanted) {
    String help = "use what `hexe-policy doctor --json` printed";
    return new CommandException("`" + path(key) + "` is not " + wanted, help);
  }
}
