package dev.hexe.policy.benchmarks;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.engine.CompileRequest;
import dev.hexe.policy.engine.CompiledPolicy;
import dev.hexe.policy.engine.PolicyCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The number of profiles that can be read, decided and compiled in a second, as they list more paths. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EngineBenchmark {
  /** How many paths the profile lists, beside those of `isolated`. */
  @Param({"0", "10", "100", "1000", "10000"})
  int paths;

  private RichHost host;
  private Path directory;
  private Path file;
  private CompileRequest request;

  /** Writes and reads the profile. */
  @Setup
  public void write() throws IOException {
    host = RichHost.installed();
    directory = Files.createTempDirectory("hexe-engine-benchmark");
    file = Files.writeString(directory.resolve("profile.yaml"), text());
    request = host.request(read());
  }

  private String text() {
    String read =
        IntStream.range(0, paths)
            .mapToObj(i -> "/srv/bench/" + i)
            .collect(Collectors.joining(", ", "[", "]"));
    String files = paths == 0 ? "" : "files:\n  read-if-present: " + read + "\n";
    return "extends: isolated\nterminal: host\n" + files;
  }

  /** Removes the file again. */
  @TearDown
  public void remove() throws IOException {
    Files.delete(file);
    Files.delete(directory);
  }

  /** From YAML to a profile. */
  @Benchmark
  public Profile read() {
    return RichHost.profiles(directory).load(file.toString());
  }

  /** From a profile to decisions. */
  @Benchmark
  public Decisions decide() {
    return new PolicyCompiler(host.backends()).decide(request);
  }

  /** From a profile to a plan. */
  @Benchmark
  public CompiledPolicy compile() {
    return new PolicyCompiler(host.backends()).compile(request);
  }
}
