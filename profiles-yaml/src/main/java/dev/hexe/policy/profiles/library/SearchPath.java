package dev.hexe.policy.profiles.library;

import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The directories of profiles that are not shipped.
 *
 * @param directories the first to have a profile counts
 */
public record SearchPath(List<Path> directories) {
  private static final String SUFFIX = ".yaml";

  /** Where a profile of this name may be, in order. */
  public List<Path> candidates(String name) {
    return directories.stream().map(directory -> directory.resolve(name + SUFFIX)).toList();
  }

  /**
   * All profiles by name; where two have one name, the one that counts.
   *
   * @throws ProfileException where a directory cannot be listed
   */
  public Map<String, Path> profiles() {
    Map<String, Path> found = new TreeMap<>();
    for (Path directory : directories) {
      entries(directory).forEach(file -> found.putIfAbsent(name(file), file));
    }
    return found;
  }

  private static String name(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.length() - SUFFIX.length());
  }

  private static List<Path> entries(Path directory) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      stream.forEach(files::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw new ProfileException(Quotes.visible(directory.toString()) + ": cannot be listed", "");
    }
    return files;
  }
}
