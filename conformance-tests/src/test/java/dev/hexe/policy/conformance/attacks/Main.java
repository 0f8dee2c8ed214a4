package dev.hexe.policy.conformance.attacks;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import dev.hexe.policy.conformance.attacks.Finding.Result;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the tests that are attacks, and prints what became of them; see {@code scripts/attacks}. */
final class Main {
  private static final String TESTS = "dev.hexe.policy.conformance";

  private Main() {}

  public static void main(String[] arguments) {
    List<String> words = new ArrayList<>(List.of(arguments));
    boolean json = words.remove("--json");
    boolean tap = words.remove("--tap");
    PrintStream out = System.out;
    System.setOut(System.err);
    List<Finding> findings = run();
    findings.removeIf(finding -> !isWanted(finding, words));
    (json ? Report.JSON : tap ? Report.TAP : Report.TABLE).print(findings, out);
    out.flush();
    System.exit(findings.isEmpty() ? 2 : Report.count(findings, Result.BROKEN) > 0 ? 1 : 0);
  }

  private static List<Finding> run() {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectPackage(TESTS))
            .filters(TagFilter.includeTags(Attack.TAG))
            .build();
    Findings findings = new Findings(Main::tell);
    LauncherFactory.create().execute(request, findings);
    return new ArrayList<>(findings.all());
  }

  /** A broken promise is told at once; the rest takes minutes. */
  private static void tell(Finding finding) {
    if (finding.result() == Result.BROKEN) {
      System.err.println(
          "BROKEN: " + finding.attempt() + ", " + finding.design() + ", " + finding.user());
    }
  }

  private static boolean isWanted(Finding finding, List<String> words) {
    String text = finding.toString().toLowerCase(Locale.ROOT);
    return words.stream().allMatch(word -> text.contains(word.toLowerCase(Locale.ROOT)));
  }
}
