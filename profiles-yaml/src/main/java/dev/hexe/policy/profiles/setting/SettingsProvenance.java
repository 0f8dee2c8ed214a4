package dev.hexe.policy.profiles.setting;

import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.api.profile.Overruled;
import dev.hexe.policy.api.profile.Provenance;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.profiles.reader.Said;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.value.ProtectedPathEntry;
import java.util.List;
import java.util.Optional;

/** The provenance that settings carry; nothing is put into words before somebody asks. */
public final class SettingsProvenance implements Provenance {
  private final Settings settings;
  private final List<String> remarks;

  public SettingsProvenance(Settings settings, List<String> remarks) {
    this.settings = settings;
    this.remarks = List.copyOf(remarks);
  }

  @Override
  public List<String> remarks() {
    return remarks;
  }

  @Override
  public List<Statement> effective() {
    return settings.statements(ProfileKeys.all()).toList();
  }

  @Override
  public List<Overruled> overruled() {
    return settings.overruled();
  }

  @Override
  public Optional<Origin> of(String key, Object value) {
    return ProfileKeys.all().stream()
        .filter(each -> each.path().equals(key))
        .flatMap(each -> settings.all(each).stream())
        .filter(said -> said.value().equals(value) || isOf(said.value(), value))
        .map(Said::origin)
        .findFirst();
  }

  private static boolean isOf(Object said, Object guard) {
    return said instanceof ProtectedPathEntry kept && kept.guard().equals(guard);
  }
}
