package dev.hexe.policy.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Collection;
import java.util.function.Function;

/** Documents for programs. */
final class Json {
  /** Goes up when a key changes its meaning or vanishes; new keys may come at any time. */
  static final int FORMAT = 1;

  private Json() {}

  /** The start of every document. */
  static JsonObject document() {
    JsonObject document = new JsonObject();
    document.addProperty("format", FORMAT);
    return document;
  }

  /** A document with one member. */
  static String document(String key, JsonElement value) {
    JsonObject document = document();
    document.add(key, value);
    return text(document);
  }

  static String text(JsonObject document) {
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(document);
  }

  static <T> JsonArray array(Collection<T> values, Function<? super T, JsonElement> element) {
    JsonArray array = new JsonArray();
    values.forEach(value -> array.add(element.apply(value)));
    return array;
  }

  static JsonArray strings(Collection<String> values) {
    return array(values, JsonPrimitive::new);
  }
}
