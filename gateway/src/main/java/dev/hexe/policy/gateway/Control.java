package dev.hexe.policy.gateway;

import static io.netty.channel.unix.DomainSocketReadMode.BYTES;

import dev.hexe.policy.gateway.policy.Policy;
import dev.hexe.policy.gateway.policy.Policy.Listening;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannelOption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one sandbox: its policy, a pipe for the answer, and its sockets come as
 * descriptors, in this order. What is open for the sandbox ends with the connection.
 */
final class Control extends ChannelInboundHandlerAdapter {
  private static final int LARGEST_POLICY = 1 << 20;
  private static final int PIECE = 4 << 10;
  private static final int PATIENCE_SECONDS = 30;
  private static final int LONGEST_ANSWER = 100;
  private static final Map<String, String> BIND_ERRORS =
      Map.of(
          "Address already in use", "it is taken; publish it at another one",
          "Cannot assign requested address", "the host has no such address",
          "Permission denied", "ports as low as this are for root");

  private final Gateway gateway;
  private final List<FileDescriptor> descriptors = new ArrayList<>();
  private final StringBuilder said = new StringBuilder();
  private @Nullable Policy policy;
  private @Nullable Sandbox sandbox;

  Control(Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    Optional<String> objection = gateway.peers().objection(context.channel());
    if (objection.isPresent()) {
      System.err.println("refused a connection: " + objection.get());
      context.close();
      return;
    }
    gateway.awaits(1);
    context.channel().closeFuture().addListener(closed -> gateway.awaits(-1));
    context
        .executor()
        .schedule(() -> closeUnlessBegun(context), PATIENCE_SECONDS, TimeUnit.SECONDS);
    context.fireChannelActive();
  }

  private void closeUnlessBegun(ChannelHandlerContext context) {
    if (sandbox == null) {
      context.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws IOException {
    Sandbox begun = sandbox;
    if (begun != null && message instanceof ByteBuf bytes) {
      answers(context, begun, bytes);
      return;
    }
    if (!(message instanceof FileDescriptor descriptor) || sandbox != null) {
      context.close();
      return;
    }
    descriptors.add(descriptor);
    if (descriptors.size() == 2) { // whatever is wrong with the policy can be said now
      policy = readPolicy(descriptors.get(0));
    }
    Policy told = policy;
    if (told != null && descriptors.size() == told.sockets().size() + 2) {
      begin(context.channel(), told);
    }
  }

  private static Policy readPolicy(FileDescriptor file) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    byte[] bytes = new byte[PIECE];
    int length;
    while (text.size() < LARGEST_POLICY && (length = file.read(piece, 0, PIECE)) > 0) {
      piece.position(0).get(bytes, 0, length);
      text.write(bytes, 0, length);
    }
    file.close();
    if (text.size() >= LARGEST_POLICY) {
      throw new IllegalArgumentException("its policy has more than 1 MiB: list fewer destinations");
    }
    return Policy.parse(text.toString(StandardCharsets.UTF_8));
  }

  private void begin(Channel control, Policy told) throws IOException {
    Sandbox begun = gateway.begin(told, control);
    sandbox = begun;
    if (told.asks()) {
      control.config().setOption(UnixChannelOption.DOMAIN_SOCKET_READ_MODE, BYTES);
    }
    Sockets sockets = gateway.sockets(begun);
    FileDescriptor answer = descriptors.get(1);
    Published connector = null;
    for (int i = 0; i < told.sockets().size(); i++) {
      Listening listening = told.sockets().get(i);
      connector = sockets.adopt(descriptors.get(i + 2).intValue(), listening).orElse(connector);
    }
    descriptors.clear();
    publish(told, sockets, connector, answer);
  }

  /** Lines of the supervisor, which asked somebody. */
  private void answers(ChannelHandlerContext context, Sandbox begun, ByteBuf bytes) {
    said.append(bytes.toString(StandardCharsets.US_ASCII));
    bytes.release();
    int end;
    while ((end = said.indexOf("\n")) >= 0) {
      String line = said.substring(0, end);
      said.delete(0, end + 1);
      begun.questions().answer(line);
    }
    if (said.length() > LONGEST_ANSWER) {
      context.close();
    }
  }

  /** The answer is given when every port is open, or one cannot be. */
  private static void publish(
      Policy told, Sockets sockets, @Nullable Published connector, FileDescriptor answer)
      throws IOException {
    if (told.published().isEmpty() || connector == null) {
      say(answer, "ok");
      return;
    }
    int[] left = {told.published().size()};
    for (Policy.Published port : told.published()) {
      ChannelFuture bound = sockets.publish(port, connector);
      bound.addListener(
          (ChannelFutureListener)
              done -> {
                if (!done.isSuccess()) {
                  say(answer, cannotPublish(port, done.cause()));
                } else if (--left[0] == 0) {
                  say(answer, "ok");
                }
              });
    }
  }

  private static String cannotPublish(Policy.Published port, Throwable cause) {
    return "cannot publish port %d on %s: %s"
        .formatted(port.outside(), port.address().getHostAddress(), plain(cause));
  }

  /** In words for people: Netty's have the call and the number of the error as well. */
  private static String plain(Throwable cause) {
    String text = String.valueOf(cause.getMessage());
    return BIND_ERRORS.entrySet().stream()
        .filter(error -> text.contains(error.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(text);
  }

  private static void say(FileDescriptor answer, String text) throws IOException {
    if (answer.isOpen()) {
      ByteBuffer bytes = ByteBuffer.allocateDirect(text.length() * 3 + 1);
      bytes.put(text.replace('\n', ' ').getBytes(StandardCharsets.UTF_8)).put((byte) '\n').flip();
      answer.write(bytes, 0, bytes.limit());
      answer.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws IOException {
    for (FileDescriptor descriptor : descriptors) {
      descriptor.close();
    }
    descriptors.clear();
    Sandbox ended = sandbox;
    if (ended != null) {
      gateway.end(ended);
    }
  }

  /** Before the sandbox has begun, those who started it are told; nothing of it stays open. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    System.err.println("a sandbox cannot be served: " + cause);
    try {
      if (descriptors.size() > 1) {
        say(descriptors.get(1), String.valueOf(cause.getMessage()));
      }
    } catch (IOException e) {
      System.err.println("nobody wants to know: " + e);
    }
    context.close();
  }
}
