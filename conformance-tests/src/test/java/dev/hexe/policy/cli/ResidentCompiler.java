package dev.hexe.policy.cli;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Compiles plans in one JVM for many starts of the launcher, each of which would start one of its
 * own, for a second of processor time. The launcher starts {@code src/test/resident/java.c} instead
 * of Java, which sends its process id, and starts a JVM where this one declines. It declines
 * wherever its own surroundings are not those of the caller, see {@link Caller}.
 *
 * <p>The argument is the path of the socket. It ends with its standard input, which is held by the
 * suite.
 */
public final class ResidentCompiler {
  private static final int LONGEST_REQUEST = 256;

  private static volatile boolean hasCompiled;

  private ResidentCompiler() {}

  /** Listens until the suite ends. */
  public static void main(String[] arguments) throws IOException {
    endWithTheSuite();
    Caller own = Caller.ofThisProcess();
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(arguments[0]));
      while (true) {
        SocketChannel connection = socket.accept();
        new Thread(() -> serve(connection, own), "request").start();
      }
    }
  }

  private static void endWithTheSuite() {
    Thread thread =
        new Thread(
            () -> {
              try {
                System.in.readAllBytes();
              } catch (IOException e) {
                System.err.println(e); // ends all the same
              }
              Runtime.getRuntime().halt(0);
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void serve(SocketChannel connection, Caller own) {
    try (connection) {
      ByteBuffer request = ByteBuffer.allocate(LONGEST_REQUEST);
      connection.read(request);
      String[] words =
          new String(request.array(), 0, request.position(), StandardCharsets.UTF_8)
              .strip()
              .split(" ", -1);
      String answer = answer(words[0], words[1], own);
      connection.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException | RuntimeException e) {
      System.err.println(e.getMessage()); // whoever asked starts a JVM
    }
  }

  private static String answer(String process, String pidNamespace, Caller own) throws IOException {
    Caller caller = Caller.of(process, pidNamespace);
    Request request = Request.of(process);
    Optional<String> reason = own.differenceTo(caller);
    if (reason.isEmpty()) {
      reason = request.reasonAgainst();
    }
    if (reason.isPresent()) {
      System.err.println("declined: " + reason.get());
      return "declined";
    }
    int status = hasCompiled ? request.run() : runFirst(request);
    System.err.println("compiled");
    return Integer.toString(status);
  }

  /**
   * Alone: classes that are initialized by two threads at a time may wait for each other, which
   * never happens in a JVM that does this once.
   */
  private static synchronized int runFirst(Request request) throws IOException {
    int status = request.run();
    hasCompiled = true;
    return status;
  }
}
