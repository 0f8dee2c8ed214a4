package dev.hexe.policy.cli.text;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Collection;
import java.util.function.Function;

/** Documents for programs. */
public final class Json {
  /** Goes up when a key changes its meaning or vanishes; new keys may come at any time. */
  public static final int FORMAT = 1;

  private Json() {}

  /** The start of every document. */
  public static JsonObject document() {
    JsonObject document = new JsonObject();
    document.addProperty("format", FORMAT);
    return document;
  }

  /** A document with one member. */
  public static String document(String key, JsonElement value) {
    JsonObject document = document();
    document.add(key, value);
    return text(document);
  }

  public static String text(JsonObject document) {
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(document);
  }

  public static <T> JsonArray array(
      Collection<T> values, Function<? super T, JsonElement> element) {
    JsonArray array = new JsonArray();
    values.forEach(value -> array.add(element.apply(value)));
    return array;
  }

  public static JsonArray strings(Collection<String> values) {
    return array(values, JsonPrimitive::new);
  }
}
