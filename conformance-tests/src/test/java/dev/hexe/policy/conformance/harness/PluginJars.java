package dev.hexe.policy.conformance.harness;

import dev.hexe.policy.api.spi.GuaranteeProvider;
import dev.hexe.policy.api.spi.IsolationBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Jars of plug-ins, compiled against the published API and nothing else. */
public final class PluginJars {
  private static final Path SAMPLE = Path.of("samples/gpu-plugin/src/main");

  private final Path directory;
  private int number;

  /** Makes them in a directory that every user can read. */
  public PluginJars(Path directory) {
    this.directory = directory;
  }

  /** The sample of the documentation. */
  public Path sample() {
    Path main = Product.distribution().resolve("../../..").normalize().resolve(SAMPLE);
    try (Stream<Path> sources = Files.walk(main.resolve("java"))) {
      Map<String, String> texts = new TreeMap<>();
      for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        texts.put(String.valueOf(source.getFileName()), Files.readString(source));
      }
      Map<String, String> services = new TreeMap<>();
      for (Class<?> kind : List.of(IsolationBackend.class, GuaranteeProvider.class)) {
        services.put(
            kind.getName(),
            Files.readString(main.resolve("resources/META-INF/services/" + kind.getName())));
      }
      return jar("1", texts, services);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A plug-in with one guarantee.
   *
   * @param api the version in its manifest
   * @param body the members of a class {@code P}, which is a guarantee
   */
  public Path guarantee(String api, String body) {
    String source =
        "import dev.hexe.policy.api.spi.*; import dev.hexe.policy.api.profile.*;"
            + " public class P implements GuaranteeProvider { "
            + body
            + " }";
    return jar(api, Map.of("P.java", source), Map.of(GuaranteeProvider.class.getName(), "P"));
  }

  /** A plug-in of these sources. */
  public Path jar(String api, Map<String, String> sources, Map<String, String> services) {
    Path work = directory.resolve("plugin-" + number++);
    try {
      Files.createDirectories(work.resolve("classes"));
      compile(work, sources);
      return pack(work, api, services);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compile(Path work, Map<String, String> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-d", work + "/classes", "-cp", api().toString(), "--release", "17", "-Xlint:all"));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = Files.writeString(work.resolve(source.getKey()), source.getValue());
      arguments.add(file.toString());
    }
    int status = compiler.run(null, null, null, arguments.toArray(String[]::new));
    if (status != 0) {
      throw new IllegalStateException("the plug-in does not compile");
    }
  }

  /** The one jar that a plug-in is built against. */
  private static Path api() throws IOException {
    try (Stream<Path> jars = Files.list(Product.distribution().resolve("lib"))) {
      return jars.filter(jar -> String.valueOf(jar.getFileName()).startsWith("policy-api-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static Path pack(Path work, String api, Map<String, String> services) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.IMPLEMENTATION_TITLE, "a sample");
    main.put(Attributes.Name.IMPLEMENTATION_VERSION, "7.3");
    if (!api.isEmpty()) {
      main.putValue("Hexe-Policy-Api", api);
    }
    Path jar = work.resolve("plugin.jar");
    Path classes = work.resolve("classes");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        out.write(Files.readAllBytes(file));
      }
      for (Map.Entry<String, String> service : services.entrySet()) {
        out.putNextEntry(new JarEntry("META-INF/services/" + service.getKey()));
        out.write(service.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return jar;
  }
}
