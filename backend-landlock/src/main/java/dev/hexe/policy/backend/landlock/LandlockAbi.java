package dev.hexe.policy.backend.landlock;

/**
 * The additions of each ABI version, beside the rights on files; see {@code
 * Documentation/userspace-api/landlock.rst}.
 */
final class LandlockAbi {
  static final String ABI = "landlock.abi";
  static final String ERRATA = "landlock.errata";

  static final long FILES = 1;
  static final long TRUNCATE = 3;
  static final long TCP = 4;
  static final long SCOPES = 6;

  /** Connecting to a Unix socket by its path takes a right. */
  static final long SOCKETS = 9;

  static final long ACCESS_NET_BIND_TCP = 1;
  static final long ACCESS_NET_CONNECT_TCP = 1 << 1;
  static final long SCOPE_ABSTRACT_UNIX_SOCKET = 1;
  static final long SCOPE_SIGNAL = 1 << 1;

  /** Flags of {@code landlock_create_ruleset(2)} that make it answer a question. */
  static final long QUERY_VERSION = 1;

  static final long QUERY_ERRATA = 1 << 1;

  private LandlockAbi() {}
}
