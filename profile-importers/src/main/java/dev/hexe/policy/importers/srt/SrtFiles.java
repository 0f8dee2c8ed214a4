package dev.hexe.policy.importers.srt;

import com.google.gson.JsonObject;
import dev.hexe.policy.importers.ProfilePaths;
import dev.hexe.policy.importers.Source;
import dev.hexe.policy.importers.draft.Draft;
import dev.hexe.policy.importers.report.Place;
import dev.hexe.policy.importers.report.Report;
import java.util.List;
import java.util.Optional;

/** The files in settings of sandbox-runtime. */
final class SrtFiles {
  private static final String CWD = "${CWD}";
  private static final String WRITE = "files.write-if-present";

  private final Draft draft;
  private final Report report;
  private final Source source;

  SrtFiles(Draft draft, Report report, Source source) {
    this.draft = draft;
    this.report = report;
    this.source = source;
  }

  void read(JsonObject files) {
    draft.set("files.unlisted", "allowed").set("files.devices", "minimal");
    draft.add("files.read-only", "/");
    draft.add("protect", "default");
    report.carried(Place.all(source.name()), "files that are always protected", "protect: default");
    List<String> writable = SrtImporter.strings(files, "allowWrite");
    boolean here = writable.stream().anyMatch(it -> it.equals(".") || it.equals("./"));
    if (here) {
      draft.add("files.write", CWD);
    }
    writable.forEach(path -> write(path, here));
    SrtImporter.strings(files, "allowRead").forEach(path -> read(path, here));
    SrtImporter.strings(files, "denyRead").forEach(path -> keep("hide", "denyRead", path));
    SrtImporter.strings(files, "denyWrite").forEach(path -> keep("protect", "denyWrite", path));
    for (String key : files.keySet()) {
      switch (key) {
        case "allowWrite", "allowRead", "denyRead", "denyWrite" -> {}
        case "allowGitConfig" -> {
          if (files.get(key).isJsonPrimitive() && files.get(key).getAsString().equals("true")) {
            draft.set("git.config", "writable");
          }
          report.carried(SrtImporter.place(source, key), key, "git.config");
        }
        default -> report.lost(SrtImporter.place(source, key), key, "nothing here says the same");
      }
    }
  }

  /** What can be written can be read as well, and is listed once. */
  private void read(String path, boolean here) {
    String plain = ProfilePaths.of(plain(path));
    Place place = SrtImporter.place(source, "allowRead");
    if (draft.words(WRITE).contains(plain)) {
      report.carried(place, path, WRITE);
    } else if (plain.equals(".")) {
      draft.add(here ? "files.write" : "files.read", CWD);
      report.carried(place, path, here ? "files.write" : "files.read");
    } else {
      list("files.read-if-present", "allowRead", path);
    }
  }

  private void write(String path, boolean here) {
    Place place = SrtImporter.place(source, "allowWrite");
    String plain = plain(path);
    boolean relative = !plain.startsWith("/") && !plain.startsWith("~");
    if (plain.equals(".") || (relative && here && !plain.startsWith(".."))) {
      report.carried(place, path, "files.write: the working directory");
    } else if (relative && !plain.startsWith("..") && !ProfilePaths.isPattern(plain)) {
      draft.add(WRITE, "${PROJECT}/" + plain);
      report.approximated(place, path, WRITE + ": below the top of the project");
    } else {
      list(WRITE, "allowWrite", path);
    }
  }

  private void list(String key, String from, String path) {
    String plain = ProfilePaths.of(plain(path));
    Place place = SrtImporter.place(source, from);
    Optional<String> problem = problem(plain);
    if (problem.isPresent() || !(plain.startsWith("/") || plain.startsWith("~"))) {
      report.lost(place, path, problem.orElse("it is not below the home or absolute"));
    } else if (plain.equals("/")) {
      report.lost(place, path, "it would open everything");
    } else {
      draft.add(key, plain);
      report.carried(place, path, key);
    }
  }

  private void keep(String key, String from, String path) {
    String plain = plain(path);
    String said = plain.startsWith("/") || plain.startsWith("~") ? plain : CWD + "/" + plain;
    Place place = SrtImporter.place(source, from);
    Optional<String> problem = problem(plain);
    if (problem.isPresent() || plain.startsWith("..") || plain.equals(".")) {
      report.lost(place, path, problem.orElse("it is the working directory, or above it"));
    } else {
      draft.remove(WRITE, plain);
      draft.add(key, said);
      report.carried(place, path, key);
    }
  }

  private static Optional<String> problem(String path) {
    return ProfilePaths.isPattern(path)
        ? Optional.of(
            "a pattern keeps nothing that appears later: name the directory that holds it")
        : ProfilePaths.problem(path);
  }

  /** A directory with all in it is the directory. */
  private static String plain(String path) {
    String plain = path.replaceAll("/\\*\\*(/\\*)?$", "").replaceAll("^\\./(?=.)", "");
    return plain.length() > 1 && plain.endsWith("/")
        ? plain.substring(0, plain.length() - 1)
        : plain;
  }
}
