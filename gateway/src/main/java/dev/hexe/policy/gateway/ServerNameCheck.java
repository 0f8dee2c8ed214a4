package dev.hexe.policy.gateway;

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

  private final Function<ClientHello.Result, Optional<String>> objection;
  private @Nullable ScheduledFuture<?> deadline;
  private boolean begun;

  /** {@code objection} says what is wrong with what was found, if anything. */
  ServerNameCheck(Function<ClientHello.Result, Optional<String>> objection) {
    this.objection = objection;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    ClientHello.Result result = ClientHello.look(in);
    if (result.state() == ClientHello.State.INCOMPLETE) {
      begin(context);
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
    stop();
    super.channelInactive(context);
  }
}
