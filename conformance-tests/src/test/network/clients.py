"""Clients that know of no proxy: what is allowed works, everything else fails as if it were not there."""
import json, os, re, shutil, subprocess, textwrap, threading

from trying import PYTHON, WORLD, allow, holds, run_all, runs, skip, tries

FILES = WORLD + '/files'
NO_NAME = r'resolve|not known|ENOTFOUND|UnknownHost|Name or service|resolving'


def write(name, text):
    path = os.path.join(FILES, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w') as file:
        file.write(textwrap.dedent(text))
    return path


def client(name, options, allowed, wanted, refused, refusal=NO_NAME, **environment):
    """The same command to a host that is listed, and to one that is not."""
    if shutil.which(allowed[0]) is None:
        skip(name, 'no ' + allowed[0])
        return
    result = runs(options, allowed, **environment)
    holds(name + ' reaches what is listed', wanted in result.stdout + result.stderr, (allowed, result))
    result = runs(options, refused, **environment)
    holds(name + ' does not find another host', result.returncode != 0 and re.search(refusal, result.stdout + result.stderr), (refused, result))


def secure_shell():
    options = allow('web.test:22')
    plain = ['-v', '-F', '/dev/null', '-o', 'BatchMode=yes', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'StrictHostKeyChecking=no']
    known = 'remote software version 203.0.113.10'
    client('ssh', options, ['ssh', *plain, 'user@web.test', 'true'], known, ['ssh', *plain, 'user@other.test', 'true'])
    client('git over ssh', options, ['git', 'ls-remote', 'ssh://user@web.test/repository'], known,
           ['git', 'ls-remote', 'ssh://user@other.test/repository'], GIT_SSH_COMMAND='ssh ' + ' '.join(plain))
    result = runs(options, ['ssh', *plain, '-p', '25', 'user@web.test', 'true'])
    holds('ssh is refused at another port', 'Connection refused' in result.stderr, result)
    result = runs(options, ['ssh', *plain, 'user@203.0.113.10', 'true'])
    holds('ssh has no route to an address', 'Network is unreachable' in result.stderr, result)


def git():
    source, bare = WORLD + '/source', FILES + '/git/thing.git'
    mine = dict(os.environ, HOME=WORLD, GIT_AUTHOR_NAME='a', GIT_AUTHOR_EMAIL='a@test', GIT_COMMITTER_NAME='a', GIT_COMMITTER_EMAIL='a@test')
    for command in (['git', 'init', '-q', source], ['git', '-C', source, 'commit', '-q', '--allow-empty', '-m', 'a commit'],
                    ['git', 'clone', '-q', '--bare', source, bare], ['git', '-C', bare, 'update-server-info']):
        subprocess.run(command, check=True, env=mine)
    options = allow('web.test:443') + ['--read', WORLD + '/ca.pem']
    fetch = ['git', '-c', 'http.sslCAInfo=' + WORLD + '/ca.pem', 'ls-remote']
    client('git over https', options, [*fetch, 'https://web.test/files/git/thing.git'], 'refs/heads/',
           [*fetch, 'https://other.test/files/git/thing.git'])


def key(name):
    file = WORLD + '/' + name
    subprocess.run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', file], check=True)
    return file


def openssh(program):
    """Its words, and the key of whoever may log in."""
    config, own, user = WORLD + '/sshd.conf', key('host-key'), key('user-key')
    with open(config, 'w') as file:
        file.write('HostKey %s\nAuthorizedKeysFile %s.pub\nPidFile none\nStrictModes no\nUsePAM no\n' % (own, user))
    return [program, '-i', '-e', '-f', config], user


def dropbear(program):
    """A small one, whose package starts no service; it looks for keys in the home of whoever logs in."""
    own, user, keys = WORLD + '/host-key', key('user-key'), WORLD + '/somebody/.ssh'
    subprocess.run([shutil.which('dropbearkey'), '-t', 'ed25519', '-f', own], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.makedirs(keys, mode=0o755)
    shutil.copy(user + '.pub', keys + '/authorized_keys')
    return [program, '-i', '-s', '-r', own], user


SSH_SERVERS = {'sshd': openssh, 'dropbear': dropbear}


def ssh_server():
    """A real one, which the host at its address starts for each client; the one of services.py goes no further than to say who it is."""
    words, user = next(make(shutil.which(name)) for name, make in SSH_SERVERS.items() if shutil.which(name))
    with open(WORLD + '/ssh-server', 'w') as file:
        json.dump(words, file)
    return user


def clone():
    """All of a repository, there and back, over ssh."""
    os.environ['PATH'] += ':/usr/sbin'
    if not any(map(shutil.which, SSH_SERVERS)) or not all(map(shutil.which, ('ssh', 'git'))):
        skip('clone over ssh', 'no sshd and no dropbear, no ssh or no git')
        return
    bare = WORLD + '/whole.git'
    identity = dict(GIT_AUTHOR_NAME='a', GIT_AUTHOR_EMAIL='a@test', GIT_COMMITTER_NAME='a', GIT_COMMITTER_EMAIL='a@test')
    subprocess.run(['sh', '-ec', 'git init -q -b main "$0.w"; cd "$0.w"; head -c 3000000 /dev/urandom >large; git add .; git commit -qm first; git clone -q --bare . "$0"', bare],
                   check=True, env={**os.environ, **identity, 'HOME': WORLD})
    user = ssh_server()
    ssh = 'ssh -F /dev/null -i %s -p 2222 -o BatchMode=yes -o IdentitiesOnly=yes -o UserKnownHostsFile=/dev/null -o StrictHostKeyChecking=no' % user
    there_and_back = 'cd /tmp && git clone -q "ssh://somebody@$0$1" here && cd here && cksum large && git commit -q --allow-empty -m second && git push -q origin HEAD:back'
    for host, options in (('web.test', allow('web.test:2222')), ('203.0.113.10', allow('203.0.113.10:2222'))):
        result = runs(options + ['--read', user], ['sh', '-c', there_and_back, host, bare], GIT_SSH_COMMAND=ssh, **identity)
        here = subprocess.run(['cksum', 'large'], cwd=bare + '.w', capture_output=True, text=True).stdout
        back = subprocess.run(['git', '-C', bare, 'log', '-1', '--format=%s', 'back'], capture_output=True, text=True).stdout
        holds('a repository is cloned whole over ssh from ' + host, result.returncode == 0 and here in result.stdout, result)
        holds('and pushed to', back == 'second\n', (back, result.stderr))
        subprocess.run(['git', '-C', bare, 'branch', '-qD', 'back'], check=True)
    result = runs(allow('web.test:2222') + ['--read', user], ['sh', '-c', there_and_back, 'other.test', bare], GIT_SSH_COMMAND=ssh, **identity)
    holds('but not from another host', result.returncode != 0 and re.search(NO_NAME, result.stderr), result)


def packages():
    write('npm/thing', '{"name":"thing","dist-tags":{"latest":"1.2.3"},"versions":{"1.2.3":{"name":"thing","version":"1.2.3","dist":{"tarball":"http://web.test/x"}}}}')
    npm = ['npm', 'view', 'thing', 'version', '--fetch-retries=0', '--no-update-notifier', '--cache', '/tmp/npm', '--registry']
    client('npm', allow('web.test:80'), [*npm, 'http://web.test/files/npm/'], '1.2.3', [*npm, 'http://other.test/files/npm/'])
    write('apt/Packages', '''\
        Package: hexe-thing
        Version: 1.2.3
        Architecture: all
        Maintainer: nobody
        Filename: thing.deb
        Size: 1
        SHA256: 0000000000000000000000000000000000000000000000000000000000000000
        Description: nothing
        ''')
    apt = 'mkdir -p /tmp/apt/lists/partial /tmp/apt/cache/partial && : >/tmp/apt/status && echo "deb [trusted=yes allow-insecure=yes] http://$0/files/apt ./" >/tmp/apt/list &&' \
          'set -- -o Dir::State=/tmp/apt -o Dir::State::status=/tmp/apt/status -o Dir::Cache=/tmp/apt/cache -o Dir::Etc::sourcelist=/tmp/apt/list -o Dir::Etc::sourceparts=/dev/null ' \
          '-o APT::Sandbox::User= -o Acquire::Retries=0 -o APT::Update::Error-Mode=any && apt-get "$@" update && apt-cache "$@" policy hexe-thing'
    if shutil.which('apt-get'):
        client('apt', allow('web.test:80'), ['sh', '-c', apt, 'web.test'], 'Candidate: 1.2.3', ['sh', '-c', apt, 'other.test'])
    else:
        skip('apt', 'no apt-get')


def maven():
    coordinates = '<groupId>test</groupId><artifactId>parent</artifactId><version>1</version>'
    head = '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
    write('maven/test/parent/1/parent-1.pom', head + coordinates + '<packaging>pom</packaging></project>')
    settings = write('settings.xml', '<settings><mirrors><mirror><id>maven-default-http-blocker</id><mirrorOf>nothing</mirrorOf><url>http://web.test/</url></mirror></mirrors></settings>')

    def command(host):
        repository = '<repositories><repository><id>test</id><url>http://%s/files/maven</url></repository></repositories>' % host
        pom = write('%s.xml' % host, head + '<parent>' + coordinates + '<relativePath/></parent><artifactId>child</artifactId><packaging>pom</packaging>' + repository + '</project>')
        return ['mvn', '-B', '-s', settings, '-Dmaven.repo.local=/tmp/m2', '-f', pom, 'validate']
    client('Maven', allow('web.test:80') + ['--read', FILES], command('web.test'), 'BUILD SUCCESS', command('other.test'))


def databases():
    psql = ['psql', '-At', '-p', '5433', '-U', 'u', '-c', 'select who', 'dbname=d sslmode=prefer', '-h']
    client('psql', allow('web.test:5433'), [*psql, 'web.test'], '203.0.113.10', [*psql, 'other.test'])
    client('redis-cli', allow('web.test:6379'), ['redis-cli', '-h', 'web.test', 'get', 'x'], '203.0.113.10', ['redis-cli', '-h', 'other.test', 'get', 'x'])


JAVA = '''
    import java.net.*;
    public class Client {
      public static void main(String[] a) throws Exception {
        for (String host : a) {
          try (Socket s = new Socket(host, 80)) {
            s.getOutputStream().write("GET / HTTP/1.0\\r\\n\\r\\n".getBytes());
            System.out.println(host + ": " + new String(s.getInputStream().readAllBytes()).lines().reduce("", (x, y) -> y));
          } catch (Exception e) { System.out.println(host + ": " + e); }
        }
        System.out.println("interfaces: " + NetworkInterface.getNetworkInterfaces().nextElement().getName());
        try (DatagramSocket d = new DatagramSocket()) {
          d.connect(new InetSocketAddress("203.0.113.10", 5300)); d.send(new DatagramPacket(new byte[1], 1)); System.out.println("sent");
        } catch (Exception e) { System.out.println("udp: " + e); }
      }
    }
'''


def runtimes():
    if shutil.which('javac') is None:
        skip('a JVM', 'no javac')
    else:
        source = write('Client.java', JAVA)
        result = runs(allow('web.test:80') + ['--read', source], ['java', source, 'web.test', 'other.test', '203.0.113.10', '127.0.0.1'])
        for promise, line in (('reaches what is listed', 'web.test: I am 203.0.113.10'), ('does not find another host', 'other.test: java.net.UnknownHostException'),
                              ('has no route to an address', r'203.0.113.10: java.net.\w+: Network is unreachable'),
                              ('is refused on its own loopback', '127.0.0.1: java.net.ConnectException: Connection refused'),
                              ('sees the loopback', 'interfaces: lo'), ('sends no datagram', 'udp: java.*unreachable')):
            holds('a JVM ' + promise, re.search('^' + line, result.stdout, re.M), result)
    node = 'const s=require("net").connect({port:80,host:process.argv[1]},()=>s.end("GET / HTTP/1.0\\r\\n\\r\\n"));s.on("data",d=>console.log(""+d)).on("error",e=>{console.log(e.code);process.exit(1)})'
    client('node', allow('web.test:80'), ['node', '-e', node, 'web.test'], 'I am 203.0.113.10', ['node', '-e', node, 'other.test'])
    client('node by an address', allow('web.test:80'), ['node', '-e', node, 'web.test'], 'I am 203.0.113.10', ['node', '-e', node, '203.0.113.20'], 'ENETUNREACH')
    fetch = 'import urllib.request,sys;print(urllib.request.urlopen("http://%s/"%sys.argv[1]).read())'
    client('python', allow('web.test:80'), [PYTHON, '-c', fetch, 'web.test'], 'I am 203.0.113.10', [PYTHON, '-c', fetch, 'other.test'])
    wget = ['wget', '-t', '1', '-O', '-']
    client('wget', allow('web.test:80'), [*wget, 'http://web.test/'], 'I am 203.0.113.10', [*wget, 'http://other.test/'])
    curl = ['curl', '-sS']
    client('curl', allow('web.test:80'), [*curl, 'http://web.test/'], 'I am 203.0.113.10', [*curl, 'http://other.test/'])


def eyeballs():
    tries(allow('half.test:80', 'six.test:80', 'slow.test:80', 'one-deaf.test:80', 'web.test:80'), [
        ('a name that has IPv6 alone is reached over IPv4 inside', 'talk("six.test", 80, family=socket.AF_INET)', '2001:db8::10 hello'),
        ('and over IPv6', 'talk("six.test", 80, family=socket.AF_INET6)', '2001:db8::10 hello'),
        ('where one of two addresses has no route the other one is taken', 'talk("half.test", 80)', '203.0.113.10 hello'),
        ('also over IPv6 inside', 'talk("half.test", 80, family=socket.AF_INET6)', '203.0.113.10 hello'),
        ('where one is silent the other one is taken', 'talk("slow.test", 80)', '203.0.113.10 hello'),
        ('the next address is tried beside one that is silent', '(lambda start: (talk("one-deaf.test", 80), time.monotonic() - start < 6))(time.monotonic())', "('203.0.113.10 hello', True)"),
        ('both kinds race', '[talk("web.test", 80, family=f) for f in (socket.AF_INET, socket.AF_INET6)][1]', '203.0.113.10 hello'),
    ])
    if shutil.which('curl'):
        for family in ('-4', '-6'):
            result = runs(allow('web.test:80'), ['curl', '-sS', family, 'http://web.test/'])
            holds('curl ' + family + ' reaches what is listed', 'I am 203.0.113.10' in result.stdout, result)
        result = runs(allow('half.test:80'), ['curl', '-sS', '--happy-eyeballs-timeout-ms', '1', 'http://half.test/'])
        holds('curl that tries both kinds at once does', 'I am 203.0.113.10' in result.stdout, result)


def notations():
    tries(allow('web.test:80'), [
        ('%s is no way out' % text, 'talk(%r, 80)' % text, wanted) for text, wanted in (
            ('0x7f.1', 'ECONNREFUSED'), ('2130706433', 'ECONNREFUSED'), ('017700000001', 'ECONNREFUSED'), ('127.1', 'ECONNREFUSED'), ('0', 'ECONNREFUSED'),
            ('::1', 'ECONNREFUSED'), ('::ffff:127.0.0.1', 'ECONNREFUSED'), ('::ffff:7f00:1', 'ECONNREFUSED'), ('::', 'ECONNREFUSED'), ('0.0.0.0', 'ECONNREFUSED'),
            ('203.0.113.10', 'ENETUNREACH'), ('3405803786', 'ENETUNREACH'), ('0xcb.0.0x710a', 'ENETUNREACH'), ('0313.0.0161.012', 'ENETUNREACH'),
            ('::ffff:203.0.113.10', 'ENETUNREACH'), ('::ffff:cb00:710a', 'ENETUNREACH'), ('64:ff9b::203.0.113.10', 'ENETUNREACH'), ('2002:cb00:710a::', 'ENETUNREACH'),
            ('169.254.169.254', 'ENETUNREACH'), ('0xa9fea9fe', 'ENETUNREACH'), ('10.9.8.7', 'ENETUNREACH'), ('fe80::1%lo', ('ENETUNREACH', 'EADDRNOTAVAIL', 'EINVAL', 'EHOSTUNREACH')))])


def other_protocols():
    none = ('EPERM', 'EACCES', 'EAFNOSUPPORT', 'EPROTONOSUPPORT', 'ESOCKTNOSUPPORT')
    tries(allow('web.test:80'), [
        ('no %s' % what, 'socket.socket(%s)' % words, none) for what, words in (
            ('raw ICMP', '2, socket.SOCK_RAW, 1'), ('raw ICMP over IPv6', '10, socket.SOCK_RAW, 58'), ('raw IP', '2, socket.SOCK_RAW, 255'),
            ('packets', '17, socket.SOCK_RAW, 3'), ('cooked packets', '17, socket.SOCK_DGRAM, 3'), ('VSOCK', '40, socket.SOCK_STREAM'), ('VSOCK datagrams', '40, socket.SOCK_DGRAM'),
            ('SCTP', '2, socket.SOCK_STREAM, 132'), ('MPTCP', '2, socket.SOCK_STREAM, 262'), ('DCCP', '2, 6, 33'), ('TIPC', '30, socket.SOCK_RDM'),
            ('RDS', '21, socket.SOCK_SEQPACKET'), ('SMC', '43, socket.SOCK_STREAM'), ('XDP', '44, socket.SOCK_RAW'), ('Bluetooth', '31, socket.SOCK_RAW, 1'))] + [
        ('ping has no route', '(lambda s: s.connect(("203.0.113.10", 0)) or s.send(bytes([8]+[0]*15)))(socket.socket(2, socket.SOCK_DGRAM, 1))', ('EACCES', 'ENETUNREACH', *none)),
        ('UDP has none', 'send("203.0.113.10", 5300)', 'ENETUNREACH'), ('nor to the host', 'send("127.0.0.1", 5300)', 'ECONNREFUSED'),
        ('nor to a name server of the host', 'send("127.0.0.1", 54)', 'ECONNREFUSED'), ('QUIC finds nobody', 'send("web.test", 80)', 'ECONNREFUSED'),
        ('the interfaces are seen', 'socket.if_nameindex()', "[(1, 'lo')]"),
    ])


run_all([secure_shell, git, clone, packages, maven, databases, runtimes, eyeballs, notations, other_protocols])
