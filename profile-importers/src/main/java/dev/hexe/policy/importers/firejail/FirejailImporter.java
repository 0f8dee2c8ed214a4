package dev.hexe.policy.importers.firejail;

import dev.hexe.policy.importers.Imported;
import dev.hexe.policy.importers.Importer;
import dev.hexe.policy.importers.Kind;
import dev.hexe.policy.importers.Source;
import dev.hexe.policy.importers.draft.Draft;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Reads a profile of firejail with all that it includes. */
public final class FirejailImporter implements Importer {
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?m)^(include [^\\s]+\\.(inc|local|profile)|(no)?(blacklist|whitelist) [/~$]|caps\\.(drop|keep)|private-(dev|tmp|etc|bin)\\b|net none$|seccomp$|noroot$)");

  private final Path home;
  private final Macros macros;

  /**
   * For a user.
   *
   * @param home where firejail keeps the user's profiles
   * @param runtime the directory of the user's sockets
   */
  public FirejailImporter(Path home, String runtime) {
    this.home = home;
    this.macros = new Macros(runtime);
  }

  @Override
  public Kind kind() {
    return Kind.FIREJAIL;
  }

  @Override
  public boolean recognises(Source source) {
    boolean named =
        source.lowerName().endsWith(".profile")
            || source.lowerName().endsWith(".inc")
            || source.lowerName().endsWith(".local");
    return named
        ? COMMAND.matcher(source.text()).find()
        : COMMAND.matcher(source.text()).results().count() > 2;
  }

  @Override
  public Imported read(Source source) {
    Imported imported = new Imported();
    Draft draft = imported.file("");
    FirejailFiles files = new FirejailFiles(draft, imported.report(), macros);
    FirejailRestrictions restrictions = new FirejailRestrictions(draft, imported.report());
    FirejailRest rest = new FirejailRest(draft, imported.report(), macros);
    for (Line line : ProfileLines.of(source, home, imported.report())) {
      if (!files.take(line) && !restrictions.take(line)) {
        rest.take(line);
      }
    }
    files.write(source.name());
    restrictions.write();
    rest.write(source.name());
    settle(draft);
    return imported;
  }

  /** What is hidden is not listed as well, and what is read-only is not written. */
  private static void settle(Draft draft) {
    for (String path : draft.words("hide")) {
      draft.remove("files.read-if-present", path).remove("files.write-if-present", path);
      draft.remove("protect", path);
    }
    for (String path : draft.words("protect")) {
      draft.remove("files.write-if-present", path).remove("files.read-if-present", path);
    }
    for (String path : draft.words("files.read-if-present")) {
      draft.remove("files.write-if-present", path);
    }
  }
}
