package dev.hexe.policy.cli.explain;

import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.api.profile.Overruled;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Provenance;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.cli.text.Style;
import dev.hexe.policy.cli.text.Table;
import dev.hexe.policy.cli.text.Table.Cell;
import dev.hexe.policy.cli.text.Wrap;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The effective policy, each line with the place it comes from, and what was overruled. */
public final class PolicyReport {
  private static final String SET_VARIABLE = "environment.set.";

  /** What a profile says of itself. */
  private static final Set<String> TITLES = Set.of("profile", "summary", "extends");

  private final Profile profile;
  private final Style style;
  private final int width;
  private final Table table;

  PolicyReport(Profile profile, Style style, int width) {
    this.profile = profile;
    this.style = style;
    this.width = width;
    this.table = new Table(width);
  }

  /** Values that come from neighbouring lines, or from one group of the default list. */
  private record Row(String key, Origin first, Origin last, String because, List<String> values) {
    boolean takes(String otherKey, Origin next, String reason) {
      return key.equals(otherKey) && because.equals(reason) && follows(next);
    }

    private boolean follows(Origin next) {
      return (last instanceof Origin.InFile here && next instanceof Origin.InFile there)
          ? here.file().equals(there.file()) && there.line() - here.line() <= 1
          : PolicyReport.place(last).equals(PolicyReport.place(next));
    }

    Row and(String value, Origin next) {
      List<String> more = new ArrayList<>(values);
      more.add(value);
      return new Row(key, first, next, because, more);
    }

    String place() {
      String from = PolicyReport.place(first);
      boolean lines = first instanceof Origin.InFile && last instanceof Origin.InFile;
      String to = PolicyReport.place(last);
      return lines && !from.equals(to) ? from + "-" + to.substring(to.lastIndexOf(':') + 1) : from;
    }

    String text() {
      return (because.isEmpty() ? "" : because + ": ") + String.join(", ", values);
    }
  }

  String of(Provenance provenance) {
    List<Row> rows = rows(provenance.effective());
    rows.forEach(row -> row(row.key(), row.place(), row.text()));
    unsaid(rows);
    List<Overruled> overruled =
        provenance.overruled().stream().filter(it -> !isTitle(it.statement())).toList();
    String holds = style.bold("the policy in effect") + "\n" + table;
    return overruled.isEmpty() ? holds : holds + "\n\n" + without(overruled);
  }

  private List<Row> rows(List<Statement> statements) {
    List<Row> rows = new ArrayList<>();
    for (Statement statement : statements) {
      if (!isTitle(statement)) {
        add(statement, rows);
      }
    }
    return rows;
  }

  private void add(Statement statement, List<Row> rows) {
    Origin origin = statement.origin();
    String because = origin instanceof Origin.DefaultList list ? list.because() : "";
    String key = group(statement);
    int last = rows.size() - 1;
    if (last >= 0 && rows.get(last).takes(key, origin, because)) {
      rows.set(last, rows.get(last).and(value(statement), origin));
    } else {
      rows.add(new Row(key, origin, origin, because, List.of(value(statement))));
    }
  }

  /** What everybody asks for is told where nobody said anything of it. */
  private void unsaid(List<Row> rows) {
    boolean everything = profile.files().unlisted() == Unlisted.ALLOWED;
    unsaid(rows, "files.unlisted", "allowed");
    unsaid(rows, "files.write", everything ? "all that the user may write" : "nothing");
    unsaid(rows, "network", "host");
    unsaid(rows, "limits", "none");
  }

  private void unsaid(List<Row> rows, String key, String value) {
    if (rows.stream().noneMatch(row -> row.key().startsWith(key))) {
      row(key, "not said", value);
    }
  }

  private void row(String key, String place, String text) {
    table.row(Cell.of("  " + key), Cell.of(place, style::dim), Cell.of(text));
  }

  private String without(List<Overruled> overruled) {
    List<String> lines = new ArrayList<>();
    lines.add(style.bold("said, and overruled"));
    for (Overruled each : overruled) {
      String text =
          "%s (%s), by %s (%s)"
              .formatted(
                  told(each.statement()),
                  place(each.statement().origin()),
                  told(each.by()),
                  place(each.by().origin()));
      lines.addAll(Wrap.hanging("  ", text, width));
    }
    return String.join("\n", lines);
  }

  private String told(Statement statement) {
    return group(statement) + ": " + value(statement);
  }

  private static boolean isTitle(Statement statement) {
    return TITLES.contains(statement.key());
  }

  /** Whether its value may be one that nobody else should see. */
  static boolean isSecret(Statement statement) {
    return statement.key().startsWith(SET_VARIABLE);
  }

  private static String group(Statement statement) {
    if (isSecret(statement)) {
      return "environment.set";
    }
    return statement.key().startsWith("demand.") ? "demand" : statement.key();
  }

  private String value(Statement statement) {
    if (isSecret(statement)) {
      return statement.key().substring(SET_VARIABLE.length());
    }
    String value = PathRule.withTilde(statement.value(), profile.home());
    return group(statement).equals(statement.key())
        ? value
        : statement.key().substring("demand.".length()) + ": " + value;
  }

  /** The place of an origin, as reports name it. */
  public static String place(Origin origin) {
    if (origin instanceof Origin.InFile place) {
      return place.file() + ":" + place.line();
    }
    return origin instanceof Origin.DefaultList list ? place(list.asked()) : origin.text();
  }
}
