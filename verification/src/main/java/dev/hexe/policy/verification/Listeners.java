package dev.hexe.policy.verification;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Somebody who listens and answers on the host's loopback. */
final class Listeners implements AutoCloseable {
  private static final int BACKLOG = 50;

  private final ServerSocket tcp;
  private final DatagramSocket udp;

  private Listeners(ServerSocket tcp, DatagramSocket udp) {
    this.tcp = tcp;
    this.udp = udp;
  }

  // Connections need not be accepted to be made.
  static Listeners open() throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    ServerSocket tcp = new ServerSocket(0, BACKLOG, loopback);
    DatagramSocket udp = new DatagramSocket(new InetSocketAddress(loopback, 0));
    Listeners listeners = new Listeners(tcp, udp);
    Thread echo = new Thread(listeners::echo, "echo");
    echo.setDaemon(true);
    echo.start();
    return listeners;
  }

  int tcpPort() {
    return tcp.getLocalPort();
  }

  int udpPort() {
    return udp.getLocalPort();
  }

  private void echo() {
    try {
      while (!udp.isClosed()) {
        DatagramPacket packet = new DatagramPacket(new byte[16], 16);
        udp.receive(packet);
        udp.send(packet);
      }
    } catch (IOException e) {
      // Closed, or beyond answering: then the act says that nobody answered.
      udp.close();
    }
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }
}
