package dev.hexe.policy.gateway;

import dev.hexe.policy.gateway.policy.Verdict;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuery;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Answers names. One that is allowed, and exists outside, gets the addresses that stand for it;
 * every other one does not exist. Nothing of what is asked goes any further unless it is allowed.
 */
final class NameService {
  private static final int LIFE_SECONDS = 30;
  private static final int LONGEST_NAME = 253;

  private final Sandbox sandbox;
  private final Outside outside;

  NameService(Sandbox sandbox, Outside outside) {
    this.sandbox = sandbox;
    this.outside = outside;
  }

  /** Fills in an answer, now or later, and passes it on. */
  <R extends DnsResponse> void answer(DnsQuery query, R response, Consumer<R> then) {
    response.setRecursionAvailable(true);
    response.setRecursionDesired(query.isRecursionDesired());
    DnsQuestion question =
        query.count(DnsSection.QUESTION) == 1 ? query.recordAt(DnsSection.QUESTION) : null;
    if (question == null || query.opCode().byteValue() != 0) {
      response.setCode(DnsResponseCode.NOTIMP);
      then.accept(response);
      return;
    }
    response.addRecord(DnsSection.QUESTION, question);
    String name = canonical(question.name());
    if (isLocal(name)) {
      local(question, response);
      then.accept(response);
      return;
    }
    Verdict verdict =
        isName(name) ? sandbox.policy().rules().name(name) : Verdict.refused("not a name");
    if (verdict.equals(Verdict.UNLISTED) && isAskedLater()) {
      addresses(name, question, response);
      then.accept(response);
      return;
    }
    if (!verdict.allowed()) {
      if (verdict.equals(Verdict.UNLISTED) && sandbox.policy().asks()) {
        sandbox.questions().remarkOnce(name);
      }
      sandbox.refuse("name", name, 0, verdict);
      response.setCode(DnsResponseCode.NXDOMAIN);
      then.accept(response);
      return;
    }
    allowed(name, question, response, then);
  }

  /** Whoever connects is asked about; until then nothing of the name leaves the sandbox. */
  private boolean isAskedLater() {
    return sandbox.policy().asks() && sandbox.questions().mayAsk();
  }

  private <R extends DnsResponse> void allowed(
      String name, DnsQuestion question, R response, Consumer<R> then) {
    if (outside.proxies().isUsedFor(name)) {
      addresses(name, question, response);
      then.accept(response);
      return;
    }
    if (!sandbox.lookups().admit(name)) { // which says nothing of the name
      sandbox.refuse("name", name, 0, Verdict.refused("too many names are being looked up"));
      response.setCode(DnsResponseCode.SERVFAIL);
      then.accept(response);
      return;
    }
    outside
        .resolver()
        .resolve(
            sandbox,
            name,
            found -> {
              if (found.addresses().isEmpty()) {
                sandbox.refuse("name", name, 0, Verdict.refused(found.reason()));
                response.setCode(
                    found.known() ? DnsResponseCode.NXDOMAIN : DnsResponseCode.SERVFAIL);
              } else {
                addresses(name, question, response);
              }
              then.accept(response);
            });
  }

  private void addresses(String name, DnsQuestion question, DnsResponse response) {
    Optional<java.util.List<InetAddress>> both = sandbox.names().of(name);
    if (both.isEmpty()) {
      sandbox.refuse("name", name, 0, Verdict.refused("there are no more addresses for names"));
      response.setCode(DnsResponseCode.SERVFAIL);
      return;
    }
    address(question, response, both.get().get(0), both.get().get(1));
  }

  private static void local(DnsQuestion question, DnsResponse response) {
    address(
        question,
        response,
        InetAddress.getLoopbackAddress(),
        dev.hexe.policy.gateway.policy.Network.literal("::1"));
  }

  /** Of other types there are no records, which is not the same as that there is no such name. */
  private static void address(
      DnsQuestion question, DnsResponse response, InetAddress ipv4, InetAddress ipv6) {
    if (question.type().equals(DnsRecordType.A)) {
      add(question, response, ipv4);
    } else if (question.type().equals(DnsRecordType.AAAA)) {
      add(question, response, ipv6);
    }
  }

  private static void add(DnsQuestion question, DnsResponse response, InetAddress address) {
    ByteBuf bytes = Unpooled.wrappedBuffer(address.getAddress());
    response.addRecord(
        DnsSection.ANSWER,
        new DefaultDnsRawRecord(question.name(), question.type(), LIFE_SECONDS, bytes));
  }

  private static String canonical(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static boolean isLocal(String name) {
    return name.equals("localhost") || name.endsWith(".localhost");
  }

  /** What goes to the host's resolver is a plain name, whatever bytes a query may hold. */
  static boolean isName(String name) {
    return name.length() <= LONGEST_NAME
        && name.matches("[a-z0-9_]([a-z0-9_-]{0,62})?(\\.[a-z0-9_]([a-z0-9_-]{0,62})?)*")
        && !name.matches("(.*\\.)?([0-9]+|0x[0-9a-f]*)");
  }
}
