package dev.hexe.policy.importers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.importers.draft.DraftYaml;
import dev.hexe.policy.importers.report.Outcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Settings of sandbox-runtime, container files, units and configurations of nsjail. */
class OtherImportsTest {
  @Test
  void settingsOfSandboxRuntimeAreCarried() {
    Imports.of(
            Kind.SRT,
            """
            {"network": {"allowedDomains": ["github.com", "*.example.org"], "deniedDomains": ["bad.example.org"]},
             "filesystem": {"denyRead": ["~/.ssh", "**/*.pem"], "allowWrite": [".", "src/", "/tmp", "~/out/**"], "denyWrite": [".env"]},
             "ignoreViolations": {}}
            """)
        .says(
            "unlisted: allowed",
            "read-only: [/]",
            "write: [\"${CWD}\"]",
            "write-if-present: [/tmp, \"~/out\"]",
            "hide: [\"~/.ssh\"]",
            "protect: [default, \"${CWD}/.env\"]",
            "allow: [github.com, \"*.example.org\"]",
            "deny: [bad.example.org]",
            "\"socket(0 == 1):EAFNOSUPPORT\"")
        .reports(Outcome.NOT_CARRIED, "**/*.pem", "a pattern")
        .reports(Outcome.NOT_CARRIED, "ignoreViolations", "why")
        .load();
    Imports.of(Kind.SRT, "{\"filesystem\": {\"allowWrite\": []}}").says("network: none").load();
  }

  @Test
  void nothingThatContradictsItselfIsMadeOfSettings() {
    Imports.of(
            Kind.SRT,
            """
            {"network": {"allowedDomains": ["127.0.0.1", "192.0.2.7", "localhost", "a.example"]},
             "filesystem": {"allowWrite": [".", "~/.cache/uv"], "allowRead": [".", "~/.cache/uv", "~/r"],
                            "denyRead": ["~/s"]}}
            """)
        .says("192.0.2.7:80", "192.0.2.7:443", "a.example")
        .says("write-if-present: [\"~/.cache/uv\"]", "read-if-present: [\"~/r\"]")
        .saysNot("127.0.0.1")
        .reports(Outcome.NOT_CARRIED, "127.0.0.1", "loopback")
        .load();
  }

  @Test
  void whatMayOnlyBeReadIsNotWritten() {
    Imports.of(
            Kind.SYSTEMD,
            "[Service]\nDeviceAllow=/dev/sda r\nDeviceAllow=/dev/kvm rw\nDeviceAllow=/dev/snd\n")
        .says("read-if-present: [/dev/sda]", "write-if-present: [/dev/kvm, /dev/snd]")
        .load();
    Imports.of(
            Kind.NSJAIL,
            """
            mount { src: "/dev/shm" dst: "/dev/shm" is_bind: true }
            mount { src: "/dev/dri" dst: "/dev/dri" is_bind: true }
            """)
        .says("read: [/dev/shm]", "write: [/dev/dri]");
  }

  @Test
  void callsThatOtherSettingsDenyMakeNoListOfDeniedOnes() {
    Imports.of(
            Kind.SYSTEMD,
            """
            [Service]
            MemoryDenyWriteExecute=true
            LockPersonality=true
            SystemCallFilter=@system-service
            SystemCallFilter=~ @privileged @resources
            """)
        .says("allow: [\"@system-service\"]", "\"@privileged\"", "personality", "mmap(2 & 6 == 6)")
        .losesNothing()
        .load();
    Imports.of(
            Kind.SYSTEMD,
            """
            [Service]
            LockPersonality=true
            SystemCallFilter=~@clock ptrace
            SystemCallFilter=ptrace
            SystemCallFilter=adjtimex
            """)
        .says("\"@clock\"", "personality")
        .saysNot("ptrace]")
        .saysNot("allow: [")
        .reports(Outcome.NOT_CARRIED, "SystemCallFilter=adjtimex", "a group")
        .load();
    Imports.of(
            Kind.SYSTEMD,
            "[Service]\nLockPersonality=true\nSystemCallFilter=~ptrace\nSystemCallFilter=\n")
        .says("personality")
        .saysNot("ptrace]")
        .load();
  }

  @Test
  void aServiceOfAnotherUserThanRootHasAmbientCapabilitiesAlone() {
    Imports.of(Kind.SYSTEMD, "[Service]\nUser=web\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n")
        .says("capabilities: [net_bind_service]")
        .load();
    Imports.of(Kind.SYSTEMD, "[Service]\nCapabilityBoundingSet=CAP_CHOWN CAP_KILL\nUser=web\n")
        .says("capabilities: none")
        .load();
    Imports.of(
            Kind.SYSTEMD,
            """
            [Service]
            DynamicUser=yes
            AmbientCapabilities=CAP_SYS_ADMIN CAP_KILL CAP_CHOWN CAP_NICE
            CapabilityBoundingSet=~CAP_CHOWN
            """)
        .says("capabilities: [kill]")
        .reports(Outcome.NOT_CARRIED, "AmbientCapabilities=CAP_SYS_ADMIN", "undone")
        .reports(Outcome.NOT_CARRIED, "AmbientCapabilities=CAP_SYS_ADMIN", "no such capability")
        .load();
    Imports.of(Kind.SYSTEMD, "[Service]\nUser=root\nAmbientCapabilities=CAP_KILL\n")
        .says("capabilities: keep")
        .load();
    Imports.of(Kind.SYSTEMD, "[Service]\nCapabilityBoundingSet=CAP_CHOWN\n")
        .says("capabilities: [chown]")
        .load();
  }

  @ParameterizedTest
  @CsvSource({"7027,027", "0022,022", "22,022", "0,000"})
  void aMaskHasTheBitsThatTheKernelKnows(String written, String mask) {
    Imports.of(Kind.SYSTEMD, "[Service]\nUMask=" + written + "\n")
        .says("umask: " + mask)
        .losesNothing()
        .load();
  }

  @Test
  void aKeyThatSeveralServicesHaveIsReportedAtItsOwnLine() {
    Imported imported =
        Imports.of(
                Kind.COMPOSE,
                """
                x-common: &common
                  stop_signal: INT
                volumes:
                  image: {}
                services:
                  image:
                    image: one
                  two:
                    <<: *common
                    environment:
                      image: three
                    image: two
                """)
            .imported();
    List<String> places =
        imported.report().of(Outcome.NOT_CARRIED).stream()
            .map(it -> it.place().line() + " " + it.statement())
            .toList();
    assertTrue(
        places.containsAll(
            List.of(
                "7 image.image: one", "12 two.image: two", "2 two.stop_signal: INT", "3 volumes")),
        places.toString());
  }

  @Test
  void timeToEndIsNothingWithoutALimitOnTime() {
    Imports.of(Kind.SYSTEMD, "[Service]\nTimeoutStopSec=60\n")
        .saysNot("grace")
        .reports(Outcome.NOT_CARRIED, "TimeoutStopSec=60", "limits.time")
        .load();
    Imports.of(Kind.SYSTEMD, "[Service]\nTimeoutStopSec=60\nRuntimeMaxSec=1h\n")
        .says("time: 1h", "grace: 60s")
        .losesNothing()
        .load();
  }

  @ParameterizedTest
  @CsvSource({"1.5G,1536M", "0.5g,512M", "512m,512M", "2gb,2G"})
  void sizesMayHaveFractions(String written, String limit) {
    Imported imported =
        Imports.of(
                Kind.COMPOSE, "services:\n  a:\n    image: i\n    mem_limit: \"" + written + "\"\n")
            .load()
            .imported();
    assertTrue(
        imported.files().values().stream()
            .anyMatch(it -> DraftYaml.of(it).contains("memory: " + limit)),
        () -> imported.report().notes().toString());
  }

  @Test
  void aSwitchIsOnHoweverItIsSpelt() {
    Imports.of(
            Kind.SYSTEMD,
            "[Service]\nPrivateTmp=True\nPrivateNetwork=ON\nPrivateDevices=y\nProtectHome=t\nPrivateIPC=connected\nRestrictNamespaces=No\nProtectClock=off\n")
        .says("tmp: {private: 1G}", "network: none", "devices: minimal", "/home", "ipc: private")
        .saysNot("user-namespaces")
        .saysNot("@clock")
        .load();
  }

  @Test
  void severalLinesOfFamiliesMakeOneList() {
    Imports.of(
            Kind.SYSTEMD,
            "[Service]\nRestrictAddressFamilies=AF_UNIX\nRestrictAddressFamilies=AF_INET AF_INET6\nRestrictAddressFamilies=~AF_INET6\n")
        .says("\"socket(0 == 10):EAFNOSUPPORT\"", "\"socket(0 == 16):EAFNOSUPPORT\"")
        .saysNot("socket(0 == 1)")
        .saysNot("socket(0 == 2)")
        .load();
    Imports.of(Kind.SYSTEMD, "[Service]\nRestrictAddressFamilies=none\n")
        .says("\"socket(0 == 1):EAFNOSUPPORT\"")
        .load();
    Imports.of(Kind.SYSTEMD, "[Service]\nRestrictAddressFamilies=~AF_PACKET\n")
        .says("deny: [\"socket(0 == 17):EAFNOSUPPORT\"]")
        .load();
  }

  @Test
  void whatAFileSystemInMemoryForbidsIsCarried() {
    Imports.of(Kind.SYSTEMD, "[Service]\nTemporaryFileSystem=/srv/t:ro,noexec,size=1M\n")
        .says("{at: /srv/t, size: 1M}", "read-only: [/srv/t]", "no-execute: [/srv/t]")
        .load();
  }

  @Test
  void limitsThatDependOnOtherFieldsOfNsjailAreCarriedOrReported() {
    Imports.of(
            Kind.NSJAIL,
            "max_cpus: 2\nrlimit_nproc: 50\nrlimit_nproc_type: VALUE\nrlimit_stack: 16\nmount { dst: \"/tmp\" fstype: \"tmpfs\" rw: true }")
        .says("cpu: 2", "pids: 50")
        .reports(Outcome.APPROXIMATED, "max_cpus: 2", "limits.cpu")
        .reports(Outcome.APPROXIMATED, "rlimit_nproc: 50", "limits.pids")
        .reports(Outcome.REPLACED, "rlimit_stack: 16", "rlimit_stack_type: VALUE")
        .load();
    Imports.of(Kind.NSJAIL, "max_cpus: 2\ncgroup_cpu_ms_per_sec: 500\nclone_newnet: true")
        .says("cpu: 50%")
        .load();
  }

  @Test
  void aUnitsSandboxIsCarried() {
    Imports.of(
            Kind.SYSTEMD,
            """
            [Unit]
            Description=a test
            [Service]
            ExecStart=-/usr/bin/thing --all \\
              # in between
              "a b"
            User=thing
            ProtectSystem=full
            ProtectHome=yes
            PrivateTmp=yes
            PrivateDevices=yes
            PrivateNetwork=yes
            ReadWritePaths=/srv/a -/srv/b %S/x %i
            InaccessiblePaths=/opt
            TemporaryFileSystem=/srv/t:size=10M
            BindReadOnlyPaths=/srv/a:/srv/c
            CapabilityBoundingSet=CAP_NET_BIND_SERVICE CAP_CHOWN
            SystemCallFilter=@system-service
            SystemCallFilter=~@mount no_such_call
            SystemCallErrorNumber=ENOSYS
            RestrictAddressFamilies=AF_UNIX AF_INET
            RestrictNamespaces=yes
            MemoryDenyWriteExecute=yes
            ProtectClock=yes
            MemoryMax=512M
            TasksMax=10
            CPUQuota=50%
            RuntimeMaxSec=5min
            LimitNOFILE=100:200
            Environment="A=b c" D=e
            Restart=always
            """)
        .says(
            "read-if-present: [/usr, /boot, /efi, /etc]",
            "/run/user",
            "tmp: {private: 1G}",
            "devices: minimal",
            "network: none",
            "write-if-present: [/srv/a, /srv/b, /var/lib/x]",
            "tmpfs: [{at: /srv/t, size: 10M}]",
            "{from: /srv/a, to: /srv/c}",
            "capabilities: none",
            "allow: [\"@system-service\"]",
            "\"@mount\"",
            "otherwise: ENOSYS",
            "user-namespaces: none",
            "memory: 512M",
            "pids: 10",
            "cpu: 50%",
            "time: 5m",
            "{nofile: 200}",
            "A: \"b c\"")
        .reports(Outcome.NOT_CARRIED, "ReadWritePaths", "`%i`")
        .reports(Outcome.NOT_CARRIED, "no_such_call", "no such system calls")
        .reports(Outcome.NOT_CARRIED, "Restart=always", "starting the service")
        .reports(Outcome.APPROXIMATED, "User=thing", "whoever starts it")
        .load();
  }

  @Test
  void aConfigurationOfNsjailMayBeJson() {
    Imports imports =
        Imports.of(
                Kind.NSJAIL,
                """
                {"hostname": "JAILED", "timeLimit": 100, "envar": ["A=b", "TERM"], "rlimit_nofile": 64,
                 "mount": [{"src": "/usr", "dst": "/usr", "isBind": true},
                           {"src": "/", "dst": "/proc/no/link", "isSymlink": true}],
                 "execBin": {"path": "/bin/sh", "arg": ["-c", "id"]}}
                """)
            .says("hostname: JAILED", "time: 100s", "keep: [TERM]", "nofile: 64", "read: [/usr]")
            .reports(Outcome.NOT_CARRIED, "/proc/no/link", "made by the kernel")
            .load();
    assertEquals(List.of("/bin/sh", "-c", "id"), imports.imported().command());
    assertThrows(ImportException.class, () -> Imports.of(Kind.NSJAIL, "{\"mount\": "));
  }

  @Test
  void aConfigurationOfNsjailIsCarried() {
    Imports imports =
        Imports.of(
                Kind.NSJAIL,
                """
                name: "test" # comment
                hostname: "JAILED"
                cwd: "/"
                time_limit: 100
                keep_env: false
                envar: "A=b" envar: "TERM"
                cap: "CAP_NET_RAW"
                rlimit_nofile: 64
                clone_newnet: false
                uidmap { inside_id: "1000" outside_id: "" count: 1 }
                mount { src: "/usr" dst: "/usr" is_bind: true }
                mount: { src: "/nowhere" dst: "/nowhere" is_bind: true mandatory: false rw: true }
                mount { dst: "/tmp" fstype: "tmpfs" options: "size=8388608" }
                mount { src: "usr/bin" dst: "/bin" is_symlink: true }
                mount { src_content: "a" 'b\\n' dst: "/etc/x" }
                mount { src: "/dev/null" dst: "/dev/null" rw: true is_bind: true }
                cgroup_mem_max: 1048576
                cgroup_cpu_ms_per_sec: 500
                seccomp_string: "POLICY x { }"
                exec_bin { path: "/bin/sh" arg: "-c" arg: "id" }
                """)
            .says(
                "hostname: JAILED",
                "time: 100s",
                "clear: true",
                "keep: [TERM]",
                "capabilities: [net_raw]",
                "nofile: 64",
                "network: host",
                "uid: 1000",
                "read: [/usr]",
                "write-if-present: [/nowhere]",
                "tmp: {private: 8388608}",
                "{to: usr/bin, at: /bin}",
                "memory: 1048576",
                "cpu: 50%")
            .reports(Outcome.NOT_CARRIED, "seccomp_string", "Kafel")
            .load();
    assertEquals(List.of("/bin/sh", "-c", "id"), imports.imported().command());
    assertThrows(ImportException.class, () -> Imports.of(Kind.NSJAIL, "mount { src: \"a\""));
    assertThrows(ImportException.class, () -> Imports.of(Kind.NSJAIL, "a {".repeat(100)));
  }

  @Test
  void aComposeFileIsAProfileForEachService() {
    String web =
        """
        services:
          web:
            image: nginx
            user: "1000:1000"
            cap_drop: [ALL]
            cap_add: [NET_BIND_SERVICE, SYS_ADMIN]
            security_opt: ["no-new-privileges:true", "seccomp=unconfined"]
            tmpfs: ["/tmp:size=64m"]
            volumes: ["./:/srv/app:ro", "data:/data"]
            network_mode: none
            mem_limit: 512m
            deploy: {resources: {limits: {pids: 100}}}
            environment: [A=b, "C=${X}"]
            privileged: true
        """;
    Imports.of(Kind.COMPOSE, web)
        .says(
            "extends: sandbox",
            "uid: 1000",
            "capabilities: [net_bind_service]",
            "tmp: {private: 64M}",
            "{from: ./, to: /srv/app}",
            "network: none",
            "memory: 512M",
            "pids: 100",
            "A: b")
        .reports(Outcome.NOT_CARRIED, "SYS_ADMIN", "could be undone")
        .reports(Outcome.NOT_CARRIED, "data:/data", "volume of the engine's")
        .reports(Outcome.NOT_CARRIED, "privileged", "allows everything")
        .reports(Outcome.NOT_CARRIED, "environment", "`C`")
        .load();
    Imports two = Imports.of(Kind.COMPOSE, web + "  db:\n    network_mode: none\n").load();
    assertEquals(List.of("web.yaml", "db.yaml"), List.copyOf(two.imported().files().keySet()));
  }

  @Test
  void whatServicesShareByMergeKeysIsCarried() {
    Imports imports =
        Imports.of(
                Kind.COMPOSE,
                """
                x-hardened: &hardened
                  read_only: true
                  network_mode: none
                  cap_drop: [ALL]
                  mem_limit: 1g
                x-more: &more {mem_limit: 2g, pids_limit: 9}
                services:
                  a:
                    <<: [*hardened, *more]
                    cap_add: [CHOWN]
                    entrypoint: [/bin/sh, -c]
                    command: ["id"]
                """)
            .says("network: none", "capabilities: [chown]", "memory: 1G", "pids: 9")
            .load();
    assertEquals(List.of("/bin/sh", "-c", "id"), imports.imported().command());
    assertThrows(
        ImportException.class,
        () -> Imports.of(Kind.COMPOSE, "services:\n  a: &a\n    <<: *a\n    b: c\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "'cap_add: [CHOWN]', 'cap_drop: [ALL]', '[chown]'",
    "'cap_add: [ALL]', 'cap_drop: [net_raw]', '[keep, \"-net_raw\"]'",
    "'cap_drop: [net_raw]', 'cap_add: [ALL]', '[keep, \"-net_raw\"]'",
  })
  void capabilitiesAreDroppedBeforeOthersAreAdded(String one, String other, String result) {
    Imports.of(Kind.COMPOSE, "services:\n  a:\n    " + one + "\n    " + other + "\n")
        .says("capabilities: " + result)
        .load();
  }

  @Test
  void whatAnEngineForbidsAnyhowIsCarriedOrReported() {
    Imports.of(
            Kind.COMPOSE,
            "services:\n  a:\n    tmpfs: [\"/tmp:size=1m\", \"/run/x:exec\"]\n    networks: [back]\n    cap_drop: [NO_SUCH]\nnetworks: {back: {internal: true}}\n")
        .says("no-execute: [/tmp]")
        .reports(Outcome.APPROXIMATED, "a: the network", "network: host")
        .reports(Outcome.NOT_CARRIED, "a.networks", "network.allow")
        .reports(Outcome.NOT_CARRIED, "networks", "network.allow")
        .reports(Outcome.NOT_CARRIED, "NO_SUCH", "no such capability")
        .load();
  }

  @Test
  void theLastStageOfADockerfileCounts() {
    Imports imports =
        Imports.of(
                Kind.DOCKERFILE,
                "FROM a AS b\nUSER 5\nCMD no\nFROM debian:12\nENV A=b C=\"d e\"\nUSER nobody\nRUN \\\n  make\nENTRYPOINT [\"/usr/bin/env\"]\nCMD [\"sh\"]\n")
            .says("identity: nobody", "A: b", "C: \"d e\"")
            .reports(Outcome.NOT_CARRIED, "RUN", "step of the build")
            .load();
    assertEquals(List.of("/usr/bin/env", "sh"), imports.imported().command());
  }

  @Test
  void aDocumentBelowAnInstructionIsNoInstruction() {
    Imports.of(
            Kind.DOCKERFILE,
            "FROM a\nUSER 5\nRUN <<-'ONE' cat <<TWO\nUSER root\n\tONE\nENV B=c\nTWO\nCOPY <<x /etc/x\nENV B=d\nx\nRUN echo \"<<ONE\"\nENV A=b\n")
        .says("uid: 5", "A: b")
        .saysNot("B: ")
        .load();
  }

  @Test
  void theLastUserCountsAlsoWhereTheNumberIsTheImages() {
    Imports.of(Kind.DOCKERFILE, "FROM a\nUSER root\nUSER app\n")
        .saysNot("identity")
        .reports(Outcome.APPROXIMATED, "USER app", "identity: your own")
        .load();
  }

  @Test
  void aLineGoesOnOverCommentsAndWithTheEscapeThatIsSaid() {
    Imports.of(Kind.DOCKERFILE, "# escape=`\nFROM a\nRUN make \\\nENV A=b `\n# c\n\n  C=d\n")
        .says("A: b", "C: d")
        .load();
  }

  @Test
  void aStageCountsThatTheLastOneBeginsWith() {
    Imports imports =
        Imports.of(
            Kind.DOCKERFILE,
            "FROM a AS Base\nUSER 5\nCMD [\"/bin/no\"]\nFROM b AS other\nENV B=c\nFROM --platform=x base\nENTRYPOINT [\"/usr/bin/env\"]\n");
    imports
        .says("uid: 5")
        .saysNot("B: c")
        .reports(Outcome.NOT_CARRIED, "ENV B=c", "no part of the last one")
        .load();
    assertEquals(List.of("/usr/bin/env"), imports.imported().command());
  }

  @ParameterizedTest
  @CsvSource({
    "a.service, '[Service]\nPrivateTmp=yes', SYSTEMD",
    "x.sh, 'exec bwrap --ro-bind / / sh', BWRAP",
    "compose.yaml, 'services:\n  a: {}', COMPOSE",
    "Dockerfile, 'FROM a\nUSER b', DOCKERFILE",
    "x.json, '{\"cloneNewnet\": false}', NSJAIL",
    "x.cfg, 'mount {\n dst: \"/a\"\n}', NSJAIL",
    "f.profile, 'caps.drop all', FIREJAIL",
    "init.lua, 'hexe.ses.isolation.set({})', INIT_LUA",
    "mux.json, '{\"floats\": []}', MUX_JSON",
    "s.json, '{\"filesystem\": {\"allowWrite\": []}}', SRT"
  })
  void theKindIsRecognised(String name, String text, Kind kind) {
    assertEquals(kind, Imports.importers().kind(Source.of(name, text)));
  }

  @Test
  void whatIsNotRecognisedIsAsked() {
    ImportException e =
        assertThrows(
            ImportException.class, () -> Imports.importers().kind(Source.of("x", "hello")));
    assertTrue(e.help().contains("--from"), e.help());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void nothingOfATextReachesATerminalOrAnotherKey(Kind kind) {
    String hostile = "\u001b[2J\nhostname: x\n\"}: [&a *a !!x {{";
    try {
      Imported imported = Imports.importers().read(Source.of("s", hostile), Optional.of(kind));
      imported.files().values().forEach(it -> assertTrue(!DraftYaml.of(it).contains("\u001b")));
    } catch (ImportException e) {
      assertTrue(!String.valueOf(e.getMessage()).isEmpty());
    }
  }

  @Test
  void whatOnlyLooksLikeAnAddressIsReported() {
    Imports.of(Kind.SRT, "{\"network\": {\"allowedDomains\": [\"999.1.1.1\", \"10.1.2.3\"]}}")
        .says("10.1.2.3:443")
        .reports(Outcome.NOT_CARRIED, "999.1.1.1", "no address")
        .load();
  }

  @Test
  void aLineWhosePlaceALaterOneTakesIsReported() {
    Imports.of(
            Kind.SYSTEMD,
            """
            [Service]
            ExecStart=/bin/true
            RuntimeMaxSec=9
            TimeoutStopSec=3
            TimeoutStopSec=4
            """)
        .says("grace: 4s")
        .reports(Outcome.REPLACED, "TimeoutStopSec=3", "said again at source:5")
        .load();
  }

  @Test
  void aUnitIsReadAsSystemdReadsItWithItsDropIns() {
    Imports imports =
        Imports.of(
                Kind.SYSTEMD,
                """
                [Service]
                ExecStart=/bin/one
                ExecStart=
                ExecStart=/bin/two
                PrivateNetwork=yes
                PrivateNetwork=no
                ProtectSystem=strict
                ProtectSystem=no
                PrivateTmp=yes
                PrivateTmp=
                MemoryMax=1G
                MemoryMax=
                ReadOnlyPaths=/srv
                ReadOnlyDirectories=
                ReadOnlyPaths=/opt
                Environment=A=1 B=1
                Environment=A=2
                """)
            .says("network: host", "/opt", "A: 2", "B: 1")
            .saysNot("read-only: [/]")
            .saysNot("private: 1G")
            .saysNot("memory:")
            .saysNot("/srv")
            .reports(Outcome.REPLACED, "ExecStart=/bin/one", "said again at source:3")
            .reports(Outcome.REPLACED, "PrivateNetwork=yes", "said again at source:6")
            .reports(Outcome.REPLACED, "MemoryMax=1G", "said again at source:12")
            .reports(Outcome.REPLACED, "ReadOnlyPaths=/srv", "said again at source:14")
            .reports(Outcome.REPLACED, "Environment=A=1 B=1", "said again at source:17")
            .reports(Outcome.CARRIED, "Environment=A=1 B=1", "environment.set: B")
            .losesNothing()
            .load();
    assertEquals(List.of("/bin/two"), imports.imported().command());
  }

  @Test
  void aCommandThatALaterInstructionReplacesIsReported() {
    Imports imports =
        Imports.of(
                Kind.DOCKERFILE,
                """
                FROM debian AS a
                ENTRYPOINT ["/bin/first"]
                CMD ["one"]
                FROM a
                USER 5
                USER 6
                ENTRYPOINT ["/bin/second"]
                CMD ["two"]
                CMD ["three"]
                """)
            .reports(Outcome.REPLACED, "/bin/first", "`ENTRYPOINT` at source:7 replaces it")
            .reports(Outcome.REPLACED, "\"one\"", "`ENTRYPOINT` at source:7 replaces it")
            .reports(Outcome.REPLACED, "\"two\"", "`CMD` at source:9 replaces it")
            .reports(Outcome.REPLACED, "USER 5", "said again at source:6")
            .reports(Outcome.CARRIED, "\"three\"", "the command to run");
    assertEquals(List.of("/bin/second", "three"), imports.imported().command());
  }

  @Test
  void anEntryForTheShellTakesNoArguments() {
    Imports imports =
        Imports.of(
                Kind.DOCKERFILE,
                "FROM a\nSHELL [\"/bin/bash\", \"-ec\"]\nENTRYPOINT run | cat\nCMD [\"arg\"]\n")
            .reports(Outcome.REPLACED, "arg", "takes no arguments")
            .losesOnly("FROM a");
    assertEquals(List.of("/bin/bash", "-ec", "run | cat"), imports.imported().command());
  }

  @ParameterizedTest
  @CsvSource({
    "FIREJAIL, 'hostname a\nhostname b', hostname a, 'hostname: b'",
    "FIREJAIL, 'env A=1\nenv B=1\nenv A=2', env A=1, 'A: 2'",
    "FIREJAIL, 'rlimit-nproc 5\nrlimit-nproc 6', rlimit-nproc 5, 'pids: 6'",
    "FIREJAIL, 'rlimit-as 1\nrlimit-nofile 7\nrlimit-as 2', rlimit-as 1, 'as: 2'",
    "BWRAP, 'bwrap --unshare-uts --hostname a --hostname b -- sh', --hostname a, 'hostname: b'",
    "BWRAP, 'bwrap --setenv A 1 --setenv A 2 -- sh', --setenv A 1, 'A: 2'",
    "BWRAP, 'bwrap --unshare-user --uid 5 --gid 6 --uid 7 -- sh', --uid 5, 'uid: 7'",
    "NSJAIL, 'hostname: \"a\"\nhostname: \"b\"', 'hostname: a', 'hostname: b'",
    "NSJAIL, 'envar: \"A=1\"\nenvar: \"A=2\"', 'envar: A=1', 'A: 2'",
  })
  void whatIsSaidAgainIsNotCalledCarried(Kind kind, String text, String first, String result) {
    Imports imports =
        Imports.of(kind, text)
            .says(result)
            .reports(Outcome.REPLACED, first, "said again at")
            .load();
    assertEquals(1, imports.imported().report().of(Outcome.REPLACED).size());
  }
}
