package dev.hexe.policy.profiles.project;

import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.library.Library;
import dev.hexe.policy.profiles.library.ProfileSource;
import dev.hexe.policy.profiles.override.Narrowing;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.setting.ProfileKeys;
import dev.hexe.policy.profiles.yaml.Mistakes;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.Span;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The policy of the project that the working directory is in. It is used after its user has trusted
 * it as it is, and can only take away from what the profile allows.
 */
public final class ProjectPolicy {
  private final ProfileContext context;
  private final Library library;

  public ProjectPolicy(ProfileContext context, Library library) {
    this.context = context;
    this.library = library;
  }

  /**
   * The project's file, where there is one.
   *
   * @throws ProfileException where it is not trusted
   */
  public Optional<ProfileSource> source() {
    Optional<Path> file = ProjectFile.find(context.cwd(), this::passOver);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    TrustedFiles trusted = TrustedFiles.of(context);
    library.consult(trusted.file());
    library.consult(file.get());
    ProfileSource source = ProfileSource.file(file.get(), file.get().toString());
    Optional<String> hash = trusted.hashOf(file.get());
    if (hash.isEmpty()) {
      throw untrusted(file.get(), "is the policy of this project, and you have not trusted it");
    }
    if (!hash.get().equals(TrustedFiles.hash(source.text().text()))) {
      throw untrusted(file.get(), "has changed since you trusted it");
    }
    return Optional.of(source);
  }

  private void passOver(Path file) {
    library.consult(file);
    library.remark(
        Quotes.visible(file.toString())
            + " is not used: everybody can write the directory it is in");
  }

  private static ProfileException untrusted(Path file, String what) {
    return new ProfileException(
        Quotes.quote(file.toString()) + " " + what,
        "`hexe-policy trust` shows it and asks; `--no-project` does without it");
  }

  /**
   * Refuses what allows more than the profile alone.
   *
   * @throws ProfileException with the place of each
   */
  public static void requireNarrower(
      ProfileSource project, Profile base, Profile changed, Settings settings) {
    Set<String> wider = Narrowing.widerKeys(base, changed);
    Mistakes mistakes = new Mistakes(project.text());
    for (String key : wider) {
      List<Statement> said =
          settings
              .statements(ProfileKeys.all())
              .filter(each -> each.origin().layer() >= Origin.PROJECT_LAYER)
              .filter(each -> isAt(each.key(), key))
              .toList();
      said.forEach(each -> refuse(each, base, mistakes));
      if (said.isEmpty()) {
        mistakes.add(
            Span.START,
            "this would allow more in "
                + Quotes.quote(key)
                + " than the profile "
                + Quotes.quote(base.name()),
            "a project's file can only take away");
      }
    }
    mistakes.throwIfAny();
  }

  private static boolean isAt(String said, String key) {
    return said.equals(key)
        || said.startsWith(key + ".")
        || said.equals(key + "-if-present")
        || (key.equals("limits.rlimits") && said.startsWith(key));
  }

  private static void refuse(Statement said, Profile base, Mistakes mistakes) {
    mistakes.add(
        said.origin(),
        YamlText.statement(said) + " allows more than the profile " + Quotes.quote(base.name()),
        "a project's file can only take away; say it in a profile of your own");
  }
}
