package dev.hexe.policy.profiles.site;

import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.reader.Fields;
import dev.hexe.policy.profiles.yaml.Mistakes;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.ProfileFile;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.SourceText;
import dev.hexe.policy.profiles.yaml.TreeReader;
import dev.hexe.policy.profiles.yaml.Yaml;
import java.io.IOException;
import java.nio.file.DirectoryStream;
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
   * Why users' own plug-ins may not be loaded, if so: a file that cannot be understood is a reason,
   * and so are rules of the site, which the code of a plug-in would get around.
   */
  public static Optional<String> denial(Path siteFile) {
    Optional<String> said;
    try {
      said = said(siteFile);
    } catch (ProfileException e) {
      return Optional.of(Quotes.visible(siteFile.toString()) + " cannot be read");
    }
    if (said.isPresent()) {
      return said.get().equals(ALLOWED)
          ? Optional.empty()
          : Optional.of("`" + KEY + "` is `denied` in " + siteFile);
    }
    return hasRules(siteFile.resolveSibling(SiteRules.NAME))
        ? Optional.of("this site has rules, and no `" + KEY + ": allowed` in " + siteFile)
        : Optional.empty();
  }

  /** The word of the file; anything but a word is none that allows. */
  private static Optional<String> said(Path siteFile) {
    if (Files.notExists(siteFile, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    SourceText text = ProfileFile.read(siteFile, siteFile.toString());
    Mistakes mistakes = new Mistakes(text);
    Optional<Yaml> root = new TreeReader(text, mistakes).read();
    if (!mistakes.isEmpty()) {
      return Optional.of(DENIED);
    }
    return root.flatMap(node -> Fields.entry(node, KEY))
        .map(entry -> entry.value() instanceof Yaml.Scalar word ? word.text() : DENIED);
  }

  /** What cannot be listed may hold some. */
  private static boolean hasRules(Path directory) {
    if (Files.notExists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      return files.iterator().hasNext();
    } catch (IOException e) {
      return true;
    }
  }
}
