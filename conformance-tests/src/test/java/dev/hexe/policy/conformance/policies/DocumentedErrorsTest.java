package dev.hexe.policy.conformance.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Errors that a page shows for a file that it shows: to the letter, and with their help. */
class DocumentedErrorsTest {
  private static final Path DOCUMENTS = Path.of("../docs");
  private static final String INDENTED = "    ";

  private static List<String> page(String name) throws IOException {
    return Files.readAllLines(DOCUMENTS.resolve(name));
  }

  /** The lines of an error that begins so, without the margin. */
  private static List<String> error(String page, String begin) throws IOException {
    return page(page).stream()
        .dropWhile(line -> !line.startsWith(INDENTED + "hexe-policy: " + begin))
        .takeWhile(line -> line.startsWith(INDENTED))
        .map(String::strip)
        .toList();
  }

  /** The first file of YAML on a page. */
  private static String yaml(String page) throws IOException {
    List<String> lines =
        page(page).stream()
            .dropWhile(line -> !line.equals("```yaml"))
            .skip(1)
            .takeWhile(line -> !line.equals("```"))
            .toList();
    return String.join("\n", lines);
  }

  private static String file(String path, String text) {
    return "cat >" + path + " <<'END'\n" + text + "\nEND\n";
  }

  /** The lines of the program, as if the home were that of the documents. */
  private static List<String> said(String script) {
    return OwnSite.run(script + "true\n").stream()
        .map(line -> line.replace("/mnt/home", "/home/you"))
        .toList();
  }

  @Test
  void aMistakeInTheExampleOfAProfile() throws IOException {
    String mistaken = yaml("profiles.md").replace("memory: 2G,", "memory: 2GB,");
    assertEquals(
        error("profiles.md", "ci/tests.yaml:9:18"),
        said(
            "mkdir u w; mount -t overlay -o lowerdir=/opt,upperdir=/mnt/u,workdir=/mnt/w own /opt; mkdir -p /opt/jdk-17; "
                + "cd home; mkdir ci build; "
                + file("ci/tests.yaml", mistaken)
                + "user $program apply ci/tests.yaml -- true 2>&1\n"));
  }

  @Test
  void aProjectsPolicyThatHasChanged() throws IOException {
    assertEquals(
        error("configuration.md", "`/home/you/shop/.hexe-policy.yaml` has changed"),
        said(
            """
            user sh -c 'mkdir ~/shop; echo "network: none" >~/shop/.hexe-policy.yaml'; cd home/shop
            user $program trust --yes >/dev/null 2>&1
            user sh -c 'echo "network: host" >.hexe-policy.yaml'
            user $program apply full -- true 2>&1
            """));
  }

  @Test
  void aProjectsPolicyThatAllowsMore() throws IOException {
    assertEquals(
        error("configuration.md", "/home/you/shop/.hexe-policy.yaml:1:10"),
        said(
            """
            user sh -c 'mkdir ~/shop; echo "network: host" >~/shop/.hexe-policy.yaml'; cd home/shop
            user $program trust --yes >/dev/null 2>&1
            user $program apply full -- true 2>&1
            """));
  }

  @Test
  void aRuleThatForbids() throws IOException {
    assertEquals(
        error("rules.md", "forbidden by this site"),
        said(
            file("/etc/hexe-policy/rules.d/10-users.yaml", yaml("rules.md"))
                + "user $program apply none --network=none -- true 2>&1\n"));
  }
}
