package dev.hexe.policy.gateway;

import dev.hexe.policy.gateway.log.Decision;
import dev.hexe.policy.gateway.policy.SpecialAddresses;
import dev.hexe.policy.gateway.policy.Verdict;
import dev.hexe.policy.gateway.share.ReadSizes;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A connection that a program in the sandbox has made. The address it was made to says what was
 * meant: a name, an address that is listed, a service of the host, or nothing that is allowed.
 */
final class Inbound extends ChannelInboundHandlerAdapter {
  private static final String TCP = "tcp";
  private static final InetAddress LOOPBACK_4 = InetAddress.getLoopbackAddress();

  private final Sandbox sandbox;
  private final Outside outside;

  Inbound(Sandbox sandbox, Outside outside) {
    this.sandbox = sandbox;
    this.outside = outside;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    DuplexChannel inner = (DuplexChannel) context.channel();
    sandbox.add(inner);
    boolean admitted = sandbox.admits(inner);
    if (!(inner.localAddress() instanceof InetSocketAddress wanted)) {
      Connections.reset(inner);
    } else if (!admitted) {
      refuse(inner, meant(wanted.getAddress()), wanted.getPort(), Sandbox.FULL);
    } else {
      decide(inner, wanted.getAddress(), wanted.getPort());
    }
  }

  private String meant(InetAddress address) {
    return sandbox.names().at(address).orElseGet(address::getHostAddress);
  }

  private void decide(DuplexChannel inner, InetAddress address, int port) {
    if (address.isLoopbackAddress()) {
      Verdict verdict = sandbox.policy().rules().loopback(TCP, port);
      connect(inner, "localhost", List.of(LOOPBACK_4, ipv6Loopback()), port, verdict);
      return;
    }
    Optional<String> name = sandbox.names().at(address);
    if (name.isPresent()) {
      named(inner, name.get(), port);
      return;
    }
    Verdict verdict = sandbox.policy().rules().address(address, TCP, port);
    if (SpecialAddresses.mayBeAsked(address)) {
      String host = address.getHostAddress();
      asked(inner, host, port, verdict, said -> literal(inner, address, port, said));
    } else {
      literal(inner, address, port, verdict);
    }
  }

  /** Goes on at once, or when somebody has said whether what is not listed is let through. */
  private void asked(
      Channel inner, String host, int port, Verdict verdict, Consumer<Verdict> then) {
    if (sandbox.policy().asks() && verdict.equals(Verdict.UNLISTED)) {
      sandbox.questions().ask(host, port, said -> goOn(inner, said, then));
    } else {
      then.accept(verdict);
    }
  }

  /** Meanwhile the client may have gone away. */
  private static void goOn(Channel inner, Verdict said, Consumer<Verdict> then) {
    if (inner.isActive()) {
      then.accept(said);
    }
  }

  private void literal(DuplexChannel inner, InetAddress address, int port, Verdict verdict) {
    if (verdict.allowed() && outside.proxies().isUsedFor(address.getHostAddress(), port)) {
      throughProxy(inner, address.getHostAddress(), port, verdict);
    } else {
      connect(inner, address.getHostAddress(), List.of(address), port, verdict);
    }
  }

  private static InetAddress ipv6Loopback() {
    return dev.hexe.policy.gateway.policy.Network.literal("::1");
  }

  private void named(DuplexChannel inner, String name, int port) {
    Verdict verdict = sandbox.policy().rules().name(name, TCP, port);
    asked(inner, name, port, verdict, said -> decided(inner, name, port, said));
  }

  private void decided(DuplexChannel inner, String name, int port, Verdict verdict) {
    if (!verdict.allowed()) {
      refuse(inner, name, port, verdict);
    } else if (outside.proxies().isUsedFor(name, port)) {
      throughProxy(inner, name, port, verdict);
    } else {
      outside
          .resolver()
          .resolve(sandbox, name, found -> resolved(inner, name, port, verdict, found));
    }
  }

  /** Checked at each connection: what a name leads to may have changed since it was answered. */
  private void resolved(DuplexChannel inner, String name, int port, Verdict verdict, Found found) {
    List<InetAddress> fit = new ArrayList<>();
    Verdict last = Verdict.refused(found.reason());
    for (InetAddress address : found.addresses()) {
      Verdict resolved = sandbox.policy().rules().resolved(address, TCP, port);
      if (resolved.allowed()) {
        fit.add(address);
      } else {
        last = resolved;
      }
    }
    connect(inner, name, fit, port, fit.isEmpty() ? last : verdict);
  }

  private void refuse(DuplexChannel inner, String host, int port, Verdict verdict) {
    sandbox.refuse(TCP, host, port, verdict);
    Connections.reset(inner);
  }

  private void connect(
      DuplexChannel inner, String host, List<InetAddress> addresses, int port, Verdict verdict) {
    if (!verdict.allowed()) {
      refuse(inner, host, port, verdict);
      return;
    }
    outside
        .dialer()
        .dial(
            new Dialer.Client(inner, sandbox),
            addresses,
            port,
            made -> dialled(inner, host, port, verdict, made));
  }

  private void dialled(
      DuplexChannel inner, String host, int port, Verdict verdict, Optional<Channel> made) {
    Optional<Verdict> objection =
        made.flatMap(outer -> ThisHost.objection(sandbox, outer, TCP, host, port));
    if (objection.isPresent()) {
      made.ifPresent(Connections::reset);
      refuse(inner, host, port, objection.get());
    } else {
      made.ifPresentOrElse(
          outer -> connected(inner, host, port, verdict, outer),
          () -> refuse(inner, host, port, Verdict.refused("nobody answers")));
    }
  }

  private void throughProxy(DuplexChannel inner, String host, int port, Verdict verdict) {
    outside
        .proxies()
        .dial(
            new Dialer.Client(inner, sandbox),
            outside,
            host,
            port,
            made -> connected(inner, host, port, verdict, made),
            why -> refuse(inner, host, port, Verdict.refused(why)));
  }

  private void connected(
      DuplexChannel inner, String host, int port, Verdict verdict, Channel made) {
    DuplexChannel outer = (DuplexChannel) made;
    sandbox.add(outer);
    if (!inner.isActive()) {
      outer.close();
      return;
    }
    Decision decision = new Decision(TCP, host, address(outer), port, verdict);
    sandbox.note(decision);
    check(inner, host, port);
    inner.pipeline().remove(this);
    outer.config().setRecvByteBufAllocator(new ReadSizes(sandbox.buffers()));
    Relay[] both = Relay.join(inner, outer, sandbox.buffers());
    Early.release(inner);
    inner
        .closeFuture()
        .addListener(closed -> sandbox.noteEnd(decision, both[0].bytes(), both[1].bytes()));
  }

  /**
   * At an address, a greeting says nothing of what was asked for, but it may name what is denied.
   */
  private void check(DuplexChannel inner, String host, int port) {
    InetAddress address = ((InetSocketAddress) inner.localAddress()).getAddress();
    boolean named = sandbox.names().at(address).isPresent();
    if (named || sandbox.policy().rules().denyNames()) {
      inner
          .pipeline()
          .addLast(
              new ServerNameCheck(
                  sandbox.buffers(), result -> objection(result, host, named, port)));
    }
  }

  private static String address(Channel outer) {
    return outer.remoteAddress() instanceof InetSocketAddress remote
        ? remote.getAddress().getHostAddress()
        : "";
  }

  /** A server of another name at the same address is another destination. */
  private Optional<String> objection(
      ClientHello.Result result, String host, boolean named, int port) {
    Optional<String> problem =
        switch (result.state()) {
          case NOT_TLS, INCOMPLETE -> Optional.empty();
          case MALFORMED -> Optional.of("its TLS greeting is malformed");
          case UNNAMED ->
              named && sandbox.policy().checkedNames()
                  ? Optional.of("its TLS greeting names no server")
                  : Optional.empty();
          case NAMED ->
              named
                  ? otherServer(result.name().orElse(""), host, port)
                  : deniedServer(result.name().orElse(""), port);
        };
    problem.ifPresent(reason -> sandbox.refuse(TCP, host, port, Verdict.refused(reason)));
    return problem;
  }

  private Optional<String> deniedServer(String server, int port) {
    return sandbox
        .policy()
        .rules()
        .denial(server, TCP, port)
        .map(denied -> "its TLS greeting names `" + server + "`: " + denied.reason());
  }

  private Optional<String> otherServer(String server, String host, int port) {
    boolean same = server.equals(host);
    return same
            || sandbox.policy().rules().name(server, TCP, port).allowed()
            || isAnswered(server, port)
        ? Optional.empty()
        : Optional.of("its TLS greeting names another server, `" + server + "`");
  }

  private boolean isAnswered(String server, int port) {
    return sandbox.policy().rules().name(server, TCP, port).equals(Verdict.UNLISTED)
        && sandbox.questions().isAllowed(server, port);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Connections.reset(context.channel());
  }
}
