package dev.hexe.policy.gateway;

import dev.hexe.policy.gateway.log.Decision;
import dev.hexe.policy.gateway.log.DecisionLine;
import dev.hexe.policy.gateway.log.DecisionLog;
import dev.hexe.policy.gateway.log.Remembered;
import dev.hexe.policy.gateway.policy.Policy;
import dev.hexe.policy.gateway.policy.Verdict;
import dev.hexe.policy.gateway.share.Buffers;
import dev.hexe.policy.gateway.share.Capacity;
import dev.hexe.policy.gateway.share.Share;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.EventExecutor;
import java.nio.charset.StandardCharsets;

/** One sandbox: its policy, all that is open for it, and what it has used up. */
final class Sandbox {
  /** So many at a time, where others leave as many; no other sandbox suffers. */
  static final int MOST_CONNECTIONS = 1024;

  /** Of a connection that {@link #admits} does not admit. */
  static final Verdict FULL = Verdict.refused("there are too many connections at a time");

  /** Said once, so that nobody takes the log for complete; it is about no host. */
  private static final Decision UNWRITTEN =
      new Decision(
          "name",
          "*",
          "",
          0,
          Verdict.refused(
              "so much was refused already that what else is refused is not written down"));

  private final Policy policy;
  private final Names names;
  private final Channel control;
  private final DecisionLog log;
  private final ChannelGroup channels;
  private final Share share;
  private final Remembered remembered;
  private final Questions questions;
  private boolean isIncomplete;
  private final Lookups lookups = new Lookups();
  private int connections;

  Sandbox(Policy policy, Channel control, DecisionLog log, EventExecutor executor, Share share) {
    this.policy = policy;
    this.control = control;
    this.log = log;
    this.share = share;
    names = new Names(policy.addresses(), share.memory());
    remembered = new Remembered(share.memory());
    channels = new DefaultChannelGroup(executor, true);
    questions = new Questions(this::send);
  }

  Policy policy() {
    return policy;
  }

  Names names() {
    return names;
  }

  /** What somebody is asked; only where the policy says so. */
  Questions questions() {
    return questions;
  }

  Buffers buffers() {
    return share.buffers();
  }

  /** Remembers something that ends with the sandbox. */
  void add(Channel channel) {
    channels.add(channel);
  }

  void close() {
    channels.close();
    share.memory().end();
  }

  /** Whether there may be one more connection; it is counted until it ends. */
  boolean admits(Channel channel) {
    boolean admitted = takeConnection();
    if (admitted) {
      channel.closeFuture().addListener(closed -> endConnection());
    }
    return admitted;
  }

  /** Counts one more connection, if there may be one. */
  boolean takeConnection() {
    if (connections >= MOST_CONNECTIONS || !share.capacity().admits(connections)) {
      return false;
    }
    connections++;
    share.capacity().take(Capacity.CONNECTION);
    return true;
  }

  /** Of those that were counted. */
  void endConnection() {
    connections--;
    share.capacity().giveBack(Capacity.CONNECTION);
    share.heap().connectionEnded();
  }

  Lookups lookups() {
    return lookups;
  }

  /** Writes a decision down, each of its kind once; what was allowed rather twice than never. */
  void note(Decision decision) {
    if (policy.logging().equals("none")) {
      return;
    }
    Remembered.State state = remembered.take(decision);
    boolean isUnkept = state == Remembered.State.UNKEPT;
    if (state == Remembered.State.NEW
        || policy.logging().equals("connections")
        || (isUnkept && decision.verdict().allowed())) {
      publish(DecisionLine.of(policy, decision));
    } else if (isUnkept && !isIncomplete) {
      isIncomplete = true;
      publish(DecisionLine.of(policy, UNWRITTEN));
    }
  }

  /** Writes down how much went over a connection. */
  void noteEnd(Decision decision, long sent, long received) {
    if (policy.logging().equals("connections")) {
      publish(DecisionLine.of(policy, decision, sent, received));
    }
  }

  void refuse(String protocol, String host, int port, Verdict verdict) {
    note(new Decision(protocol, host, "", port, verdict));
  }

  /** To the file, and to those who watch the sandbox unless they are slow. */
  private void publish(String line) {
    log.write(line);
    send(line);
  }

  private boolean send(String line) {
    boolean ready = control.isActive() && control.isWritable();
    if (ready) {
      control.writeAndFlush(Unpooled.copiedBuffer(line, StandardCharsets.UTF_8));
    }
    return ready;
  }
}
