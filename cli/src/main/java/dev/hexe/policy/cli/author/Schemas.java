package dev.hexe.policy.cli.author;

import com.google.gson.GsonBuilder;
import dev.hexe.policy.profiles.schema.FileShapes;
import dev.hexe.policy.profiles.schema.JsonSchema;
import dev.hexe.policy.profiles.schema.KeyMeanings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The schemas of all files, and where they are installed. */
public final class Schemas {
  private static final String DIRECTORY = "hexe-policy/schema/";
  private static final String SUFFIX = ".schema.json";

  private Schemas() {}

  /** The text of one. */
  public static String text(FileShapes kind) {
    return new GsonBuilder()
        .setPrettyPrinting()
        .disableHtmlEscaping()
        .create()
        .toJson(JsonSchema.of(kind.shape(), kind.title(), new KeyMeanings()::of));
  }

  /** All of them, by the name of their file below {@code share}. */
  public static Map<String, String> all() {
    Map<String, String> all = new TreeMap<>();
    Arrays.stream(FileShapes.values()).forEach(kind -> all.put(name(kind), text(kind) + "\n"));
    return all;
  }

  /**
   * The file in which one was installed with the launcher; empty where there is none.
   *
   * @param launcher the launcher, in {@code bin} of a distribution or {@code lib/hexe-policy/bin}
   */
  static Optional<Path> installed(FileShapes kind, Path launcher) {
    Path bin = launcher.toAbsolutePath().normalize();
    return java.util.stream.Stream.of("../../share", "../../../../share")
        .map(share -> bin.resolve(share).normalize().resolve(name(kind)))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static String name(FileShapes kind) {
    return DIRECTORY + kind.id() + SUFFIX;
  }
}
