import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Writes what {@code ./bench} measured into {@code docs/performance.md}, between the comments that
 * mark each table, and draws {@code docs/performance.svg}.
 */
final class Report {
  private final Path results;
  private final Path document;
  private final Path chart;
  private String text;

  private Report(Path results, Path docs) throws IOException {
    this.results = results;
    this.document = docs.resolve("performance.md");
    this.chart = docs.resolve("performance.svg");
    this.text = Files.readString(document);
  }

  /** A line that {@code race} wrote; times in microseconds, and the paired ratio to each line. */
  private record Row(
      String name, double median, double low, double high, double least, int failed, List<Double> ratios) {
    static Row of(String line) {
      String[] f = line.split("\t", -1);
      List<Double> ratios = Arrays.stream(f).skip(6).map(Row::number).toList();
      return new Row(f[0], number(f[1]), number(f[2]), number(f[3]), number(f[4]), Integer.parseInt(f[5]), ratios);
    }

    private static double number(String text) {
      return Double.parseDouble(text);
    }
  }

  public static void main(String[] arguments) throws IOException {
    Report report = new Report(Path.of(arguments[0]), Path.of(arguments[1]));
    report.starts();
    report.sizes("binds", "binds");
    report.sizes("rules", "rules");
    report.steady();
    report.pairs("many", "| | |\n|---|---:|\n");
    report.plain("cold");
    report.table("engine");
    report.calls();
    Files.writeString(report.document, report.text);
  }

  private void starts() throws IOException {
    List<Row> rows = rows("starts");
    if (rows.isEmpty()) {
      return;
    }
    int floor = place(rows, "floor");
    StringBuilder table = new StringBuilder("| | median | 10th to 90th percentile | least | to bubblewrap | to the floor |\n|---|---:|---:|---:|---:|---:|\n");
    for (Row row : rows) {
      int peer = place(rows, "bubblewrap, as " + (row.name.endsWith(" full") ? "full" : "sandbox"));
      table.append(
          "| %s | %s | %s to %s | %s | %s | %s |%n"
              .formatted(label(row), ms(row.median), ms(row.low), ms(row.high), ms(row.least), ratio(row, peer), ratio(row, floor)));
    }
    replace("starts", table.toString());
    Files.writeString(chart, svg(rows));
  }

  private void sizes(String name, String unit) throws IOException {
    List<Row> rows = rows(name);
    Map<String, Double> peers = new LinkedHashMap<>();
    rows.stream().filter(row -> row.name.contains(",")).forEach(row -> peers.put(row.name.replaceAll(",.*", ""), row.median));
    StringBuilder table = new StringBuilder("| " + unit + " | median | least |" + (peers.isEmpty() ? "\n|---:|---:|---:|\n" : " bubblewrap | ratio |\n|---:|---:|---:|---:|---:|\n"));
    for (Row row : rows) {
      if (row.name.contains(",")) {
        continue;
      }
      table.append("| %s | %s | %s |".formatted(row.name.replaceAll(" .*", ""), ms(row.median), ms(row.least)));
      if (!peers.isEmpty()) {
        Double peer = peers.get(row.name);
        table.append(peer == null ? " | |" : " %s | %.2f |".formatted(ms(peer), row.median / peer));
      }
      table.append("\n");
    }
    replaceUnlessEmpty(name, rows, table.toString());
  }

  private void steady() throws IOException {
    List<Row> rows = rows("steady");
    StringBuilder table = new StringBuilder("| | outside | hexe-policy | bubblewrap | to outside | to bubblewrap |\n|---|---:|---:|---:|---:|---:|\n");
    for (int i = 0; i + 2 < rows.size(); i += 3) {
      Row outside = rows.get(i), ours = rows.get(i + 1), peer = rows.get(i + 2);
      table.append(
          "| %s | %s | %s | %s | %.3f | %.3f |%n"
              .formatted(
                  outside.name.replaceAll("\\|.*", ""),
                  ms(outside.median),
                  ms(ours.median),
                  ms(peer.median),
                  ours.ratios.get(i),
                  ours.ratios.get(i + 2)));
    }
    replaceUnlessEmpty("steady", rows, table.toString());
  }

  private void plain(String name) throws IOException {
    List<Row> rows = rows(name);
    StringBuilder table = new StringBuilder("| | median | 10th to 90th percentile | least |\n|---|---:|---:|---:|\n");
    rows.forEach(row -> table.append("| %s | %s | %s to %s | %s |%n".formatted(label(row), ms(row.median), ms(row.low), ms(row.high), ms(row.least))));
    replaceUnlessEmpty(name, rows, table.toString());
  }

  private void pairs(String name, String head) throws IOException {
    StringBuilder table = new StringBuilder(head);
    for (String line : lines(name)) {
      table.append("| ").append(line.replace("\t", " | ")).append(" |\n");
    }
    replaceUnlessEmpty(name, lines(name), table.toString());
  }

  /** The first line has the heads. */
  private void table(String name) throws IOException {
    StringBuilder table = new StringBuilder();
    for (String line : lines(name)) {
      table.append("| ").append(line.replace("\t", " | ")).append(" |\n");
      if (table.indexOf("---") < 0) {
        table.append("|---:".repeat(line.split("\t", -1).length)).append("|\n");
      }
    }
    replaceUnlessEmpty(name, lines(name), table.toString());
  }

  private void calls() throws IOException {
    List<String> all = new ArrayList<>();
    int sum = 0;
    for (String line : lines("calls")) {
      String[] fields = line.split("\t", -1);
      sum += Integer.parseInt(fields[1]);
      all.add("%s `%s`".formatted(fields[1], fields[0]));
    }
    replaceUnlessEmpty("calls", all, "%d in all, in three processes, the loader's of `/bin/true` among them: %s.%n".formatted(sum, String.join(", ", all)));
  }

  private String svg(List<Row> rows) {
    double longest = rows.stream().mapToDouble(Row::median).max().orElse(1);
    int line = 26, left = 190, width = 480;
    StringBuilder svg = new StringBuilder();
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 760 %d\" font-family=\"sans-serif\" font-size=\"13\">%n".formatted(rows.size() * line + 44));
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n<text x=\"10\" y=\"20\" font-weight=\"bold\">start to exit of /bin/true, median</text>\n");
    int y = 34;
    for (Row row : rows) {
      double length = Math.max(1, row.median / longest * width);
      String colour = row.name.startsWith("hexe") ? "#2f6fb0" : row.name.startsWith("floor") || row.name.startsWith("nothing") ? "#9aa5b1" : "#c9a24b";
      svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text><rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"16\" fill=\"%s\"/><text x=\"%.1f\" y=\"%d\">%s</text>%n".formatted(left - 8, y + 13, row.name, left, y, length, colour, left + length + 6, y + 13, ms(row.median)));
      y += line;
    }
    return svg.append("</svg>\n").toString();
  }

  private static String label(Row row) {
    return row.failed == 0 ? row.name : row.name + " (" + row.failed + " failed)";
  }

  private static String ms(double microseconds) {
    return microseconds < 100_000 ? String.format(Locale.ROOT, "%.2f ms", microseconds / 1000) : String.format(Locale.ROOT, "%.0f ms", microseconds / 1000);
  }

  /** Of a contestant that was not left out; else -1. */
  private static int place(List<Row> rows, String name) {
    return rows.stream().map(Row::name).toList().indexOf(name);
  }

  private static String ratio(Row row, int to) {
    return to < 0 ? "" : String.format(Locale.ROOT, "%.2f", row.ratios.get(to));
  }

  private List<Row> rows(String name) throws IOException {
    return lines(name).stream().map(Row::of).toList();
  }

  private List<String> lines(String name) throws IOException {
    Path file = results.resolve(name + ".tsv");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private void replaceUnlessEmpty(String name, List<?> rows, String table) {
    if (!rows.isEmpty()) {
      replace(name, table);
    }
  }

  /** Puts a table between the comments that carry its name. */
  private void replace(String name, String table) {
    UnaryOperator<String> mark = what -> "<!-- " + what + " " + name + " -->\n";
    int start = text.indexOf(mark.apply("begin"));
    int end = text.indexOf(mark.apply("end"));
    if (start < 0 || end < start) {
      throw new IllegalStateException(document + " has no place for `" + name + "`");
    }
    text = text.substring(0, start + mark.apply("begin").length()) + table + text.substring(end);
  }
}
