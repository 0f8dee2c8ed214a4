package dev.hexe.policy.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.dns.DefaultDnsRecordEncoder;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;

/**
 * Records that do not repeat the name that was asked for but point to it: with it, the answer about
 * a long name would have more than the 512 bytes that small resolvers take.
 */
final class ShortRecords extends DefaultDnsRecordEncoder {
  /** A name that begins where the question's does, which is behind the head of a message. */
  private static final int NAME_OF_QUESTION = 0xc000 | 12;

  @Override
  public void encodeRecord(DnsRecord record, ByteBuf out) throws Exception {
    if (record instanceof DnsRawRecord raw) {
      out.writeShort(NAME_OF_QUESTION);
      out.writeShort(raw.type().intValue());
      out.writeShort(raw.dnsClass());
      out.writeInt((int) raw.timeToLive());
      out.writeShort(raw.content().readableBytes());
      out.writeBytes(raw.content(), raw.content().readerIndex(), raw.content().readableBytes());
    } else {
      super.encodeRecord(record, out);
    }
  }
}
