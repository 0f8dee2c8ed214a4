package dev.hexe.policy.profiles.project;

import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.ProtectedPath;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.context.Project;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.reader.Said;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.value.ProtectedPathEntry;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.List;

/**
 * The paths that are protected in the working directory, at the top of the project as well: all of
 * the project can be written, and whoever opens it in an editor opens the top.
 */
public final class ProjectProtectedPaths {
  private final Settings settings;
  private final ProfileContext context;

  public ProjectProtectedPaths(Settings settings, ProfileContext context) {
    this.settings = settings;
    this.context = context;
  }

  public void add() {
    Project project = context.project();
    if (project.isUsed() && !project.top().equals(context.cwd().normalize())) {
      List.of(Keys.PROTECT, Keys.HIDE).forEach(this::add);
    }
  }

  private void add(Key<List<ProtectedPathEntry>> key) {
    settings.items(key).stream()
        .filter(said -> said.value().guard().inWorkingDirectory())
        .forEach(said -> settings.add(key, atTop(said)));
  }

  private Said<ProtectedPathEntry> atTop(Said<ProtectedPathEntry> said) {
    ProtectedPath guard = said.value().guard();
    String path = context.project().top() + guard.path().substring(PathRule.CWD.length());
    ProtectedPath there = guard.at(path);
    return new Said<>(
        new ProtectedPathEntry(there, said.value().shown()), YamlText.scalar(path), said.origin());
  }
}
