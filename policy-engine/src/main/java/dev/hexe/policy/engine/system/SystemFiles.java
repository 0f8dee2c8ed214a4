package dev.hexe.policy.engine.system;

import java.util.List;

/**
 * System files that some hosts keep elsewhere and reach through a symlink. A profile that lists the
 * tree with the symlink means what it leads to; no other symlink is followed out of what is listed.
 *
 * @param reason why they are followed, in words that follow a path
 * @param paths of one kind
 */
record SystemFiles(String reason, List<String> paths) {
  private static final SystemFiles NAMES =
      of(
          "names of hosts are looked up with it",
          "/etc/resolv.conf",
          "/etc/hosts",
          "/etc/nsswitch.conf",
          "/etc/host.conf",
          "/etc/gai.conf",
          "/etc/services",
          "/etc/protocols");

  private static final SystemFiles USERS =
      of("users and groups have their names from it", "/etc/passwd", "/etc/group");

  private static final SystemFiles CERTIFICATES =
      of(
          "servers are recognized by it",
          "/etc/ssl/certs",
          "/etc/ssl/certs/ca-certificates.crt",
          "/etc/ssl/certs/ca-bundle.crt",
          "/etc/ssl/certs/java",
          "/etc/ssl/certs/java/cacerts",
          "/etc/ssl/ca-bundle.pem",
          "/etc/ssl/cert.pem",
          "/etc/ssl/openssl.cnf",
          "/etc/pki/ca-trust/extracted",
          "/etc/pki/java/cacerts",
          "/etc/pki/tls/certs",
          "/etc/pki/tls/certs/ca-bundle.crt",
          "/etc/pki/tls/cert.pem",
          "/etc/ca-certificates/extracted",
          "/etc/crypto-policies");

  private static final SystemFiles TIME =
      of("the time zone is in it", "/etc/localtime", "/etc/timezone", "/etc/zoneinfo");

  private static final SystemFiles ALTERNATIVES =
      of("programs are chosen by it", "/etc/alternatives");

  private static final SystemFiles MACHINE =
      of("it says which machine and system this is", "/etc/machine-id", "/etc/os-release");

  private static final SystemFiles LOADER =
      of("libraries are found with it", "/etc/ld.so.cache", "/etc/ld.so.conf");

  private static final SystemFiles SETTINGS =
      of(
          "programs have their settings from it",
          "/etc/fonts",
          "/etc/terminfo",
          "/etc/locale.conf",
          "/etc/profile",
          "/etc/bash.bashrc",
          "/etc/bashrc",
          "/etc/gitconfig",
          "/etc/inputrc",
          "/etc/mime.types",
          "/etc/ssh/ssh_config",
          "/etc/ssh/ssh_config.d",
          "/etc/ssh/ssh_known_hosts",
          "/etc/xdg");

  private static final SystemFiles CATALOGS =
      of("it lists the document types there are", "/etc/sgml/catalog", "/etc/xml/catalog");

  private static final SystemFiles LOCAL =
      of("programs that this host has of its own are in it", "/usr/local");

  /** All there are. */
  static final List<SystemFiles> ALL =
      List.of(
          NAMES,
          USERS,
          CERTIFICATES,
          TIME,
          ALTERNATIVES,
          MACHINE,
          LOADER,
          SETTINGS,
          CATALOGS,
          LOCAL);

  /** A directory whose entries are symlinks that an administrator chooses. */
  static final String CHOICES = "/etc/alternatives";

  /** Copies the list. */
  SystemFiles {
    paths = List.copyOf(paths);
  }

  /** Why a choice is followed. */
  static String reasonForChoices() {
    return ALTERNATIVES.reason();
  }

  private static SystemFiles of(String reason, String... paths) {
    return new SystemFiles(reason, List.of(paths));
  }
}
