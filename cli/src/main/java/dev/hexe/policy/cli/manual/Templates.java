package dev.hexe.policy.cli.manual;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Texts with gaps, such as {@code @commands@}, that come with this program. */
final class Templates {
  private Templates() {}

  static String fill(String name, Map<String, String> values) {
    String text = read(name);
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("@" + value.getKey() + "@", value.getValue());
    }
    return text;
  }

  private static String read(String name) {
    try (InputStream stream = Templates.class.getResourceAsStream("completion." + name)) {
      if (stream == null) {
        throw new IllegalStateException("the template of " + name + " is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
