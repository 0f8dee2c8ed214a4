package dev.hexe.policy.verification.environment;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;

/** The host's own network, to compare with: what cannot be reached outside promises nothing. */
public interface HostNetwork {
  /** The network of this host. */
  HostNetwork HERE = new Here();

  /** The addresses of a name; none where it has none. */
  List<InetAddress> addresses(String name);

  /** Whether somebody answers there over TCP. */
  boolean answers(InetAddress address, int port);

  /** Asks the resolver and connects. */
  final class Here implements HostNetwork {
    private static final int PATIENCE = 2000;

    @Override
    public List<InetAddress> addresses(String name) {
      try {
        return List.of(InetAddress.getAllByName(name));
      } catch (UnknownHostException e) {
        return List.of();
      }
    }

    @Override
    public boolean answers(InetAddress address, int port) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(address, port), PATIENCE);
        return true;
      } catch (IOException e) {
        return false;
      }
    }
  }
}
