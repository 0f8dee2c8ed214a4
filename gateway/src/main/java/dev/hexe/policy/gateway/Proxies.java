package dev.hexe.policy.gateway;

import dev.hexe.policy.gateway.policy.ProxyExceptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that the caller's own environment names, {@code http://[USER:PASSWORD@]HOST[:PORT]}. It
 * resolves names by itself, so what they lead to is its affair.
 */
final class Proxies {
  private static final int USUAL_PORT = 8080;

  private final Optional<URI> proxy;
  private final ProxyExceptions exceptions;

  /**
   * Of the caller's variables.
   *
   * @throws IllegalArgumentException where one names a proxy of another kind: whoever wants a proxy
   *     is not to be seen without it
   */
  Proxies(Map<String, String> variables) {
    proxy =
        first(variables, "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
            .map(name -> uri(name, variables.get(name)));
    exceptions =
        new ProxyExceptions(
            first(variables, "no_proxy", "NO_PROXY").map(variables::get).orElse(""));
  }

  private static Optional<String> first(Map<String, String> variables, String... names) {
    return Arrays.stream(names).filter(variables::containsKey).findFirst();
  }

  /** Nothing of the value is repeated, which may hold a password. */
  private static URI uri(String name, @Nullable String text) {
    try {
      URI uri = URI.create(String.valueOf(text).contains("://") ? text : "http://" + text);
      if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // the same
    }
    throw new IllegalArgumentException(
        "`%s` names no proxy of the form http://[USER:PASSWORD@]HOST[:PORT], the only one that is used; `env -u %s hexe-policy …` goes without"
            .formatted(name, name));
  }

  /** Whether a host is reached through it, at some port at least. */
  boolean isUsedFor(String host) {
    return isUsedFor(host, ProxyExceptions.ANY_PORT);
  }

  /** Whether a host is reached through it at this port. */
  boolean isUsedFor(String host, int port) {
    return proxy.isPresent() && !exceptions.hold(host, port);
  }

  /** Connects through it, or says why it does not. */
  void dial(
      Dialer.Client client,
      Outside outside,
      String host,
      int port,
      Consumer<Channel> connected,
      Consumer<String> refused) {
    URI uri = proxy.orElseThrow();
    int at = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
    Consumer<Optional<Channel>> made =
        channel ->
            channel.ifPresentOrElse(
                found -> ask(client, found, host, port, connected, refused),
                () -> refused.accept("the proxy cannot be reached"));
    outside
        .resolver()
        .resolve(
            client.sandbox(),
            uri.getHost(),
            found -> outside.dialer().dial(client, found.addresses(), at, made));
  }

  private void ask(
      Dialer.Client client,
      Channel channel,
      String host,
      int port,
      Consumer<Channel> connected,
      Consumer<String> refused) {
    channel.pipeline().addLast(new ProxyAnswer(client.channel(), connected, refused));
    channel.writeAndFlush(request(host, port));
    channel.read();
  }

  private ByteBuf request(String host, int port) {
    String target = (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    String credentials =
        proxy
            .map(URI::getUserInfo)
            .map(user -> Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)))
            .map(text -> "Proxy-Authorization: Basic " + text + "\r\n")
            .orElse("");
    return Unpooled.copiedBuffer(
        "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n" + credentials + "\r\n",
        StandardCharsets.US_ASCII);
  }
}
