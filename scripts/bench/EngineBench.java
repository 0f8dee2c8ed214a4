import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.host.Outcome;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.engine.Backends;
import dev.hexe.policy.engine.CompileRequest;
import dev.hexe.policy.engine.HostProber;
import dev.hexe.policy.engine.PolicyCompiler;
import dev.hexe.policy.profiles.ProfileContext;
import dev.hexe.policy.profiles.Profiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How many profiles a second can be read, decided and compiled, in a JVM that has run for a while,
 * for a host on which everything works. The argument is how often each is done; prints lines of
 * name and number, with a tab between them.
 */
final class EngineBench {
  private static final Caller CALLER = new Caller(1000, 1000, Set.of(), 0);

  private EngineBench() {}

  public static void main(String[] arguments) throws Exception {
    int times = Integer.parseInt(arguments[0]);
    Path directory = Files.createTempDirectory("hexe-engine-bench");
    Backends backends = Backends.installed();
    HostFacts facts =
        new HostProber(
                backends,
                plans -> plans.stream().map(plan -> Outcome.success(6)).toList(),
                path -> Optional.empty())
            .probe(CALLER);
    System.out.printf("rules\t%d%n", backends.mechanisms().size());
    for (int paths : new int[] {0, 10, 100, 1000}) {
      Path file = directory.resolve("p" + paths + ".yaml");
      Files.writeString(file, profile(paths));
      Supplier<Profile> reading = () -> profiles(directory).load(file.toString());
      Profile profile = reading.get();
      CompileRequest request = new CompileRequest(profile, CALLER, facts);
      print("read, profiles per second", paths, times, reading);
      print("decided", paths, times, () -> new PolicyCompiler(backends).decide(request));
      print("compiled", paths, times, () -> new PolicyCompiler(backends).compile(request));
      Files.delete(file);
    }
    Files.delete(directory);
  }

  private static Profiles profiles(Path directory) {
    return new Profiles(
        new ProfileContext(directory, "bench", directory, Map.of(), List.of(directory)));
  }

  // Without the system calls, which libseccomp compiles and not the engine.
  private static String profile(int paths) {
    String read =
        IntStream.range(0, paths)
            .mapToObj(i -> "/srv/bench/" + i)
            .collect(Collectors.joining(", ", "[", "]"));
    return "extends: isolated\nterminal: host\nfiles:\n  read-if-present: " + read + "\n";
  }

  private static void print(String what, int paths, int times, Supplier<?> work) {
    int rounds = Math.max(20, times / Math.max(1, paths / 10));
    int sink = 0;
    for (int i = 0; i < rounds; i++) {
      sink += work.get().hashCode() & 1;
    }
    long start = System.nanoTime();
    for (int i = 0; i < rounds; i++) {
      sink += work.get().hashCode() & 1;
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%s, %d more paths\t%.0f%s%n", what, paths, rounds / seconds, sink < 0 ? "!" : "");
  }
}
