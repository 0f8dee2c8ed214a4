package dev.hexe.policy.profiles.schema;

import dev.hexe.policy.profiles.context.StandardInput;
import dev.hexe.policy.profiles.format.Formatter;
import dev.hexe.policy.profiles.site.Configuration;
import dev.hexe.policy.profiles.yaml.Mistakes;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.ProfileFile;
import dev.hexe.policy.profiles.yaml.SourceText;
import dev.hexe.policy.profiles.yaml.TreeReader;
import dev.hexe.policy.profiles.yaml.Yaml;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Files in the canonical style. */
public final class FileFormat {
  private FileFormat() {}

  /** A file as it is, and as it should be. */
  public record Formatted(String before, String after) {
    /** Whether it is as it should be. */
    public boolean isCanonical() {
      return before.equals(after);
    }
  }

  /**
   * Formats a file.
   *
   * @param shown what messages call it
   * @throws ProfileException where it cannot be read, or is not YAML
   */
  public static Formatted file(Path file, String shown) {
    return text(ProfileFile.read(file, shown), kind(file));
  }

  /** Formats the profile on the standard input. */
  public static Formatted input() {
    return text(StandardInput.ofThisProcess().text(), FileShapes.PROFILE);
  }

  /** By the name that files of a kind have to have. */
  private static FileShapes kind(Path file) {
    String name = String.valueOf(file.getFileName());
    if (name.equals(Configuration.FILE)) {
      return FileShapes.CONFIG;
    }
    Path folder = file.toAbsolutePath().getParent();
    return folder != null && folder.endsWith("rules.d") ? FileShapes.RULES : FileShapes.PROFILE;
  }

  public static Formatted text(SourceText source, FileShapes kind) {
    Object meaning = meaning(source);
    String text = source.text().replace("\r\n", "\n").replace('\r', '\n');
    String after = Formatter.format(text, kind.shape());
    boolean same =
        meaning(SourceText.of(source.name(), after)).equals(meaning)
            && Formatter.comments(after).equals(Formatter.comments(text));
    if (!same) {
      throw new ProfileException(
          source.name() + ": cannot be formatted without a change in what it says",
          "report it, with the file");
    }
    return new Formatted(source.text(), after);
  }

  /** What it says, however it is written. */
  private static Object meaning(SourceText source) {
    Mistakes mistakes = new Mistakes(source);
    Yaml root =
        new TreeReader(source, mistakes)
            .read()
            .orElseThrow(() -> new ProfileException(source.name() + ": nothing is in it", ""));
    mistakes.throwIfAny();
    return plain(root);
  }

  private static Object plain(Yaml node) {
    if (node instanceof Yaml.Sequence list) {
      return list.items().stream().map(FileFormat::plain).toList();
    }
    if (node instanceof Yaml.Mapping mapping) {
      Map<String, Object> entries = new TreeMap<>();
      mapping.entries().forEach(it -> entries.put(it.key().text(), plain(it.value())));
      return entries;
    }
    return ((Yaml.Scalar) node).missing() ? Map.entry("missing", "") : ((Yaml.Scalar) node).text();
  }
}
