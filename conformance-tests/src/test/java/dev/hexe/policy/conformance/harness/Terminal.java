package dev.hexe.policy.conformance.harness;

import java.nio.file.Path;
import java.util.List;

/**
 * Somebody at a terminal: a real pty, driven by the launcher's {@code at-terminal}, whose source
 * says what the lines of a script mean. A step that does not come to pass fails the test and shows
 * what was on the screen.
 */
public final class Terminal {
  private static final Path SOURCE = Path.of("../launcher/src/test/c/at-terminal.c");
  private static final Path DRIVER = build();
  private static final Path SCRIPTS = Path.of("src/test/terminal");

  /** Less than the harness waits for a process, so that the driver has its say. */
  private static final String PATIENCE = "40";

  private final Sandbox sandbox;

  private Terminal(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /** A terminal of this user's, and a sandbox under this profile. */
  public static Terminal of(Setting setting) {
    return new Terminal(setting.sandbox());
  }

  /** With more arguments for the sandbox. */
  public Terminal with(String... more) {
    return new Terminal(sandbox.with(more));
  }

  /** The sandbox is started on the terminal, with this command. */
  public void plays(String script, String... command) {
    behind(DRIVER.toString(), path(script)).run(command).endsWith(0);
  }

  /**
   * A shell is started on the terminal, outside of any sandbox; what is typed there can use {@code
   * $SANDBOX} before a command, and {@code $BIN} for the program alone.
   */
  public void playsInShell(String script) {
    String shell = "SANDBOX=$* exec bash --norc --noprofile -i";
    behind(DRIVER.toString(), path(script), "sh", "-c", "export SANDBOX; " + shell, "sh")
        .run()
        .endsWith(0);
  }

  private Sandbox behind(String... before) {
    return sandbox
        .where("PS1", "in> ")
        .where("TERM", "ansi")
        .where("PATIENCE", PATIENCE)
        .where("BIN", Product.program().toString())
        .behind(before);
  }

  private static String path(String script) {
    return SCRIPTS.resolve(script).toAbsolutePath().toString();
  }

  private static Path build() {
    Path program = Path.of("target").toAbsolutePath().resolve("at-terminal");
    List<String> command =
        List.of("gcc", "-static", "-O1", "-D_GNU_SOURCE", "-o", program.toString(), source());
    Execution.of(command).run().endsWith(0);
    return program;
  }

  private static String source() {
    return SOURCE.toAbsolutePath().normalize().toString();
  }
}
