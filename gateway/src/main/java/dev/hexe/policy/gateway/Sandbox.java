package dev.hexe.policy.gateway;

import dev.hexe.policy.gateway.log.Decision;
import dev.hexe.policy.gateway.log.DecisionLine;
import dev.hexe.policy.gateway.log.DecisionLog;
import dev.hexe.policy.gateway.policy.Policy;
import dev.hexe.policy.gateway.policy.Verdict;
import dev.hexe.policy.gateway.share.Buffers;
import dev.hexe.policy.gateway.share.Capacity;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.EventExecutor;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** One sandbox: its policy, all that is open for it, and what it has used up. */
final class Sandbox {
  /** So many at a time, where others leave as many; no other sandbox suffers. */
  static final int MOST_CONNECTIONS = 1024;

  /** Names that are being looked up at a time. */
  static final int MOST_LOOKUPS = 64;

  /** Of a connection that {@link #admits} does not admit. */
  static final Verdict FULL = Verdict.refused("there are too many connections at a time");

  private static final int MOST_REMEMBERED = 4096;

  private final Policy policy;
  private final Names names;
  private final Channel control;
  private final DecisionLog log;
  private final ChannelGroup channels;
  private final Buffers buffers;
  private final Set<Decision> remembered = new HashSet<>();
  private final Questions questions;
  private final Capacity capacity;
  private int connections;
  private int lookups;

  Sandbox(
      Policy policy,
      Channel control,
      DecisionLog log,
      EventExecutor executor,
      Buffers buffers,
      Capacity capacity) {
    this.policy = policy;
    this.control = control;
    this.log = log;
    this.buffers = buffers;
    this.capacity = capacity;
    names = new Names(policy.addresses());
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
    return buffers;
  }

  /** Remembers something that ends with the sandbox. */
  void add(Channel channel) {
    channels.add(channel);
  }

  void close() {
    channels.close();
  }

  /** Whether there may be one more connection; it is counted until it ends. */
  boolean admits(Channel channel) {
    if (connections >= MOST_CONNECTIONS || !capacity.admits(connections)) {
      return false;
    }
    connections++;
    capacity.take(Capacity.CONNECTION);
    channel.closeFuture().addListener(closed -> ended());
    return true;
  }

  private void ended() {
    connections--;
    capacity.giveBack(Capacity.CONNECTION);
  }

  boolean mayLookUp() {
    return lookups < MOST_LOOKUPS;
  }

  boolean beginsLookup() {
    if (!mayLookUp()) {
      return false;
    }
    lookups++;
    return true;
  }

  void endsLookup() {
    lookups--;
  }

  /** Writes a decision down, each of its kind once. */
  void note(Decision decision) {
    if (policy.logging().equals("none")) {
      return;
    }
    boolean all = policy.logging().equals("connections");
    boolean isNew = remembered.size() < MOST_REMEMBERED && remembered.add(decision);
    if (isNew || (all && remembered.contains(decision))) {
      publish(DecisionLine.of(policy, decision));
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
