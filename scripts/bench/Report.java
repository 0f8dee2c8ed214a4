import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Writes what {@code ./bench} measured into {@code docs/performance.md} and {@code README.md}, between
 * the comments that mark each place, and draws {@code docs/performance.svg}.
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

  /** Prints what of the goals is met; with a second argument the documentation is written anew. */
  public static void main(String[] arguments) throws IOException {
    Path results = Path.of(arguments[0]);
    Goals goals = new Goals(results);
    System.out.print(goals.table());
    System.out.print("\n" + goals.sentence());
    if (arguments.length < 2) {
      return;
    }
    Path root = Path.of(arguments[1]);
    Report report = new Report(results, root.resolve("docs"));
    report.replace("goals", goals.table());
    if (!goals.conditions().isEmpty()) {
      report.replace("conditions", goals.conditions());
    }
    report.starts();
    report.sizes("binds", "binds");
    report.sizes("rules", "rules");
    report.steady();
    report.pairs("many", "| | |\n|---|---:|\n");
    report.plain("cold");
    report.plain("commands");
    report.network();
    report.plain("quiet");
    report.plain("loaded");
    report.plain("at-once");
    report.table("engine");
    report.calls();
    Files.writeString(report.document, report.text);
    Path readme = root.resolve("README.md");
    if (!goals.sentence().isEmpty()) {
      Files.writeString(readme, put(Files.readString(readme), "speed", goals.sentence(), readme));
    }
  }

  private void starts() throws IOException {
    List<Row> rows = rows("starts");
    if (rows.isEmpty()) {
      return;
    }
    int floor = place(rows, "floor");
    StringBuilder table = new StringBuilder("| | median | 10th to 90th percentile | least | to bubblewrap | to the floor |\n|---|---:|---:|---:|---:|---:|\n");
    for (Row row : rows) {
      int peer = place(rows, "bubblewrap, as " + (row.name().endsWith(" full") ? "full" : "sandbox"));
      table.append(
          "| %s | %s | %s to %s | %s | %s | %s |%n"
              .formatted(label(row), ms(row.median()), ms(row.low()), ms(row.high()), ms(row.least()), ratio(row, peer), ratio(row, floor)));
    }
    replace("starts", table.toString());
    Files.writeString(chart, svg(rows));
  }

  private void sizes(String name, String unit) throws IOException {
    List<Row> rows = rows(name);
    Map<String, Double> peers = new LinkedHashMap<>();
    rows.stream().filter(row -> row.name().contains(",")).forEach(row -> peers.put(row.name().replaceAll(",.*", ""), row.median()));
    StringBuilder table = new StringBuilder("| " + unit + " | median | least |" + (peers.isEmpty() ? "\n|---:|---:|---:|\n" : " bubblewrap | ratio |\n|---:|---:|---:|---:|---:|\n"));
    for (Row row : rows) {
      if (row.name().contains(",")) {
        continue;
      }
      table.append("| %s | %s | %s |".formatted(row.name().replaceAll(" .*", ""), ms(row.median()), ms(row.least())));
      if (!peers.isEmpty()) {
        Double peer = peers.get(row.name());
        table.append(peer == null ? " | |" : " %s | %.2f |".formatted(ms(peer), row.median() / peer));
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
                  outside.name().replaceAll("\\|.*", ""),
                  ms(outside.median()),
                  ms(ours.median()),
                  ms(peer.median()),
                  ours.ratios().get(i),
                  ours.ratios().get(i + 2)));
    }
    replaceUnlessEmpty("steady", rows, table.toString());
  }

  private void plain(String name) throws IOException {
    List<Row> rows = rows(name);
    StringBuilder table = new StringBuilder("| | median | 10th to 90th percentile | least |\n|---|---:|---:|---:|\n");
    rows.forEach(row -> table.append("| %s | %s | %s to %s | %s |%n".formatted(label(row), ms(row.median()), ms(row.low()), ms(row.high()), ms(row.least()))));
    replaceUnlessEmpty(name, rows, table.toString());
  }

  private void pairs(String name, String head) throws IOException {
    StringBuilder table = new StringBuilder(head);
    for (String line : lines(name)) {
      table.append("| ").append(line.replace("\t", " | ")).append(" |\n");
    }
    replaceUnlessEmpty(name, lines(name), table.toString());
  }

  private void network() throws IOException {
    StringBuilder table = new StringBuilder("| | way | median | to direct | more than direct |\n|---|---|---:|---:|---:|\n");
    for (String line : lines("network")) {
      table.append("| ").append(line.replace("\t", " | ")).append(" |\n");
    }
    for (String line : lines("network-memory")) {
      table.append("| ").append(line.replace("\t", " | gateway | ")).append(" | | |\n");
    }
    replaceUnlessEmpty("network", lines("network"), table.toString());
    plain("network-starts");
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
      double length = Math.max(1, row.median() / longest * width);
      String colour = row.name().startsWith("hexe") ? "#2f6fb0" : row.name().startsWith("floor") || row.name().startsWith("nothing") ? "#9aa5b1" : "#c9a24b";
      svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text><rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"16\" fill=\"%s\"/><text x=\"%.1f\" y=\"%d\">%s</text>%n".formatted(left - 8, y + 13, row.name(), left, y, length, colour, left + length + 6, y + 13, ms(row.median())));
      y += line;
    }
    return svg.append("</svg>\n").toString();
  }

  private static String label(Row row) {
    return row.failed() == 0 ? row.name() : row.name() + " (" + row.failed() + " failed)";
  }

  private static String ms(double microseconds) {
    return microseconds < 100_000 ? String.format(Locale.ROOT, "%.2f ms", microseconds / 1000) : String.format(Locale.ROOT, "%.0f ms", microseconds / 1000);
  }

  /** Of a contestant that was not left out; else -1. */
  private static int place(List<Row> rows, String name) {
    return rows.stream().map(Row::name).toList().indexOf(name);
  }

  private static String ratio(Row row, int to) {
    return to < 0 ? "" : String.format(Locale.ROOT, "%.2f", row.ratios().get(to));
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
    text = put(text, name, table, document);
  }

  private static String put(String text, String name, String table, Path document) {
    UnaryOperator<String> mark = what -> "<!-- " + what + " " + name + " -->\n";
    int start = text.indexOf(mark.apply("begin"));
    int end = text.indexOf(mark.apply("end"));
    if (start < 0 || end < start) {
      throw new IllegalStateException(document + " has no place for `" + name + "`");
    }
    return text.substring(0, start + mark.apply("begin").length()) + table + text.substring(end);
  }
}

/** A line that {@code race} wrote; times in microseconds, and the paired ratio to each line. */
record Row(
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

/** The goals beside what was measured: a number that is not larger is met. */
final class Goals {
  private static final List<String> OURS = List.of("hexe-policy", "floor", "nothing");
  private static final String WEAKER = "(weaker)";

  private final Path results;
  private final StringBuilder table = new StringBuilder();

  Goals(Path results) {
    this.results = results;
  }

  /** Processors, kernel, rounds and the load of others before. */
  String conditions() throws IOException {
    for (String line : lines("conditions")) {
      String[] fields = line.split("\t");
      return "They were taken with %s processors, Linux %s, in %s rounds where goals are, with a load of %s before the first; on a machine that has other work ratios vary by a half from one run to the next.%n".formatted((Object[]) fields);
    }
    return "";
  }

  /** For the README: peer, version and conditions. */
  String sentence() throws IOException {
    Measured quiet = toFastestPeer("quiet", "hexe-policy sandbox"), loaded = toFastestPeer("loaded", "hexe-policy sandbox"), bare = toFastestPeer("quiet", "hexe-policy bare");
    for (String line : Double.isNaN(loaded.value) ? List.<String>of() : lines("conditions")) {
      String[] of = line.split("\t");
      boolean isQuiet = Double.parseDouble(of[3]) <= Integer.parseInt(of[0]) / 4.0;
      String machine = isQuiet ? "a quiet machine" : "a machine with other work";
      return """
          With a kept plan, `/bin/true` under `sandbox` takes %.2f of the time that it takes under %s, the fastest of the newest peers, on %s; with a busy loop on every
          processor it takes %.2f of that under %s. The peers were given the same mounts and namespaces; `sandbox` has a filter, Landlock and 1,100 guarded paths besides, without
          which it is %.2f. (Start to exit, medians of %s paired ratios, %s processors, Linux %s, load before %s.)
          """.formatted(quiet.value, quiet.peer(), machine, loaded.value, loaded.peer(), bare.value, of[2], of[0], of[1], of[3]);
    }
    return "";
  }

  String table() throws IOException {
    table.setLength(0);
    table.append("| | measured | goal | |\n|---|---:|---:|---|\n");
    starts();
    row("50 `sandbox` at once", toFastestPeer("at-once", "hexe-policy sandbox"), 0.60);
    row("`sandbox` to the floor, quiet", to("quiet", "hexe-policy sandbox", "floor"), 1.10);
    row("supervisor and PID 1 together, PSS in kB", pair("many", "memory"), 100);
    row("system calls of a warm `sandbox`", calls(), 400);
    row("opening and closing a file, inside to outside", to("steady", "open and close|hexe-policy", "open and close|outside"), 1.15);
    row("`find /usr` to bubblewrap", to("steady", "find /usr|hexe-policy", "find /usr|bubblewrap"), 1.03);
    row("a connection direct, to one through the gateway", way("one connection", true), 1.25);
    row("a new connection through the gateway, µs more than direct", way("a new connection", false), 300);
    row("99th percentile of 1,000 connections through the gateway, to direct", way("a byte back on each", true), 3);
    row("a warm start with destinations, ms more than `full`", moreThan("network-starts", "hexe-policy full, destinations", "hexe-policy full"), 0.6);
    row("memory of the gateway for 100 sandboxes, in MB", pair("network-memory", "memory"), 80);
    row("the first `apply` on Java 17, in ms", time("cold", "the first `apply sandbox`, on Java 17"), 200);
    row("the first `apply` on Java 25, in ms", time("cold", "the first, on Java 25"), 140);
    row("`--version`, in ms", time("commands", "hexe-policy --version"), 5);
    row("`ps`, in ms", time("commands", "hexe-policy ps"), 10);
    row("`cache list`, in ms", time("commands", "hexe-policy cache list"), 10);
    row("`profiles list`, in ms", time("commands", "hexe-policy profiles list"), 120);
    row("`explain sandbox`, in ms", time("commands", "hexe-policy explain sandbox"), 250);
    row("`doctor`, in ms", time("commands", "hexe-policy doctor"), 250);
    return table.toString();
  }

  private void starts() throws IOException {
    row("`bare`, quiet", toFastestPeer("quiet", "hexe-policy bare"), 0.65);
    row("`sandbox`, quiet", toFastestPeer("quiet", "hexe-policy sandbox"), 0.77);
    row("`sandbox`, a busy loop on every processor", toFastestPeer("loaded", "hexe-policy sandbox"), 0.60);
    row("`project`, quiet", toFastestPeer("quiet", "hexe-policy project"), 0.90);
  }

  private record Measured(double value, String what) {
    static final Measured NOTHING = new Measured(Double.NaN, "");

    String peer() {
      return what.replaceFirst("^, to ", "");
    }
  }

  private void row(String name, Measured measured, double goal) {
    if (Double.isNaN(measured.value)) {
      table.append("| %s | – | %s | not measured |%n".formatted(name, number(goal)));
      return;
    }
    String verdict = measured.value <= goal ? "met" : "missed";
    table.append("| %s | %s | %s | %s |%n".formatted(name + measured.what, number(measured.value), number(goal), verdict));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 5 ? "%.2f" : "%.0f", value);
  }

  private Measured toFastestPeer(String section, String ours) throws IOException {
    List<Row> rows = rows(section);
    Row peer =
        rows.stream()
            .filter(row -> OURS.stream().noneMatch(row.name()::startsWith) && !row.name().endsWith(WEAKER) && row.failed() == 0)
            .min(Comparator.comparingDouble(Row::median))
            .orElse(null);
    return peer == null ? Measured.NOTHING : new Measured(to(section, ours, peer.name()).value, ", to " + peer.name());
  }

  private Measured to(String section, String ours, String other) throws IOException {
    List<Row> rows = rows(section);
    int at = rows.stream().map(Row::name).toList().indexOf(other);
    return rows.stream()
        .filter(row -> row.name().equals(ours) && row.failed() == 0 && at >= 0)
        .findFirst()
        .map(row -> new Measured(row.ratios().get(at), ""))
        .orElse(Measured.NOTHING);
  }

  /** Of what came through the gateway: the ratio to what came without, less being better, or the difference. */
  private Measured way(String measure, boolean ratio) throws IOException {
    return lines("network").stream()
        .map(line -> line.split("\t"))
        .filter(fields -> fields[0].startsWith(measure) && fields[1].equals("gateway"))
        .findFirst()
        .map(fields -> Double.parseDouble(fields[ratio ? 3 : 4]))
        .map(value -> new Measured(measure.equals("one connection") ? 1 / value : value, ""))
        .orElse(Measured.NOTHING);
  }

  private Measured moreThan(String section, String ours, String other) throws IOException {
    Measured more = time(section, ours);
    return new Measured(more.value - time(section, other).value, "");
  }

  private Measured time(String section, String name) throws IOException {
    return rows(section).stream()
        .filter(row -> row.name().equals(name))
        .findFirst()
        .map(row -> new Measured(row.median() / 1000, ""))
        .orElse(Measured.NOTHING);
  }

  private Measured pair(String section, String begin) throws IOException {
    return lines(section).stream()
        .filter(line -> line.startsWith(begin))
        .findFirst()
        .map(line -> new Measured(Double.parseDouble(line.split("\t")[1]), ""))
        .orElse(Measured.NOTHING);
  }

  private Measured calls() throws IOException {
    List<String> lines = lines("calls");
    double sum = lines.stream().mapToInt(line -> Integer.parseInt(line.split("\t")[1])).sum();
    return lines.isEmpty() ? Measured.NOTHING : new Measured(sum, "");
  }

  private List<Row> rows(String name) throws IOException {
    return lines(name).stream().map(Row::of).toList();
  }

  private List<String> lines(String name) throws IOException {
    Path file = results.resolve(name + ".tsv");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }
}
