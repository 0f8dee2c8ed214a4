package dev.hexe.policy.importers.firejail;

import dev.hexe.policy.importers.ImportException;
import dev.hexe.policy.importers.Source;
import dev.hexe.policy.importers.TextFiles;
import dev.hexe.policy.importers.report.Place;
import dev.hexe.policy.importers.report.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The commands of a profile, those of what it includes in between, without what it ignores. */
final class ProfileLines {
  private static final int MOST_FILES = 200;
  private static final int DEEPEST = 16;
  private static final int MOST_LINES = 50_000;

  private final Report report;
  private final List<Path> directories;
  private final List<Line> lines = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();
  private int files;

  private ProfileLines(Source source, Path home, Report report) {
    this.report = report;
    this.directories =
        Stream.concat(
                source.file().map(it -> it.toAbsolutePath().getParent()).stream(),
                Stream.of(
                    home.resolve(".config/firejail"),
                    Path.of("/etc/firejail"),
                    Path.of("/usr/local/etc/firejail")))
            .toList();
  }

  /** Reads all of them. */
  static List<Line> of(Source source, Path home, Report report) {
    ProfileLines reading = new ProfileLines(source, home, report);
    reading.read(source.name(), source.text(), 0);
    return reading.lines;
  }

  private void read(String name, String text, int depth) {
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      String command = line.replaceFirst("(^|\\s)#.*", "").strip().replaceAll("\\s+", " ");
      if (!command.isEmpty()) {
        take(new Line(new Place(name, number), command), depth);
      }
    }
  }

  private void take(Line line, int depth) {
    if (lines.size() > MOST_LINES) {
      throw new ImportException("the profile has more than " + MOST_LINES + " lines", "");
    }
    Optional<String> reason = ignored.stream().filter(it -> startsWith(line, it)).findFirst();
    if (line.command().startsWith("?")) {
      conditional(line, depth);
    } else if (line.command().equals("ignore")) {
      ignored.add(line.argument());
      report.carried(line.place(), line.text(), "such lines below are left out");
    } else if (reason.isPresent()) {
      report.carried(line.place(), line.text(), "left out: `ignore " + reason.get() + "`");
    } else if (line.command().equals("include")) {
      include(line, depth);
    } else {
      lines.add(line);
    }
  }

  private static boolean startsWith(Line line, String ignored) {
    return line.text().equals(ignored) || line.text().startsWith(ignored + " ");
  }

  /** Firejail's own defaults: browsers have no U2F and no DRM. */
  private void conditional(Line line, int depth) {
    int colon = line.text().indexOf(':');
    String condition = colon < 0 ? line.text() : line.text().substring(0, colon);
    String rest = colon < 0 ? "" : line.text().substring(colon + 1).strip();
    if (condition.startsWith("?BROWSER_DISABLE_U2F") && !rest.isEmpty()) {
      take(new Line(line.place(), rest), depth);
    } else {
      report.carried(
          line.place(),
          line.text(),
          "left out: the condition does not hold where firejail is told nothing");
    }
  }

  private void include(Line line, int depth) {
    String name = line.argument().replace("${CFG}/", "").replace("${HOME}/.config/firejail/", "");
    Optional<Path> file = TextFiles.find(name, directories);
    if (file.isPresent()) {
      if (++files > MOST_FILES || depth > DEEPEST) {
        throw new ImportException(line.place() + ": too many files are included", "");
      }
      report.carried(line.place(), line.text(), file.get().toString());
      read(name, TextFiles.read(file.get(), name), depth + 1);
    } else if (name.endsWith(".local")) {
      report.carried(line.place(), line.text(), "there is none");
    } else {
      report.lost(
          line.place(),
          line.text(),
          "it is neither beside the profile nor in firejail's directories: what it forbids is not forbidden");
    }
  }
}
