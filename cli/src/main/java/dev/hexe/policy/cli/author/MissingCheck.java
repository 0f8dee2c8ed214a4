package dev.hexe.policy.cli.author;

import static dev.hexe.policy.cli.author.Finding.Severity.NOTE;

import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.api.profile.ProtectedPath;
import dev.hexe.policy.api.profile.ProtectedPaths;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds paths to protect or to hide that are not there: slips, perhaps. */
final class MissingCheck {
  private static final String CHECK = "missing";

  private final Subject subject;
  private final Path workingDirectory;
  private final List<Finding> found = new ArrayList<>();

  private MissingCheck(Subject subject, Path workingDirectory) {
    this.subject = subject;
    this.workingDirectory = workingDirectory;
  }

  static List<Finding> of(Subject subject) {
    return subject.here().map(it -> new MissingCheck(subject, it).findings()).orElse(List.of());
  }

  private List<Finding> findings() {
    ProtectedPaths safeguards = subject.profile().safeguards();
    safeguards.protect().forEach(path -> look("protect", path, "it is reported when it was made"));
    safeguards.hide().forEach(path -> look("hide", path, "nothing is hidden there yet"));
    return found;
  }

  private void look(String key, ProtectedPath path, String consequence) {
    if (!path.usual() && path.places(workingDirectory).stream().noneMatch(MissingCheck::exists)) {
      subject
          .provenance()
          .of(key, path)
          .filter(Origin.InFile.class::isInstance)
          .ifPresent(origin -> add(key, origin, consequence));
    }
  }

  private void add(String key, Origin origin, String consequence) {
    subject.effective().stream()
        .filter(said -> said.key().equals(key) && said.origin().equals(origin))
        .map(YamlText::statement)
        .map(said -> said + " does not exist: " + consequence)
        .map(
            what ->
                Subject.at(origin, NOTE, CHECK, what, "correct it, unless it is yet to be made"))
        .forEach(found::add);
  }

  private static boolean exists(String path) {
    return Files.exists(Path.of(path), LinkOption.NOFOLLOW_LINKS);
  }
}
