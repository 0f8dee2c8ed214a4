package dev.hexe.policy.api.network;

/** The host of a {@link Destination}. */
public sealed interface DestinationHost {
  /** As it stands in a policy for the gateway: lower case, ASCII, without a trailing dot. */
  String text();

  /**
   * A host with a name in the domain name system.
   *
   * @param name lower case, in ASCII, without a trailing dot
   */
  record Name(String name) implements DestinationHost {
    @Override
    public String text() {
      return name;
    }
  }

  /**
   * All hosts below a domain, but not the domain itself.
   *
   * @param domain as a {@link Name}; empty for all names there are
   */
  record Below(String domain) implements DestinationHost {
    @Override
    public String text() {
      return domain.isEmpty() ? "*" : "*." + domain;
    }
  }

  /**
   * Addresses.
   *
   * @param address the first one, in its usual notation
   * @param prefix how many bits of it count
   * @param version 4 or 6
   */
  record Network(String address, int prefix, int version) implements DestinationHost {
    @Override
    public String text() {
      return address + "/" + prefix;
    }

    /** Whether it is a single address. */
    public boolean isSingle() {
      return prefix == (version == 4 ? 32 : 128);
    }
  }

  /** The loopback interface of the host itself. */
  record Loopback() implements DestinationHost {
    @Override
    public String text() {
      return "localhost";
    }
  }
}
