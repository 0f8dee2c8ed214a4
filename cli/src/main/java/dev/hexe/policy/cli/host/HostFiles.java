package dev.hexe.policy.cli.host;

import dev.hexe.policy.api.host.HostReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads sysctls and the like from this host. */
public final class HostFiles implements HostReader {
  private static final int LARGEST = 64 << 10;

  @Override
  public Optional<String> read(String path) {
    try (InputStream stream = new FileInputStream(path)) {
      byte[] bytes = stream.readNBytes(LARGEST);
      return Optional.of(new String(bytes, StandardCharsets.UTF_8).trim());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
