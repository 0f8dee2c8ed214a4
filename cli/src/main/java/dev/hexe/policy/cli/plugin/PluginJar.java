package dev.hexe.policy.cli.plugin;

import dev.hexe.policy.api.spi.GuaranteeProvider;
import dev.hexe.policy.api.spi.IsolationBackend;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** A jar of a plug-in: its manifest is read before any class is loaded. */
final class PluginJar {
  private static final String API = "Hexe-Policy-Api";

  private final Path file;
  private final Attributes manifest;
  private final URLClassLoader loader;

  /**
   * Opens a jar.
   *
   * @throws PluginException where it is none, or made for another version of the API
   */
  PluginJar(Path file) {
    this.file = file;
    manifest = manifest(file);
    requireVersion();
    try {
      loader =
          new URLClassLoader(new URL[] {file.toUri().toURL()}, PluginJar.class.getClassLoader());
    } catch (MalformedURLException e) {
      throw broken("has a name that cannot be read", "rename it");
    }
  }

  private static Attributes manifest(Path file) {
    try (JarFile jar = new JarFile(file.toFile())) {
      Manifest manifest = jar.getManifest();
      return manifest == null ? new Attributes() : manifest.getMainAttributes();
    } catch (IOException | SecurityException e) {
      throw new PluginException(
          "the plug-in " + Text.quote(file) + " is not a jar that can be read: " + Text.of(e),
          "put the jar there anew, or remove it");
    }
  }

  private void requireVersion() {
    String wanted = Integer.toString(GuaranteeProvider.API_VERSION);
    String version = attribute(API).orElse("");
    if (version.isEmpty()) {
      throw broken(
          "does not say for which API it was built",
          "its manifest needs `" + API + ": " + wanted + "`");
    }
    if (!version.equals(wanted)) {
      throw broken(
          "was built for version "
              + Text.quote(version)
              + " of the API, and this is version "
              + wanted,
          "use a version of the plug-in for this hexe-policy, or remove it");
    }
  }

  /** What loads its classes. */
  URLClassLoader loader() {
    return loader;
  }

  /**
   * What it offers.
   *
   * @throws PluginException where a part of it cannot be loaded, or there is none
   */
  Plugin load() {
    List<IsolationBackend> backends = services(IsolationBackend.class);
    List<GuaranteeProvider> guarantees = services(GuaranteeProvider.class);
    if (backends.isEmpty() && guarantees.isEmpty()) {
      throw broken(
          "offers nothing",
          "it needs `META-INF/services` for a backend or a guarantee; or remove it");
    }
    return new Plugin(
        file,
        attribute("Implementation-Title").orElse(String.valueOf(file.getFileName())),
        attribute("Implementation-Version").orElse("unknown"),
        backends,
        guarantees);
  }

  /** Those that the jar itself has: this program's own are found through its loader as well. */
  private <T> List<T> services(Class<T> kind) {
    List<T> found = new ArrayList<>();
    try {
      for (ServiceLoader.Provider<T> provider :
          ServiceLoader.load(kind, loader).stream()
              .filter(it -> it.type().getClassLoader() == loader)
              .toList()) {
        found.add(provider.get());
      }
    } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
      throw failed(e);
    }
    return found;
  }

  /** The plug-in as what broke. */
  PluginException failed(Throwable problem) {
    Throwable cause = problem.getCause() == null ? problem : problem.getCause();
    return broken("cannot be loaded: " + Text.of(cause), "mend it, or remove it");
  }

  /** The plug-in as what cannot be used. */
  PluginException broken(String what, String help) {
    return new PluginException("the plug-in " + Text.quote(file) + " " + what, help);
  }

  private Optional<String> attribute(String name) {
    return Optional.ofNullable(manifest.getValue(name)).map(String::trim);
  }
}
