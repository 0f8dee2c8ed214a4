package dev.hexe.policy.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Waits for what a proxy says to {@code CONNECT}, and goes away when it agrees. */
final class ProxyAnswer extends ByteToMessageDecoder {
  private static final int LONGEST = 16 << 10;
  private static final int PATIENCE_SECONDS = 30;

  private final Consumer<Optional<Channel>> then;
  private boolean answered;
  private @Nullable ScheduledFuture<?> deadline;

  ProxyAnswer(Consumer<Optional<Channel>> then) {
    this.then = then;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    deadline = context.executor().schedule(() -> fail(context), PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    String text = in.toString(StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0 && text.length() < LONGEST) {
      context.read();
    } else if (end < 0 || !text.matches("(?s)HTTP/1\\.[01] 2\\d\\d[ \r].*")) {
      in.skipBytes(in.readableBytes());
      fail(context);
    } else if (!answered) {
      answered = true;
      in.skipBytes(end + 4);
      then.accept(Optional.of(context.channel()));
      context.pipeline().remove(this);
    }
  }

  private void fail(ChannelHandlerContext context) {
    if (!answered) {
      answered = true;
      context.close();
      then.accept(Optional.empty());
    }
  }

  /** What waits for its time keeps the connection in memory, after its end as well. */
  private void stop() {
    ScheduledFuture<?> running = deadline;
    if (running != null) {
      running.cancel(false);
    }
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext context) {
    stop();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    fail(context);
    stop();
    super.channelInactive(context);
  }
}
