package dev.hexe.policy.importers.registry;

import dev.hexe.policy.importers.ImportException;
import dev.hexe.policy.importers.Imported;
import dev.hexe.policy.importers.Importer;
import dev.hexe.policy.importers.Kind;
import dev.hexe.policy.importers.Source;
import dev.hexe.policy.importers.bwrap.BwrapImporter;
import dev.hexe.policy.importers.container.ComposeImporter;
import dev.hexe.policy.importers.container.DockerfileImporter;
import dev.hexe.policy.importers.firejail.FirejailImporter;
import dev.hexe.policy.importers.hexe.InitLuaImporter;
import dev.hexe.policy.importers.hexe.MuxJsonImporter;
import dev.hexe.policy.importers.nsjail.NsjailImporter;
import dev.hexe.policy.importers.srt.SrtImporter;
import dev.hexe.policy.importers.systemd.SystemdImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** All formats, and the choice among them. */
public final class Importers {
  private final List<Importer> all;

  /**
   * For a user.
   *
   * @param home the user's home
   * @param runtime the directory of the user's sockets
   */
  public Importers(Path home, String runtime) {
    all =
        List.of(
            new InitLuaImporter(home),
            new MuxJsonImporter(),
            new SrtImporter(),
            new ComposeImporter(),
            new SystemdImporter(),
            new NsjailImporter(),
            new DockerfileImporter(),
            new BwrapImporter(),
            new FirejailImporter(home, runtime));
  }

  /**
   * Reads a source.
   *
   * @param kind what it is; where that is not said, it is recognised by its name and what is in it
   * @throws ImportException where it is not recognised, or cannot be read as such
   */
  public Imported read(Source source, Optional<Kind> kind) {
    return importer(source, kind).read(source);
  }

  /** What a source is. */
  public Kind kind(Source source) {
    return importer(source, Optional.empty()).kind();
  }

  private Importer importer(Source source, Optional<Kind> kind) {
    return all.stream()
        .filter(it -> kind.map(it.kind()::equals).orElseGet(() -> it.recognises(source)))
        .findFirst()
        .orElseThrow(
            () ->
                new ImportException(
                    source.name() + ": it is not clear what this is",
                    "`--from KIND` says it; there are " + String.join(", ", Kind.words())));
  }
}
