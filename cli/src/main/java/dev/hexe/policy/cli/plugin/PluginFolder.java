package dev.hexe.policy.cli.plugin;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A folder of plug-ins.
 *
 * @param directory where it is; nothing that a caller sets but the home leads elsewhere
 * @param owner the one user, beside root, whose jars are loaded
 */
record PluginFolder(Path directory, long owner) {
  private static final String SUFFIX = ".jar";

  boolean exists() {
    return Files.exists(directory, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Its jars by name.
   *
   * @throws PluginException where somebody else could have put one there, or it cannot be listed
   */
  List<Path> jars() {
    if (!exists()) {
      return List.of();
    }
    PluginOwner trusted = new PluginOwner(owner);
    trusted.requireDirectory(directory);
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      stream.forEach(jars::add);
    } catch (IOException e) {
      throw new PluginException(
          "the plug-ins in " + Text.quote(directory) + " cannot be listed: " + e.getMessage(),
          "make it readable, or remove it");
    }
    Collections.sort(jars);
    jars.forEach(trusted::requireFile);
    return jars;
  }
}
