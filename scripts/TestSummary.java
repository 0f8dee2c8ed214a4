import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Says what became of the tests, from the reports of all modules below a directory: surefire's XML
 * files and, for the C tests, TAP files. Exits with 1 where a test failed or none ran.
 */
final class TestSummary {
  private final List<String> failures = new ArrayList<>();
  private final List<String> skips = new ArrayList<>();
  private int passed;
  private int errors;

  public static void main(String[] args) throws Exception {
    TestSummary summary = new TestSummary();
    summary.read(Path.of(args[0]));
    summary.print();
    System.exit(summary.failures.isEmpty() && summary.passed > 0 ? 0 : 1);
  }

  private void read(Path root) throws Exception {
    for (Path module : list(root, "*")) {
      for (Path report : list(module.resolve("target/surefire-reports"), "TEST-*.xml")) {
        readXml(module.getFileName().toString(), report);
      }
      for (Path report : list(module.resolve("target"), "*.tap")) {
        readTap(module.getFileName().toString(), report);
      }
    }
  }

  private void readXml(String module, Path report) throws Exception {
    NodeList cases =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(report.toFile())
            .getElementsByTagName("testcase");
    for (int i = 0; i < cases.getLength(); i++) {
      Element test = (Element) cases.item(i);
      String type = test.getAttribute("classname");
      String name = module + ": " + type.substring(type.lastIndexOf('.') + 1);
      if (!test.getAttribute("name").isEmpty()) {
        name += " " + test.getAttribute("name");
      }
      Element skipped = child(test, "skipped");
      Element failed = child(test, "failure");
      Element broken = child(test, "error");
      if (broken != null) {
        errors++;
        failures.add(name + reason(broken));
      } else if (failed != null) {
        failures.add(name + reason(failed));
      } else if (skipped != null) {
        skips.add(name + reason(skipped));
      } else {
        passed++;
      }
    }
  }

  private void readTap(String module, Path report) throws IOException {
    for (String line : Files.readAllLines(report)) {
      String test = line.replaceFirst("^(not )?ok\\b *\\d* *(- )?", "");
      String[] parts = test.split("(?i) *# *SKIP\\S* *", 2);
      if (line.startsWith("not ok")) {
        failures.add(module + ": " + test);
      } else if (!line.startsWith("ok")) {
        continue;
      } else if (parts.length == 2) {
        skips.add(module + ": " + parts[0] + reason(parts[1]));
      } else {
        passed++;
      }
    }
  }

  private static Element child(Element test, String name) {
    return (Element) test.getElementsByTagName(name).item(0);
  }

  private static String reason(Element result) {
    String message = result.getAttribute("message");
    return reason(message.isEmpty() ? result.getTextContent() : message);
  }

  private static String reason(String message) {
    String line =
        message
            .strip()
            .lines()
            .findFirst()
            .orElse("")
            .replaceFirst("^([\\w.]+Exception: )?Assumption failed: ", "");
    return "\n      " + (line.isEmpty() ? "no reason given" : line);
  }

  private static Iterable<Path> list(Path directory, String glob) throws IOException {
    TreeSet<Path> found = new TreeSet<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, glob)) {
        stream.forEach(found::add);
      }
    }
    return found;
  }

  private void print() {
    // What failed comes last: whoever sees the end of a long log alone shall know it.
    section("skipped", skips);
    section("failed", failures);
    int ran = passed + failures.size();
    System.out.printf(
        "%n%d tests ran: %d passed, %d failed (%d of them with an unexpected exception); %d"
            + " skipped%n",
        ran, passed, failures.size(), errors, skips.size());
    System.out.printf("%d passed, %d failed, %d skipped%n", passed, failures.size(), skips.size());
  }

  private static void section(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      System.out.printf("%n%s:%n", title);
      lines.forEach(line -> System.out.println("  " + line));
    }
  }
}
