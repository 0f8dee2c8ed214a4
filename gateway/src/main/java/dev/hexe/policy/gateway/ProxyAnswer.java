package dev.hexe.policy.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Waits for what a proxy says to {@code CONNECT}, and goes away when it agrees. It does not wait
 * for longer than the client, with which the connection is not counted any more.
 */
final class ProxyAnswer extends ByteToMessageDecoder {
  private static final int LONGEST = 16 << 10;
  private static final int PATIENCE_SECONDS = 30;

  private static final int LONGEST_SHOWN = 60;

  /** What a proxy says first; {@code 2} begins what agrees. */
  private static final Pattern STATUS =
      Pattern.compile("HTTP/1\\.[01] (?<status>\\d\\d\\d(?: [^\r\n]*)?)\r\n");

  private final Channel client;
  private final Consumer<Channel> agreed;
  private final Consumer<String> refused;
  private boolean answered;
  private @Nullable ScheduledFuture<?> deadline;

  ProxyAnswer(Channel client, Consumer<Channel> agreed, Consumer<String> refused) {
    this.client = client;
    this.agreed = agreed;
    this.refused = refused;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    deadline =
        context
            .executor()
            .schedule(
                () -> fail(context, "the proxy does not answer"),
                PATIENCE_SECONDS,
                TimeUnit.SECONDS);
    client.closeFuture().addListener(closed -> abandon(context));
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    String text = in.toString(StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0 && text.length() < LONGEST) {
      context.read();
      return;
    }
    Matcher first = STATUS.matcher(text);
    boolean isStatus = first.lookingAt();
    if (end < 0 || !isStatus || !first.group("status").startsWith("2")) {
      in.skipBytes(in.readableBytes());
      fail(context, isStatus ? answer(first) : "the proxy does not speak HTTP");
    } else if (!answered) {
      answered = true;
      in.skipBytes(end + 4);
      agreed.accept(context.channel());
      context.pipeline().remove(this);
    }
  }

  private static String answer(Matcher first) {
    String status = first.group("status");
    return "the proxy answers `"
        + status.substring(0, Math.min(LONGEST_SHOWN, status.length()))
        + "`";
  }

  private void fail(ChannelHandlerContext context, String why) {
    if (!answered) {
      answered = true;
      context.close();
      refused.accept(why);
    }
  }

  /** There is nobody to tell. */
  private void abandon(ChannelHandlerContext context) {
    if (!answered) {
      answered = true;
      context.close();
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
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(context, "the proxy breaks the connection off");
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    fail(context, "the proxy ends the connection");
    stop();
    super.channelInactive(context);
  }
}
