package dev.hexe.policy.profiles.schema;

import dev.hexe.policy.profiles.shape.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A JSON Schema (draft 2020-12) of a shape, as maps and lists. It knows keys, words and shapes;
 * what is a path, a size or a time, the reader alone knows.
 */
public final class JsonSchema {
  private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]*");

  private final Function<String, Optional<String>> meanings;

  private JsonSchema(Function<String, Optional<String>> meanings) {
    this.meanings = meanings;
  }

  /**
   * A whole document.
   *
   * @param title what it is a schema of
   * @param meanings what a key means, by its path with dots between the levels
   */
  public static Map<String, Object> of(
      Shape shape, String title, Function<String, Optional<String>> meanings) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("$schema", DRAFT);
    document.put("title", title);
    document.putAll(new JsonSchema(meanings).schema(shape, ""));
    return document;
  }

  private Map<String, Object> schema(Shape shape, String path) {
    if (shape instanceof Shape.Words words) {
      return Map.of("enum", words.words().stream().flatMap(it -> values(it).stream()).toList());
    }
    if (shape instanceof Shape.Items items) {
      return items(items, path);
    }
    if (shape instanceof Shape.Members members) {
      return members(members, path);
    }
    if (shape instanceof Shape.OneOf one) {
      return Map.of("anyOf", one.shapes().stream().map(each -> schema(each, path)).toList());
    }
    return Map.of("type", List.of("string", "number", "boolean"));
  }

  /** A word as readers of YAML have it: some are truth values or numbers to them. */
  private static List<Object> values(String word) {
    List<Object> values = new ArrayList<>(List.of(word));
    if (word.equals("true") || word.equals("false")) {
      values.add(Boolean.valueOf(word));
    } else if (NUMBER.matcher(word).matches()) {
      values.add(Long.valueOf(word));
    }
    return values;
  }

  private Map<String, Object> items(Shape.Items items, String path) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "array");
    schema.put("items", schema(items.item(), path));
    if (!items.mayBeEmpty()) {
      schema.put("minItems", 1);
    }
    return schema;
  }

  private Map<String, Object> members(Shape.Members members, String path) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    Map<String, Object> properties = new LinkedHashMap<>();
    members
        .known()
        .forEach((name, each) -> properties.put(name, property(each, below(path, name))));
    if (!properties.isEmpty()) {
      schema.put("properties", properties);
    }
    schema.put(
        "additionalProperties",
        members.others().<Object>map(each -> schema(each, path)).orElse(false));
    schema.put("minProperties", 1);
    if (!members.required().isEmpty()) {
      schema.put("required", members.required());
    }
    if (members.most() > 0) {
      schema.put("maxProperties", members.most());
    }
    return schema;
  }

  private Map<String, Object> property(Shape shape, String path) {
    Map<String, Object> schema = new LinkedHashMap<>();
    meanings.apply(path).ifPresent(text -> schema.put("description", text));
    schema.putAll(schema(shape, path));
    return schema;
  }

  private static String below(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
