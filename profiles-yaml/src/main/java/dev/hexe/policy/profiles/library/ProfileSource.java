package dev.hexe.policy.profiles.library;

import dev.hexe.policy.profiles.yaml.ProfileFile;
import dev.hexe.policy.profiles.yaml.SourceText;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A profile that was found.
 *
 * @param name what it is called where it does not say so itself
 * @param file where it was found; empty for a built-in one
 * @param text what it says
 */
public record ProfileSource(String name, Optional<Path> file, SourceText text) {
  public static ProfileSource builtIn(String name) {
    return new ProfileSource(BuiltIns.canonical(name), Optional.empty(), BuiltIns.read(name));
  }

  /** Reads a file, which messages call {@code shown}. */
  public static ProfileSource file(Path file, String shown) {
    String stem = String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
    return new ProfileSource(stem, Optional.of(file), ProfileFile.read(file, shown));
  }

  /** One without a file of its own; it is read as if it were one in the working directory. */
  static ProfileSource input(SourceText text, Path cwd) {
    return new ProfileSource("stdin", Optional.of(cwd.resolve("<" + text.name() + ">")), text);
  }

  /** What relative paths in it are taken from; empty where it may have none. */
  public String directory() {
    return file.map(Path::getParent).map(Path::toString).orElse("");
  }

  /** Whether both are the same file, or the same built-in profile. */
  boolean isSameAs(ProfileSource other) {
    return file.isPresent() ? file.equals(other.file) : other.isBuiltIn(name);
  }

  /** Whether it is this shipped profile. */
  public boolean isBuiltIn(String other) {
    return file.isEmpty() && name.equals(other);
  }
}
