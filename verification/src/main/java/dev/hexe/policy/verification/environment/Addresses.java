package dev.hexe.policy.verification.environment;

import java.net.InetAddress;

/** Kinds of addresses. */
public final class Addresses {
  private static final int UNIQUE_LOCAL = 0xfc;
  private static final int SHARED = 100;

  private Addresses() {}

  /** Whether it is of this host, of its neighbours or of its cloud, and none of the Internet. */
  public static boolean isSpecial(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean isLocal6 = bytes.length > 4 && (bytes[0] & 0xfe) == UNIQUE_LOCAL;
    boolean isShared = bytes.length == 4 && bytes[0] == SHARED && (bytes[1] & 0xc0) == 0x40;
    return isLocal6
        || isShared
        || address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress();
  }
}
