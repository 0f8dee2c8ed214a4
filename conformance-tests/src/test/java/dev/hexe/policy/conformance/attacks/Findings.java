package dev.hexe.policy.conformance.attacks;

import dev.hexe.policy.conformance.attacks.Finding.Result;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Collects what became of every attempt while the tests run. */
final class Findings implements TestExecutionListener {
  private final List<Finding> all = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, String> open = new ConcurrentHashMap<>();
  private final Consumer<Finding> progress;

  Findings(Consumer<Finding> progress) {
    this.progress = progress;
  }

  /** All of them, in the order of the ways. */
  List<Finding> all() {
    List<Finding> sorted = new ArrayList<>(all);
    sorted.sort(
        java.util.Comparator.comparing((Finding it) -> Way.of(it.way()).orElseThrow())
            .thenComparing(Finding::attempt)
            .thenComparing(Finding::design)
            .thenComparing(Finding::user));
    return sorted;
  }

  @Override
  public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
    String reason = entry.getKeyValuePairs().get("open");
    if (reason != null) {
      open.put(test.getUniqueId(), reason);
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest()) {
      add(test, reason(test, result), word(test, result));
    } else if (result.getStatus() == TestExecutionResult.Status.FAILED) {
      add(test, reason(test, result), Result.BROKEN);
    }
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    add(test, reason, Result.UNTRIED);
  }

  private Result word(TestIdentifier test, TestExecutionResult result) {
    return switch (result.getStatus()) {
      case SUCCESSFUL -> open.containsKey(test.getUniqueId()) ? Result.OPEN : Result.KEPT;
      case ABORTED -> Result.UNTRIED;
      case FAILED -> Result.BROKEN;
    };
  }

  private String reason(TestIdentifier test, TestExecutionResult result) {
    return result
        .getThrowable()
        .map(problem -> String.valueOf(problem.getMessage()).replace("Assumption failed: ", ""))
        .orElse(open.getOrDefault(test.getUniqueId(), ""));
  }

  private void add(TestIdentifier test, String reason, Result result) {
    test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(MethodSource.class::cast)
        .ifPresent(
            method -> {
              Attack attack = attackOf(method);
              FindingFactory.of(
                      attack, method.getMethodName(), test.getDisplayName(), result, reason)
                  .forEach(this::add);
            });
  }

  private void add(Finding finding) {
    all.add(finding);
    progress.accept(finding);
  }

  private static Attack attackOf(MethodSource method) {
    for (AnnotatedElement element :
        List.<AnnotatedElement>of(method.getJavaMethod(), method.getJavaClass())) {
      Attack attack = element.getAnnotation(Attack.class);
      if (attack != null) {
        return attack;
      }
    }
    throw new IllegalStateException(method + " has no @Attack");
  }
}
