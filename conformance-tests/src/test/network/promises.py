"""What is promised of listed destinations, tried by clients inside: `promises.py PRODUCT`, in internet.py's world."""
import json, os, subprocess, sys, textwrap, time

from trying import CLIENT, PRODUCT, PYTHON, WORLD, allow, holds, run_all, runs, sandbox, tries


def names_and_ports():
    tries(allow('web.test:5432', 'web.test:80', 'xn--bcher-kva.test:80', 'listed-in-hosts.test:80'), [
        ('an allowed name and port are reached', 'talk("web.test", 5432)', '203.0.113.10 hello'),
        ('in upper case', 'talk("WEB.Test", 5432)', '203.0.113.10 hello'),
        ('with a trailing dot', 'talk("web.test.", 5432)', '203.0.113.10 hello'),
        ('over IPv6 inside', 'talk("web.test", 5432, family=socket.AF_INET6)', '203.0.113.10 hello'),
        ('by an international name', 'talk("xn--bcher-kva.test", 80)', '203.0.113.10 hello'),
        ('by a name in a file of the host', 'talk("listed-in-hosts.test", 80)', '203.0.113.20 hello'),
        ('a name is one address of each kind', 'len(set(a[4][0] for a in socket.getaddrinfo("web.test", 80)))', '2'),
        ('another port of an allowed name is refused', 'talk("web.test", 443)', 'ECONNREFUSED'),
        ('another name does not exist', 'talk("other.test", 80)', 'NONAME'),
        ('nor does one below an allowed one', 'talk("x.web.test", 80)', 'NONAME'),
        ('nor one that does not exist outside', 'talk("nothing.test", 80)', 'NONAME'),
        ('the address of an allowed name is not reached', 'connect("203.0.113.10", 5432)', 'ENETUNREACH'),
        ('nor is its IPv6 address', 'connect("2001:db8::10", 5432)', 'ENETUNREACH'),
        ('nor one that is mapped', 'connect("::ffff:203.0.113.10", 5432)', 'ENETUNREACH'),
        ('nor a service of the host', 'connect("127.0.0.1", 5432)', 'ECONNREFUSED'),
        ('in whatever notation', 'connect("0x7f.1", 5432)', 'ECONNREFUSED'),
        ('or in decimal', 'connect("2130706433", 5432)', 'ECONNREFUSED'),
        ('nor over IPv6', 'connect("::1", 5432)', 'ECONNREFUSED'),
        ('an address that stands for nothing is refused', 'connect("198.18.200.1", 5432)', 'ECONNREFUSED'),
        ('UDP reaches nothing', 'send("203.0.113.10", 5300)', 'ENETUNREACH'),
        ('nor does it by an allowed name', 'send("web.test", 5432)', 'ECONNREFUSED'),
        ('no raw socket', 'socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)', ('EPERM', 'EACCES', 'EAFNOSUPPORT')),
        ('no packet socket', 'socket.socket(17, socket.SOCK_RAW, 3)', ('EPERM', 'EAFNOSUPPORT')),
        ('no socket to the hypervisor', 'socket.socket(40, socket.SOCK_STREAM)', 'EAFNOSUPPORT'),
        ('the sandbox has a loopback of its own', 'socket.create_server(("127.0.0.1", 5432)).fileno() > 2', 'True'),
        ('localhost is that one', 'socket.gethostbyname("localhost")', '127.0.0.1'),
    ])


def wildcards_and_denials():
    tries(allow('*.wild.test:80') + ['--deny', 'b.wild.test', '--deny', '203.0.113.20'], [
        ('a name below a wildcard is reached', 'talk("a.wild.test", 80)', '203.0.113.10 hello'),
        ('however deep', 'talk("deep.a.wild.test", 80)', '203.0.113.10 hello'),
        ('however long', 'talk(".".join(["l" * 63] * 3 + ["m" * 51, "wild", "test"]), 80)', '203.0.113.10 hello'),
        ('the domain itself is not', 'talk("wild.test", 80)', 'NONAME'),
        ('nor what is denied below it', 'talk("b.wild.test", 80)', 'NONAME'),
        ('a name that only ends alike is another one', 'talk("notwild.test", 80)', 'NONAME'),
        ('another port is refused', 'talk("a.wild.test", 5432)', 'ECONNREFUSED'),
        ('the own loopback is no way out at the same port', 'connect("127.0.0.1", 80)', ('ECONNRESET', '')),
        ('an unused synthetic address is none either', 'connect("198.19.77.77", 80)', ('ECONNRESET', '')),
    ])
    tries(allow('*:80', '*:5432') + ['--deny', 'other.test', '--deny', '203.0.113.20'], [
        ('all names can be allowed', 'talk("web.test", 80)', '203.0.113.10 hello'),
        ('but what is denied', 'talk("other.test", 80)', 'NONAME'),
        ('also by another name for it', 'talk("b.wild.test", 80)', ('ECONNRESET', '')),
        ('a name of the host itself leads nowhere', 'talk("loop.test", 80)', ('ECONNRESET', '')),
        ('nor one of its cloud', 'talk("meta.test", 80)', ('ECONNRESET', '')),
        ('nor a private one', 'talk("internal.test", 80)', ('ECONNRESET', '')),
        ('nor one of the Internet that is this host itself', 'talk("here.test", 80)', ('ECONNRESET', '')),
        ('of several addresses those that fit are taken', 'talk("mixed.test", 80)', '203.0.113.10 hello'),
        ('a name that changes to the loopback is not followed',
         '[talk("rebind.test", 80), time.sleep(1), outcome(lambda: [talk("rebind.test", 80) for _ in range(40) if not time.sleep(.5)][-1])][2]',
         ('ECONNRESET', '')),
    ])


def addresses():
    tries(allow('10.9.8.7:5432', '203.0.113.0/24:80', '[2001:db8::10]:80', 'internal.test:5432', 'localhost:80', 'here.test:5432', '198.51.100.1:5432', 'here.test:80', '198.51.100.0/24:80', 'here.test:5300/udp'), [
        ('a listed address is reached', 'connect("10.9.8.7", 5432)', '10.9.8.7 x'),
        ('at its port alone', 'connect("10.9.8.7", 80)', ('ECONNRESET', 'ECONNREFUSED', '')),
        ('a listed network is reached', 'connect("203.0.113.20", 80)', '203.0.113.20 x'),
        ('at its port alone', 'connect("203.0.113.20", 5432)', 'ECONNREFUSED'),
        ('IPv6 is', 'connect("2001:db8::10", 80)', '2001:db8::10 x'),
        ('an address beside it is not', 'connect("2001:db8::11", 80)', 'ENETUNREACH'),
        ('a name with a private address is, where both are listed', 'talk("internal.test", 5432)', '10.9.8.7 hello'),
        ('one of this host is, where both are listed', 'talk("here.test", 5432)', '198.51.100.1 hello'),
        ('and not where its network is', 'talk("here.test", 80)', ('ECONNRESET', '')),
        ('neither by its address', 'connect("198.51.100.1", 80)', ('ECONNRESET', '')),
        ('nor by a further one of the same network', 'connect("198.51.100.3", 80)', ('ECONNRESET', '')),
        ('nor over UDP', 'send_briefly("here.test", 5300)', ('ECONNREFUSED', 'TimeoutError')),
        ('a service of the host is found on the own loopback', 'connect("127.0.0.1", 80)', '127.0.0.1 x'),
        ('and by its name', 'talk("localhost", 80)', '127.0.0.1 hello'),
        ('one that was not listed is not', 'connect("127.0.0.1", 5432)', ('ECONNREFUSED',)),
    ])
    tries(allow('0.0.0.0/0:80'), [
        ('all addresses are those of the Internet', 'connect("203.0.113.10", 80)', '203.0.113.10 x'),
        ('and not private ones', 'connect("10.9.8.7", 80)', ('ECONNRESET', '')),
        ('nor those of a cloud', 'connect("169.254.169.254", 80)', ('ECONNRESET', '')),
        ('nor the host', 'connect("127.0.0.1", 80)', ('ECONNRESET', '')),
    ])


def greetings():
    tries(allow('web.test:443', 'web.test:25', 'alias.test:443'), [
        ('a server that a greeting names is reached', 'greeting("web.test", 443, "web.test")', '203.0.113.10 hello'),
        ('also by another name that is allowed there', 'greeting("web.test", 443, "alias.test")', '203.0.113.10 hello'),
        ('but not another one', 'greeting("web.test", 443, "other.test")', ('ECONNRESET', 'TLS')),
        ('none is noted', 'greeting("web.test", 443, None)', '203.0.113.10 hello'),
        ('who speaks first is heard', 'socket.create_connection(("web.test", 25), 20).recv(100).decode().strip()', '220 203.0.113.10'),
    ])
    tries(allow('203.0.113.0/24:443', '203.0.113.0/24:80') + ['--deny', 'other.test'], [
        ('a greeting to an address may name a server', 'greeting("203.0.113.10", 443, "web.test")', '203.0.113.10 hello'),
        ('or none', 'greeting("203.0.113.10", 443, None)', '203.0.113.10 hello'),
        ('but none that is denied', 'greeting("203.0.113.20", 443, "other.test")', ('ECONNRESET', 'TLS')),
        ('what is no greeting passes', 'connect("203.0.113.20", 80)', '203.0.113.20 x'),
    ])
    checked = WORLD + '/checked.yaml'
    with open(checked, 'w') as profile:
        profile.write('extends: full\nnetwork: {allow: ["web.test:443"], tls: checked, log: connections}\n')
    tries([], [
        ('none is refused where names are checked', 'greeting("web.test", 443, None)', ('ECONNRESET', 'TLS')),
        ('and one is not', 'greeting("web.test", 443, "web.test")', '203.0.113.10 hello'),
    ], profile=checked)


def datagrams():
    tries(allow('web.test:5300/udp', '127.0.0.1:5300/udp'), [
        ('UDP to a name is passed on, and its answer back', 'send("web.test", 5300)', '203.0.113.10 ping'),
        ('and to a service of the host', 'send("127.0.0.1", 5300)', '127.0.0.1 ping'),
        ('however large it is', 'send("web.test", 5300, b"x" * 60000)[-60001:] == " " + "x" * 60000', 'True'),
        ('also to a service of the host', 'send("127.0.0.1", 5300, b"x" * 60000)[-60001:] == " " + "x" * 60000', 'True'),
        ('TCP is not', 'talk("web.test", 5300)', 'ECONNREFUSED'),
    ])


def much():
    result = sandbox(allow('web.test:5432'), '''
        import hashlib, threading
        data = b"no greeting of TLS" + os.urandom(1 << 20) * 32
        s = socket.create_connection(("web.test", 5432), 30); sent = threading.Thread(target=lambda: (s.sendall(data), s.shutdown(socket.SHUT_WR))); sent.start()
        got = bytearray()
        while True:
            part = s.recv(1 << 20)
            if not part: break
            got += part
        print(bytes(got[len(b"203.0.113.10 "):]) == data)
        conns = [socket.create_connection(("web.test", 5432), 30) for _ in range(300)]
        for i, c in enumerate(conns): c.sendall(b"%d" % i)
        print(all(c.recv(100).split()[1:] == [b"%d" % i] or c.recv(100) == b"%d" % i for i, c in enumerate(conns)))
    ''')
    lines = result.stdout.splitlines() + ['', '']
    holds('32 MiB come back as they went', lines[0] == 'True', result)
    holds('300 connections at a time are kept apart', lines[1] == 'True', result)


def published():
    code = '''
        import threading
        server = socket.create_server(("127.0.0.1", 7000)); print("ready", flush=True)
        c, _ = server.accept(); c.sendall(b"inside " + c.recv(100)); c.close(); server.close(); sys.stdin.readline()
    '''
    command = [PRODUCT, 'apply', 'full', '--network=none', '--publish=17000:7000', '--', PYTHON, '-c', CLIENT + textwrap.dedent(code)]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    running.stdout.readline()
    import socket
    c = socket.create_connection(('127.0.0.1', 17000), 20)
    c.sendall(b'hello')
    got = c.recv(100)
    holds('a published port is reached from the host', got == b'inside hello', got)
    other = subprocess.run(command, capture_output=True, text=True)
    holds('one that is taken is refused in words', other.returncode == 125 and 'cannot publish port 17000 on 127.0.0.1: it is taken' in other.stderr, (other.returncode, other.stderr))
    try:
        c2 = socket.create_connection(('127.0.0.1', 17000), 20)
        late = c2.recv(10)
    except OSError:
        late = b''
    for taken in (['localhost:7000'], ['*.wild.test:7000'], ['203.0.113.0/24:7000']):
        other = subprocess.run([PRODUCT, 'apply', 'full', *allow(*taken), '--publish=17002:7000', '--', 'true'], capture_output=True, text=True)
        holds('one that %s has on the loopback inside is refused in words' % taken[0], other.returncode == 125 and 'port 7000 of the sandbox cannot be published' in other.stderr, (other.returncode, other.stderr))
    holds('where nobody listens inside the connection ends', late == b'', late)
    running.communicate('\n')
    time.sleep(.3)
    try:
        socket.create_connection(('127.0.0.1', 17000), 5)
        left = True
    except OSError:
        left = False
    holds('the port is closed with the sandbox', not left)


def unaccepted():
    """A service that accepts nothing for a while holds up no other one, and has its connections later."""
    import socket, time
    code = '''
        import threading
        late, soon = socket.create_server(("127.0.0.1", 7010), backlog=1), socket.create_server(("127.0.0.1", 7011))
        def serve(server):
            while True: c, _ = server.accept(); c.sendall(b"inside " + c.recv(100)); c.close()
        threading.Thread(target=serve, args=(soon,), daemon=True).start(); print("ready", flush=True); sys.stdin.readline()
        threading.Thread(target=serve, args=(late,), daemon=True).start(); sys.stdin.readline()
    '''
    command = [PRODUCT, 'apply', 'full', '--network=none', '--publish=17010:7010', '--publish=17011:7011', '--', PYTHON, '-c', CLIENT + textwrap.dedent(code)]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    running.stdout.readline()
    waiting = [socket.create_connection(('127.0.0.1', 17010), 20) for _ in range(30)]
    [each.sendall(b'late') for each in waiting]
    start = time.monotonic()
    with socket.create_connection(('127.0.0.1', 17011), 20) as client:
        client.sendall(b'soon')
        got = client.recv(100)
    holds('30 connections that are not accepted hold up no other port', got == b'inside soon' and time.monotonic() - start < 3, (got, time.monotonic() - start))
    running.stdin.write('\n')
    running.stdin.flush()
    try:
        answers = {each.recv(100) for each in waiting}
    except OSError as problem:
        answers = repr(problem)
    holds('and are answered when they are accepted', answers == {b'inside late'}, answers)
    running.communicate('\n')


def unpublished():
    """A first process that can make no socket says so for each connection, and at once."""
    import socket
    profile = WORLD + '/socketless.yaml'
    with open(profile, 'w') as file:
        file.write('extends: full\nnetwork: {publish: ["17001:7001"]}\nsyscalls: {deny: [socket]}\n')
    running = subprocess.Popen([PRODUCT, 'apply', profile, '--', 'sh', '-c', 'echo ready; read x'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    holds('a sandbox without sockets of its own may publish a port', running.stdout.readline() == 'ready\n')
    for _ in range(2):
        try:  # the end may come before the beginning is told
            with socket.create_connection(('127.0.0.1', 17001), 20) as client:
                ended = client.recv(10) == b''
        except ConnectionResetError:
            ended = True
        holds('where no connection can be made inside, that outside ends', ended)
    running.communicate('\n')


def proxies():
    tries(allow('web.test:80'), [
        ('proxy variables are gone', '[k for k in os.environ if k.lower().endswith("_proxy")]', '[]'),
        ('and those that single programs have', '[k for k in os.environ if "proxy" in k.lower()]', '[]'),
    ], http_proxy='http://127.0.0.1:9', HTTPS_PROXY='', NO_PROXY='x', PIP_PROXY='http://127.0.0.1:9', npm_config_https_proxy='http://127.0.0.1:9',
        NPM_CONFIG_PROXY='http://127.0.0.1:9', YARN_HTTPS_PROXY='http://127.0.0.1:9', CARGO_HTTP_PROXY='127.0.0.1:9', RSYNC_PROXY='127.0.0.1:9')
    import socket, threading
    seen = []

    def proxy(server):
        while True:
            c, _ = server.accept()
            head = c.recv(4096)
            seen.append(head.split(b'\r\n')[0].decode())
            c.sendall(b'HTTP/1.1 200 Connection established\r\n\r\n')
            data = c.recv(4096)
            c.sendall(b'by proxy ' + data)
            c.close()
    server = socket.create_server(('127.0.0.1', 3128))
    threading.Thread(target=proxy, args=(server,), daemon=True).start()
    tries(allow('far.test:80', 'web.test:80'), [
        ("the gateway goes through the caller's own proxy", 'talk("far.test", 80)', 'by proxy hello'),
        ('but not to what that is not for', 'talk("web.test", 80)', '203.0.113.10 hello'),
        ('and to nothing that is not listed', 'talk("other.test", 80)', 'NONAME'),
    ], https_proxy='http://127.0.0.1:3128', no_proxy='web.test')
    other = sandbox(allow('far.test:80'), 'talk("far.test", 80)', ALL_PROXY='socks5://me:secret@127.0.0.1:3128')
    holds('a proxy of another kind is refused, and not passed by', other.returncode == 125 and '`ALL_PROXY` names no proxy of the form' in other.stderr and 'secret' not in other.stderr, (other.returncode, other.stderr))
    holds('the proxy is told the name', seen == ['CONNECT far.test:80 HTTP/1.1'], seen)


def programs():
    import shutil
    certificate = WORLD + '/ca.pem'
    options = allow('web.test:443', 'web.test:80') + ['--read', certificate]
    for name, command, wanted in [
            ('curl', ['curl', '-sS', '--cacert', certificate, 'https://web.test/'], 'I am 203.0.113.10'),
            ('wget', ['wget', '-q', '-O', '-', '--ca-certificate', certificate, 'https://web.test/'], 'I am 203.0.113.10'),
            ('node', ['node', '-e', 'require("net").connect(80,"web.test",function(){this.end("GET / HTTP/1.0\\r\\n\\r\\n")}).on("data",d=>console.log(""+d))'], 'I am 203.0.113.10'),
            ('perl', ['perl', '-MIO::Socket::INET', '-e', '$s=IO::Socket::INET->new("web.test:80") or die $!; print $s "GET / HTTP/1.0\\r\\n\\r\\n"; print <$s>'], 'I am 203.0.113.10'),
            ('bash', ['bash', '-c', 'exec 3<>/dev/tcp/web.test/80; printf "GET / HTTP/1.0\\r\\n\\r\\n" >&3; cat <&3'], 'I am 203.0.113.10')]:
        if shutil.which(name) is None:
            print('# skipped: no', name)
            continue
        result = runs(options, command)
        holds(name + ' needs to know nothing', wanted in result.stdout, result)
    if shutil.which('curl'):
        result = runs(options, ['curl', '-sSL', 'http://web.test/moved'])
        holds('a redirect to another host leads nowhere', result.returncode == 6, result)


def together():
    code = 'print(outcome(lambda: talk("web.test", 80)), outcome(lambda: talk("other.test", 80)), flush=True); sys.stdin.readline()'
    def start(name):
        command = [PRODUCT, 'apply', 'full', *allow(name + ':80'), '--', PYTHON, '-c', CLIENT + code]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    one, two = start('web.test'), start('other.test')
    first, second = one.stdout.readline().strip(), two.stdout.readline().strip()
    holds('two sandboxes have each what is theirs', (first, second) == ('203.0.113.10 hello NONAME', 'NONAME 203.0.113.20 hello'), (first, second))
    for each in (one, two):
        each.communicate('\n')


def written_down():
    log = os.environ['XDG_RUNTIME_DIR'] + '/hexe-policy/gateway/log.jsonl'
    before = os.path.getsize(log) if os.path.exists(log) else 0
    status = WORLD + '/status-%d.json' % os.getpid()
    sandbox(allow('web.test:80') + ['--status-file', status], 'outcome(lambda: talk("web.test", 80)); outcome(lambda: talk("other.test", 80)); outcome(lambda: talk("a\\x1b[2J.test", 80)); time.sleep(.3)')
    with open(log) as file:
        file.seek(before)
        lines = [json.loads(line) for line in file]
    verdicts = {(line['host'], line['verdict']) for line in lines}
    holds('what was allowed and refused is written down', {('web.test', 'allowed'), ('other.test', 'refused')} <= verdicts, lines)
    with open(status) as file:
        events = [json.loads(line) for line in file]
    hosts = {e.get('host') for e in events if e['event'] == 'network'}
    holds('and told to who watches', {'web.test', 'other.test'} <= hosts, events)


def verified():
    options = allow('web.test:80', '10.9.8.7:5432', 'localhost:80', '*.wild.test:5432') + ['--deny', 'b.wild.test', '--deny', 'other.test']
    result = subprocess.run([PRODUCT, 'verify', 'full', *options, '--json'], capture_output=True, text=True, timeout=280)
    holds('verify finds everything as promised', result.returncode == 0, result)
    acts = {act['act']: act for act in json.loads(result.stdout)['acts'] if act['guarantee'] == 'destinations'}
    for act in ('reach web.test 80', 'connect 10.9.8.7 5432', 'connect 127.0.0.1 80', 'reach web.test 443', 'connect 203.0.113.10 80',
                'resolve b.wild.test', 'resolve other.test', 'resolve example.com', 'connect ::ffff:192.0.2.1 443', 'send 192.0.2.1 9'):
        holds('it tries to ' + act, acts.get(act, {}).get('judgement') == 'held', acts.get(act))


ALL = [names_and_ports, wildcards_and_denials, addresses, greetings, datagrams, much, published, unaccepted, unpublished, proxies, programs, together, written_down, verified]
run_all(ALL, waiting=[wildcards_and_denials])
