package dev.hexe.policy.importers.systemd;

import dev.hexe.policy.importers.ImportException;
import dev.hexe.policy.importers.Imported;
import dev.hexe.policy.importers.Importer;
import dev.hexe.policy.importers.Kind;
import dev.hexe.policy.importers.Source;
import dev.hexe.policy.importers.draft.Draft;
import dev.hexe.policy.importers.report.Place;
import dev.hexe.policy.importers.report.Report;
import dev.hexe.policy.importers.shell.ShellScript;
import dev.hexe.policy.importers.shell.Word;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads what a unit of systemd says of what its processes may do. */
public final class SystemdImporter implements Importer {
  private static final Pattern SECTION =
      Pattern.compile("(?m)^\\[(Service|Socket|Mount|Swap|Slice|Scope)]");
  private static final Set<String> SECTIONS =
      Set.of("Service", "Socket", "Mount", "Swap", "Slice", "Scope");

  @Override
  public Kind kind() {
    return Kind.SYSTEMD;
  }

  @Override
  public boolean recognises(Source source) {
    return SECTION.matcher(source.text()).find();
  }

  @Override
  public Imported read(Source source) {
    Imported imported = new Imported();
    Draft draft = imported.file("");
    Report report = imported.report();
    UnitFiles files = new UnitFiles(draft, report);
    UnitCalls calls = new UnitCalls(draft, report);
    UnitRest rest = new UnitRest(draft, report);
    List<UnitLines.Line> lines = UnitLines.of(source.text());
    if (lines.isEmpty()) {
      throw new ImportException(source.name() + ": nothing is in it", "");
    }
    Function<UnitLines.Line, Place> places = it -> new Place(source.name(), it.line());
    for (UnitLines.Line line : CountingLines.of(lines, places, report)) {
      Place place = places.apply(line);
      if (!SECTIONS.contains(line.section())) {
        report.lost(
            place, line.text(), "[" + line.section() + "] says nothing of what the service may do");
      } else if (line.name().startsWith("Exec")) {
        command(line, place, imported);
      } else if (!files.take(line, place) && !calls.take(line, place)) {
        rest.take(line, place);
      }
    }
    files.write();
    calls.write();
    rest.write(source.name());
    return imported;
  }

  private static void command(UnitLines.Line line, Place place, Imported imported) {
    String command = line.value().replaceFirst("^[-@:+!]+", "");
    if (line.name().equals("ExecStart") && imported.command().isEmpty() && !command.isEmpty()) {
      List<Word> words = ShellScript.words(command);
      imported.runs(words.stream().map(Word::text).toList());
      imported.report().carried(place, line.text(), "the command to run");
    } else {
      imported.report().lost(place, line.text(), "a profile is for one command");
    }
  }
}
