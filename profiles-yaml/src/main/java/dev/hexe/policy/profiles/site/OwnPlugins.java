package dev.hexe.policy.profiles.site;

import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.reader.Fields;
import dev.hexe.policy.profiles.yaml.Mistakes;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.ProfileFile;
import dev.hexe.policy.profiles.yaml.SourceText;
import dev.hexe.policy.profiles.yaml.TreeReader;
import dev.hexe.policy.profiles.yaml.Yaml;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The key {@code own-plugins} of a site's {@code config.yaml}. It is read before anything else is:
 * plug-ins have a say in how all other files are read.
 */
public final class OwnPlugins {
  public static final String KEY = "own-plugins";
  public static final String ALLOWED = "allowed";
  public static final String DENIED = "denied";

  private OwnPlugins() {}

  /** The site's file on this host. */
  public static Path siteFile() {
    return ProfileContext.SYSTEM.resolveSibling(Configuration.FILE);
  }

  /**
   * Whether users' own plug-ins may be loaded; where the file cannot be understood, they may not.
   */
  public static boolean areAllowed(Path siteFile) {
    if (Files.notExists(siteFile, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    try {
      SourceText text = ProfileFile.read(siteFile, siteFile.toString());
      Mistakes mistakes = new Mistakes(text);
      Optional<Yaml> root = new TreeReader(text, mistakes).read();
      return mistakes.isEmpty()
          && root.flatMap(node -> Fields.entry(node, KEY))
              .map(
                  entry -> entry.value() instanceof Yaml.Scalar word && word.text().equals(ALLOWED))
              .orElse(true);
    } catch (ProfileException e) {
      return false;
    }
  }
}
