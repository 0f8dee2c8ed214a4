package dev.hexe.policy.gateway;

import dev.hexe.policy.gateway.share.Buffers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds back what a client says first until it is known whether it is TLS, and which server it
 * names. Then it goes away, and everything passes as it came.
 */
final class ServerNameCheck extends ByteToMessageDecoder {
  private static final int PATIENCE_SECONDS = 10;

  /** Of a greeting that everybody may have held, whatever else the sandbox holds. */
  private static final int LEAST = 4 << 10;

  private final Function<ClientHello.Result, Optional<String>> objection;
  private @Nullable ScheduledFuture<?> deadline;
  private boolean begun;
  private final Buffers buffers;
  private final ClientHello greeting = new ClientHello();
  private int held;

  /** {@code objection} says what is wrong with what was found, if anything. */
  ServerNameCheck(Buffers buffers, Function<ClientHello.Result, Optional<String>> objection) {
    this.buffers = buffers;
    this.objection = objection;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    ClientHello.Result result = greeting.look(in);
    if (result.state() == ClientHello.State.INCOMPLETE) {
      hold(context, in);
      return;
    }
    stop();
    if (objection.apply(result).isPresent()) {
      in.skipBytes(in.readableBytes());
      Connections.reset(context.channel());
      return;
    }
    out.add(in.readRetainedSlice(in.readableBytes()));
    context.pipeline().remove(this);
  }

  /** Half a greeting takes its part of what the sandbox may have, as everything on its way does. */
  private void hold(ChannelHandlerContext context, ByteBuf in) {
    if (in.readableBytes() > LEAST && buffers.areFull()) {
      in.skipBytes(in.readableBytes());
      Connections.reset(context.channel());
      return;
    }
    int size = in.capacity() + greeting.held();
    buffers.take(size - held);
    held = size;
    begin(context);
  }

  /** Who has begun to speak TLS has to go on: half a greeting is held for a while, not for ever. */
  private void begin(ChannelHandlerContext context) {
    context.read();
    if (!begun) {
      begun = true;
      deadline =
          context
              .executor()
              .schedule(
                  () -> Connections.reset(context.channel()), PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void stop() {
    buffers.giveBack(held);
    held = 0;
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
    super.channelInactive(context); // which looks at what is left once more
    stop();
  }
}
