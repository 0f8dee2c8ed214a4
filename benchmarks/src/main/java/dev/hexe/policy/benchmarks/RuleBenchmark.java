package dev.hexe.policy.benchmarks;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.engine.CompileRequest;
import dev.hexe.policy.engine.RuleBook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The number of profiles that can be decided in a second, as there are more rules. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RuleBenchmark {
  /** How many rules there are beside those of the installed backends, which none of them beats. */
  @Param({"0", "100", "1000"})
  int moreRules;

  private List<Mechanism> mechanisms;
  private CompileRequest request;

  /**
   * Makes mechanisms for all guarantees, which would be as strong but that the host lacks
   * something.
   */
  @Setup
  public void make() {
    RichHost host = RichHost.installed();
    request = host.request(RichHost.profiles(Path.of("/home/benchmark")).load("full"));
    mechanisms = new ArrayList<>(host.backends().mechanisms());
    List<Guarantee> guarantees = Guarantee.builtIn();
    for (int i = 0; i < moreRules; i++) {
      mechanisms.add(
          Mechanism.named("more-" + i, guarantees.get(i % guarantees.size()), Strength.FULL)
              .rank(i)
              .needs("benchmark.missing")
              .rule("rule number " + i + " of the benchmark")
              .build());
    }
  }

  /** From a profile to decisions, with the book of rules made for it. */
  @Benchmark
  public Decisions decide() {
    return new RuleBook(mechanisms).decide(request.profile(), request.facts());
  }
}
