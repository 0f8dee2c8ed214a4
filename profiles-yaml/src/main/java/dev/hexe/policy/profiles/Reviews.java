package dev.hexe.policy.profiles;

import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.library.Library;
import dev.hexe.policy.profiles.library.ProfileSource;
import dev.hexe.policy.profiles.library.SearchPath;
import dev.hexe.policy.profiles.review.ProfileReview;
import dev.hexe.policy.profiles.site.Configuration;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.SourceText;
import java.nio.file.Path;
import java.util.Optional;

/** Profiles as their authors see them. */
public final class Reviews {
  private final ProfileContext context;
  private final Library library;

  /** Of those that are found in the given surroundings. */
  public Reviews(ProfileContext context) {
    this.context = context;
    library = new Library(new SearchPath(context.searchPath()), context.input());
  }

  /**
   * That of a profile.
   *
   * @param nameOrPath as {@link Profiles#load(String)} takes it
   * @throws ProfileException where there is no such profile, or it has mistakes
   */
  public ProfileReview of(String nameOrPath) {
    return of(library.wanted(nameOrPath, context.cwd()));
  }

  /**
   * Where the file of a profile lies; empty for one that is shipped.
   *
   * @param name that of the profile
   * @throws ProfileException where there is no such profile
   */
  public Optional<Path> file(String name) {
    return library.wanted(name, context.cwd()).file();
  }

  /**
   * That of a text, as if it were in a file.
   *
   * @throws ProfileException where it has mistakes
   */
  public ProfileReview of(String text, Path file) {
    return of(
        new ProfileSource(
            String.valueOf(file.getFileName()),
            Optional.of(file),
            SourceText.of(file.toString(), text)));
  }

  private ProfileReview of(ProfileSource source) {
    Configuration configuration = Configuration.read(context, library::consult);
    return new Loader(library, context.lookingAnew(), configuration).review(source);
  }
}
