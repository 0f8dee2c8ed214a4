package dev.hexe.policy.importers.report;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** A report for programs. */
public final class ReportJson {
  /** Goes up when a member changes its meaning or vanishes. */
  private static final int FORMAT = 1;

  private ReportJson() {}

  /**
   * The document: {@code format}, {@code kind}, {@code files} with their text, {@code command}, and
   * {@code statements} in the source's order.
   */
  public static String of(
      String kind, Map<String, String> files, List<String> command, Report report) {
    JsonObject document = new JsonObject();
    document.addProperty("format", FORMAT);
    document.addProperty("kind", kind);
    JsonObject texts = new JsonObject();
    files.forEach(texts::addProperty);
    document.add("files", texts);
    JsonArray words = new JsonArray();
    command.forEach(words::add);
    document.add("command", words);
    JsonArray statements = new JsonArray();
    report.notes().forEach(note -> statements.add(statement(note)));
    document.add("statements", statements);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(document);
  }

  private static JsonObject statement(Note note) {
    JsonObject statement = new JsonObject();
    statement.addProperty("outcome", note.outcome().words().replace(' ', '-'));
    statement.addProperty("file", note.place().file());
    statement.addProperty("line", note.place().line());
    statement.addProperty("statement", note.statement());
    statement.addProperty("result", note.result());
    return statement;
  }
}
