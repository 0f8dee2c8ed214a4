"""Attempts against the gateway: what a sandbox or its end may do to it, and that others do not suffer."""
import os, random, signal, socket, struct, subprocess, textwrap, threading, time

from asking import SOON, answers, beside, inside, runtime
from trying import CLIENT, PRODUCT, PYTHON, WORLD, allow, at_once, gateway, holds, run_all, sandbox

def descriptors(pid):
    return len(os.listdir('/proc/%d/fd' % pid))


def questions():
    option = b'\0' + struct.pack('!HHIH', 41, 1232, 0, 0)
    answers(allow('web.test:80'), [
        ('a name is answered over UDP', 'ask(question(WEB))', '0 1'),
        ('and over TCP', 'ask_stream(question(WEB))', '0 1'),
        ('another one is not', 'ask(question([b"other", b"test"]))', '3 0'),
        ('nor over TCP', 'ask_stream(question([b"other", b"test"]))', '3 0'),
        ('EDNS is understood', 'ask(question(WEB, more=%r, counts=(1, 0, 0, 1)))' % option, '0 1'),
        ('and over TCP', 'ask_stream(question(WEB, more=%r, counts=(1, 0, 0, 1)))' % option, '0 1'),
        ('an allowed name has no other records', '[ask(question(WEB, kind)) for kind in (15, 16, 33, 64, 65)]', str(['0 0'] * 5)),
        ('and another one has none at all', '[ask(question([b"other", b"test"], kind)) for kind in (1, 28, 12, 16, 65, 255)]', str(['3 0'] * 6)),
        ('nor has an address a name', 'ask(question([b"10", b"113", b"0", b"203", b"in-addr", b"arpa"], 12))', '3 0'),
        ('two questions are none', 'ask(question(WEB, counts=(2, 0, 0, 0), more=question(WEB)[12:]))', ('4 0', 'silence')),
        ('no question is none', 'ask(b"hx" + bytes([1, 0]) + bytes(8))', ('4 0', 'silence')),
        ('other operations are not known', 'ask(b"hx" + bytes([0x29, 0]) + question(WEB)[4:])', '4 0'),
    ])
    answers(allow('unsure.test:80'), [
        ('a name that cannot be looked up at the moment may exist', '[ask(question([b"unsure", b"test"], kind)) for kind in (1, 28)]', "['2 0', '2 0']"),
        ('and a program may try again', 'talk("unsure.test", 80)', 'AGAIN')])
    answers(allow('web.test:80', '*:53'), [
        ('a long name is answered in as much as small resolvers take', 'answer_size(question([b"l" * 63] * 3 + [b"m" * 51, b"wild", b"test"], 28)) <= 512', 'True'),
        ('names are answered over TCP where their port is listed for all hosts', 'ask_stream(question(WEB))', '0 1')])


def smuggled_names():
    """Whatever bytes a name holds, only allowed names are looked up outside."""
    asked = WORLD + '/asked'
    open(asked, 'w').close()
    answers(allow('web.test:80', '*.wild.test:80'), [
        (what, 'ask(question(%r))' % (labels,), ('3 0', 'silence')) for what, labels in (
            ('a zero byte does not end a name', [b'other', b'test\0', b'wild', b'test']),
            ('nor does a space', [b'other.test x', b'wild', b'test']),
            ('nor a line', [b'other.test\n', b'wild', b'test']),
            ('a slash is no name', [b'other.test/', b'wild', b'test']),
            ('nor is a percent sign', [b'%6fther', b'wild', b'test']),
            ('an address is none', [b'203', b'0', b'113', b'20']),
            ('nor is one in hexadecimal', [b'0xcb007114']),
            ('nor one with a name behind it', [b'x', b'0x7f']),
            ('letters of other alphabets are none', ['w\u0435b'.encode(), b'test']),
            ('those that stand for one of ours are taken for it, and judged as that', ['\u212aelvin'.encode(), b'wild', b'test']),
            ('a long name is none', [b'a' * 63, b'b' * 63, b'c' * 63, b'd' * 63, b'wild', b'test']),
            ('what only ends alike is another one', [b'xweb', b'test']),
            ('nor is what a dot in a label makes of it', [b'web.test.other', b'test']))] + [
        ('an allowed name still is', 'ask(question(WEB))', '0 1')])
    with open(asked) as file:
        names = {line.strip() for line in file}
    holds('nothing else was looked up', names <= {'web.test', 'kelvin.wild.test'}, names)


def broken_questions():
    head = b'hx\1\0\0\1\0\0\0\0\0\0'
    own = dict(XDG_RUNTIME_DIR=runtime('b'))
    loop = head + b'\xc0\x0c\0\1\0\1'
    answers(allow('web.test:80'), [
        ('a name that refers to itself is none', 'ask(%r)' % loop, ('3 0', '4 0', '1 0', 'silence')),
        ('nor over TCP', 'ask_stream(%r)' % loop, ('3 0', '4 0', '1 0', 'closed', 'ECONNRESET')),
        ('nor a chain of references', 'ask(%r)' % (head + b''.join(b'\1a' + struct.pack('!H', 0xc000 | 12 + 4 * i) for i in range(120)) + b'\0\0\1\0\1'), ('3 0', '4 0', '1 0', 'silence')),
        ('a thousand of the kind are none', '[ask_off(%r) for _ in range(1000)] and "done"' % loop, 'done'),
        ('65,535 questions in few bytes are none', 'ask(%r)' % (head[:4] + b'\xff\xff' + head[6:] + b'\xc0\x0c\0\1\0\1' * 60), ('3 0', '4 0', '1 0', 'silence')),
        ('nor is a name beyond the end', 'ask(%r)' % (head + b'\x3fabc'), ('3 0', '4 0', '1 0', 'silence')),
        ('nor a byte alone', 'ask(b"h")', 'silence'),
        ('a length that is not kept ends in time', 'ask_stream(b"hx", 5000)', ('closed', 'ECONNRESET')),
    ], **own)
    answers(allow('web.test:80'), [
        ('others are still answered', 'ask(question(WEB))', '0 1'),
        ('also over TCP', 'ask_stream(question(WEB))', '0 1'),
        ('and connected', 'talk("web.test", 80)', '203.0.113.10 hello'),
    ], **own)


def many_connections():
    """Ten thousand from one sandbox, while another one works."""
    code = '''
        import resource
        resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
        made, refused, most = [], 0, 0
        def alive(s):
            try: s.setblocking(False); return s.recv(1) != b""
            except BlockingIOError: return True
            except OSError: return False
        for i in range(10000):
            s = socket.socket()
            try: s.settimeout(60); s.connect(("web.test" if not made else made[0].getpeername()[0], 80)); made.append(s)
            except OSError: refused += 1
            if len(made) >= 2000:
                until_then = time.monotonic() + 60
                while sum(map(alive, made)) > 1024 and time.monotonic() < until_then: time.sleep(.2)
                most = max(most, sum(map(alive, made))); refused += sum(not alive(s) for s in made)
                [s.close() for s in made[1:]]; del made[1:]
        print("made", flush=True); sys.stdin.readline()
        print(most <= 1024, refused > 0)
        [s.close() for s in made]
        time.sleep(1)
        print(talk("web.test", 80))
    '''
    command = [PRODUCT, 'apply', 'full', *allow('web.test:80'), '--', PYTHON, '-c', CLIENT + textwrap.dedent(code)]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    meanwhile = sandbox(allow('web.test:80'), 'print(all(talk("web.test", 80) == "203.0.113.10 hello" for _ in range(20)))')
    holds('one sandbox is served while another one asks for everything', meanwhile.stdout == 'True\n', meanwhile)
    running.stdout.readline()
    rest = running.communicate('\n')[0].split('\n')
    holds('no more than 1,024 are served at a time', rest[0] == 'True True', rest)
    holds('and then those that come', rest[1] == '203.0.113.10 hello', rest)
    log = subprocess.run([PRODUCT, 'log'], capture_output=True, text=True).stdout
    holds('those that are refused are told', 'too many connections at a time' in log, log[-500:])


def clogged_connections():
    """As many as there may be, each full of what nobody reads."""
    code = '''
        import resource
        resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
        made, sent = [], 0
        for i in range(1000):
            made.append(socket.create_connection(("web.test", 9), 60)); made[-1].setblocking(False)
        for turn in range(30):
            before = sent
            for s in made:
                try:
                    while True: sent += s.send(bytes(1 << 16))
                except OSError: pass
            if sent == before: break
            time.sleep(.1)
        print("full", sent > 1 << 26, flush=True); sys.stdin.readline()
        [s.close() for s in made]
        print(talk("web.test", 80))
    '''
    command = [PRODUCT, 'apply', 'full', *allow('web.test:80', 'web.test:9'), '--', PYTHON, '-c', CLIENT + textwrap.dedent(code)]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    full = running.stdout.readline()
    holds('there is no end of what may be sent to nobody', full == 'full True\n', full)
    meanwhile = sandbox(allow('web.test:5432'), '''
        data = b"no greeting of TLS" + os.urandom(1 << 22); s = socket.create_connection(("web.test", 5432), 60)
        import threading; threading.Thread(target=lambda: (s.sendall(data), s.shutdown(socket.SHUT_WR))).start()
        got = bytearray()
        while (part := s.recv(1 << 20)): got += part
        print(bytes(got[len("203.0.113.10 "):]) == data)
    ''')
    holds('and another sandbox has all it needs', meanwhile.stdout == 'True\n', meanwhile)
    rest = running.communicate('\n')[0]
    holds('as has the same one afterwards', rest == '203.0.113.10 hello\n', rest)


def deaf_askers():
    """Who asks for names over TCP without an end, and takes no answer, fills no memory."""
    own = dict(XDG_RUNTIME_DIR=runtime('d'))
    first, result, rest = beside(own, allow('web.test:80'), '''
        packet = question(WEB); many = (struct.pack("!H", len(packet)) + packet) * 2000
        deaf = [socket.create_connection(("127.0.0.1", 53), 60) for _ in range(10)]
        [s.setblocking(False) for s in deaf]
        sent, until_then = 0, time.monotonic() + 8
        while time.monotonic() < until_then:
            for s in deaf:
                try: sent += s.send(many)
                except OSError: pass
        print(sent > 1 << 20, flush=True); sys.stdin.readline(); [s.close() for s in deaf]
        until_then = time.monotonic() + 60
        while (last := outcome(lambda: talk("web.test", 80))) == "AGAIN" and time.monotonic() < until_then: pass
        print(last)
    ''', 'print(talk("web.test", 80), ask_stream(question(WEB)))', stderr=subprocess.DEVNULL)
    holds('there is no end of questions whose answers nobody takes', first == 'True\n', first)
    holds('and another sandbox is served', result.stdout == '203.0.113.10 hello 0 1\n', result)
    holds('as is the same one', rest == '203.0.113.10 hello\n', rest)


def slow_names():
    """Names that nobody answers for take no other sandbox's turn."""
    own = dict(XDG_RUNTIME_DIR=runtime('n'))
    sandbox(allow('web.test:80'), '0', **own)
    first, result, _ = beside(own, allow('*.silent.test:80'), '''
        import threading, select
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(("127.0.0.1", 53))
        done = threading.Event(); asked = [0]
        def flood():
            while not done.is_set():
                s.send(question([b"n%d" % asked[0], b"silent", b"test"])); asked[0] += 1; time.sleep(.005)
        threading.Thread(target=flood, daemon=True).start(); time.sleep(2)
        print("asks", flush=True); sys.stdin.readline(); done.set()
    ''', '''
        start = time.monotonic()
        answers = [ask(question(WEB)) for _ in range(10) if not time.sleep(.6)]  # the gateway remembers none for 5 s
        print(set(answers), time.monotonic() - start)
    ''')
    said = result.stdout.split()
    holds('names that nobody answers for hold up no other sandbox', first == 'asks\n' and said[:2] == ["{'0", "1'}"] and float(said[2]) < 6 + 3, result)


def few_descriptors():
    """All that a sandbox can get of a gateway that has few leaves some for another one."""
    own = dict(XDG_RUNTIME_DIR=runtime('f'))
    def few():
        import resource
        resource.setrlimit(resource.RLIMIT_NOFILE, (512, 512))
    first, result, rest = beside(own, allow('web.test:80'), '''
        made, address = [], socket.gethostbyname("web.test")
        for i in range(450):
            s = socket.socket(); s.settimeout(60)
            try: s.connect((address, 80)); s.sendall(b"x"); s.recv(20); made.append(s)
            except OSError: s.close()
        print(len(made) > 50, flush=True); sys.stdin.readline(); [s.close() for s in made]; time.sleep(1)
        print(talk("web.test", 80))
    ''', 'print({talk("web.test", 80) for _ in range(20)}, ask_stream(question(WEB)))', preexec_fn=few)
    holds('a gateway with few descriptors serves one that wants all', first == 'True\n', first)
    holds('and another one beside it', result.stdout == "{'203.0.113.10 hello'} 0 1\n", result)
    holds('and the first one afterwards', rest == '203.0.113.10 hello\n', rest)


def given_up():
    """Connections that nobody waits for any more take no descriptors."""
    own = dict(XDG_RUNTIME_DIR=runtime('g'))
    def few():
        import resource
        resource.setrlimit(resource.RLIMIT_NOFILE, (512, 512))
    first, result, rest = beside(own, allow('deaf.test:80', 'web.test:80'), '''
        address = socket.gethostbyname("deaf.test")
        for i in range(1500):
            s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            outcome(lambda: s.connect((address, 80))); s.close(); time.sleep(.002)
        print("given up", flush=True); sys.stdin.readline(); print(talk("web.test", 80))
    ''', 'print(talk("web.test", 80))', preexec_fn=few)
    holds('1500 connections are given up before they are made', first == 'given up\n', first)
    holds('and hold up nobody else', result.stdout == '203.0.113.10 hello\n', result)
    holds('nor end the gateway', rest == '203.0.113.10 hello\n', rest)


def many_senders():
    """A program that sends each datagram from a socket of its own is answered, however many there were."""
    answers(allow('203.0.113.10:5300/udp'), [
        ('the 300th sender is answered', '[send("203.0.113.10", 5300) for _ in range(300)][-1]', '203.0.113.10 ping')])


def many_sockets():
    """More of them than the kernel keeps on their way to a gateway that has not come up yet."""
    own = {**os.environ, 'XDG_RUNTIME_DIR': runtime('m')}
    options = allow('web.test:80', *['n%d.test:%d' % (i, 1000 + i) for i in range(220)])
    plan = WORLD + '/many.plan'
    compiled = subprocess.run([PRODUCT, 'compile', 'full', *options, '-o', plan], capture_output=True, text=True, env=own)
    command = [PRODUCT, 'run', plan, '--', PYTHON, '-c', CLIENT + 'print(talk("web.test", 80))']
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=own) for _ in range(3)]
    said = [each.communicate(timeout=280) for each in started]
    holds('sandboxes with hundreds of sockets start at once with the gateway', [it[0] for it in said] == ['203.0.113.10 hello\n'] * 3, (compiled, said))


def slow_clients():
    answers(allow('web.test:443', 'web.test:5432'), [
        ('half a greeting is not held for ever', '(lambda s: [s.sendall(b"\\x16\\x03\\x01\\x02\\x00\\x01"), s.recv(1)][1])(socket.create_connection(("web.test", 443), 100))', ('ECONNRESET', "b''")),
        ('nor one that comes byte by byte', 'drip(socket.create_connection(("web.test", 443), 100))', ('ECONNRESET', 'EPIPE', 'closed')),
        ('a plain connection may be silent, and go on', '(lambda s: [time.sleep(12), s.sendall(b"x"), until(s, b"x")][2])(socket.create_connection(("web.test", 5432), 100))', '203.0.113.10 x'),
    ], XDG_RUNTIME_DIR=runtime('w'))


def killed_gateway():
    """Killed at random moments: the sandbox loses its network, and never gains any."""
    code = '''
        import select
        reached, strange, until_then = 0, set(), time.monotonic() + 100
        while not reached and time.monotonic() < until_then: reached = outcome(lambda: talk("web.test", 80)) == "203.0.113.10 hello"
        print("begin", flush=True)
        while not select.select([sys.stdin], [], [], 0)[0]:
            a = outcome(lambda: talk("web.test", 80)); reached += a.startswith("203.0.113.10")
            for b in (outcome(lambda: talk("other.test", 80)), outcome(lambda: connect("203.0.113.20", 80)), outcome(lambda: connect("127.0.0.1", 5432)), outcome(lambda: send("203.0.113.10", 5300))):
                if b not in ("NONAME", "AGAIN", "ENETUNREACH", "ECONNREFUSED"): strange.add(b)
        print(reached > 0, strange, outcome(lambda: connect("198.18.0.2", 80)), outcome(lambda: talk("web.test", 80)))
    '''
    at_once(*[lambda it=it: killed_once(runtime('k%d' % it), code) for it in range(3)])


def killed_once(own, code):
    command = [PRODUCT, 'apply', 'full', *allow('web.test:80'), '--', PYTHON, '-c', SOON + CLIENT + textwrap.dedent(code)]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, 'XDG_RUNTIME_DIR': own})
    running.stdout.readline()
    time.sleep(1 + random.random() * 2)
    os.kill(gateway(own), signal.SIGKILL)
    time.sleep(random.random())
    said, told = running.communicate('\n', timeout=200)
    holds('a killed gateway is the end of the network, and no more', said.strip() in ('True set() ECONNREFUSED AGAIN', 'True set() ECONNREFUSED NONAME'), said)
    holds('which is said', 'the gateway has ended' in told, told)
    after = sandbox(allow('web.test:80'), 'print(talk("web.test", 80))', XDG_RUNTIME_DIR=own)
    holds('the next sandbox has a new one', after.stdout == '203.0.113.10 hello\n', after)


def killed_while_starting():
    """Whenever it dies, a command that runs had a gateway once, or did not start."""
    own = runtime('s')
    for _ in range(6):
        running = subprocess.Popen([PRODUCT, 'apply', 'full', *allow('web.test:80'), '--', PYTHON, '-c', SOON + CLIENT + 'print(outcome(lambda: talk("other.test", 80)), outcome(lambda: connect("203.0.113.20", 80)))'],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, 'XDG_RUNTIME_DIR': own})
        time.sleep(random.random() * .3)
        victim = gateway(own)
        if victim:
            os.kill(victim, signal.SIGKILL)
        said, told = running.communicate(timeout=200)
        refused = running.returncode == 125 and 'gateway' in told
        holds('a gateway that dies at a start lets nothing through', refused or said.strip() in ('NONAME ENETUNREACH', 'AGAIN ENETUNREACH'), (running.returncode, said, told))


def stopped_while_waiting():
    """A gateway that says nothing keeps nobody from ending the start."""
    own = dict(XDG_RUNTIME_DIR=runtime('h'))
    sandbox(allow('web.test:80'), '0', **own)
    silent = gateway(own['XDG_RUNTIME_DIR'])
    os.kill(silent, signal.SIGSTOP)
    try:
        running = subprocess.Popen([PRODUCT, 'apply', 'full', *allow('web.test:80'), '--', 'echo', 'runs'], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **own})
        told = next((line for line in running.stderr if 'waiting for the gateway' in line), '')
        running.terminate()
        said = running.communicate(timeout=100)[0]
        holds('a start that waits says so, and ends when it is told to', told and said == '' and running.returncode in (143, -15), (told, said, running.returncode))
    finally:
        os.kill(silent, signal.SIGCONT)


def used_up_names():
    """All addresses for names: a proxy of the caller's is there, so that nothing has to be looked up."""
    proxy = dict(https_proxy='http://127.0.0.1:9')
    result = inside(allow('*.many.test:80'), '''
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(("127.0.0.1", 53)); s.settimeout(60)
        def asked(i): s.send(question([b"n%d" % i, b"many", b"test"]))
        codes, seen = {}, set()
        for i in range(0, 65600, 32):
            [asked(n) for n in range(i, i + 32)]
            for _ in range(32):
                a = s.recv(4096); code = a[3] & 15; codes[code] = codes.get(code, 0) + 1
                if code == 0: seen.add(a[-4:])
        asked(0); first = s.recv(4096)
        print(codes, len(seen), first[3] & 15)
    ''', **proxy)
    holds('65,535 names have addresses, each its own, and no more', result.stdout == '{0: 65535, 2: 65} 65535 0\n', result)
    other = inside(allow('*.many.test:80'), 'print(ask(question([b"x", b"many", b"test"])))', **proxy)
    holds('another sandbox has its own', other.stdout == '0 1\n', other)


def left_over():
    """Nothing of a sandbox stays with the gateway."""
    sandbox(allow('web.test:80'), 'talk("web.test", 80)')
    pid = gateway()
    before = descriptors(pid)
    for _ in range(4):
        sandbox(allow('web.test:80', '*.wild.test:443') + ['--publish', '17100:80'],
                '[socket.create_connection(("web.test", 80)) for _ in range(50)]; outcome(lambda: talk("other.test", 80)); os._exit(0)')
    deadline = time.monotonic() + 60
    while descriptors(pid) > before and time.monotonic() < deadline:
        time.sleep(.1)
    holds('no descriptor is left over', gateway() == pid and descriptors(pid) <= before, (before, descriptors(pid)))


def two_policies():
    """Side by side, over and over: each has what is its own."""
    wrong = []

    def one(mine, other, address):
        for _ in range(4):
            code = 'print([(outcome(lambda: talk(%r, 80)), outcome(lambda: talk(%r, 80)), outcome(lambda: connect("198.18.0.2", 80)), outcome(lambda: connect("198.18.0.3", 80))) for _ in range(20)])' % (mine, other)
            result = sandbox(allow(mine + ':80'), code)
            wanted = str([(address + ' hello', 'NONAME', address + ' x', 'ECONNREFUSED')] * 20)
            if result.stdout.strip() != wanted:
                wrong.append(result)
    threads = [threading.Thread(target=one, args=each) for each in (('web.test', 'other.test', '203.0.113.10'), ('other.test', 'web.test', '203.0.113.20'))]
    [each.start() for each in threads]
    [each.join() for each in threads]
    holds('two policies at once do not mix, though the addresses for names are the same', not wrong, wrong[:1])


def strangers():
    """Who connects to the gateway's socket and says nothing, or nonsense, is no harm to others."""
    sandbox(allow('web.test:80'), '0')
    path = os.environ['XDG_RUNTIME_DIR'] + '/hexe-policy/gateway/socket'
    silent = [socket.socket(socket.AF_UNIX) for _ in range(300)]
    for each in silent:
        each.connect(path)
        each.send(random.choice([b'', b'x', b'hexe-gateway 1\n']))
    result = sandbox(allow('web.test:80'), 'print(talk("web.test", 80))')
    holds('a sandbox is served beside silent strangers', result.stdout == '203.0.113.10 hello\n', result)
    with open(WORLD + '/nonsense', 'w') as file:
        file.write('hexe-gateway 1\nsocket tcp x y\n')
    for name in (WORLD + '/nonsense', '/dev/null', '/'):
        each = socket.socket(socket.AF_UNIX)
        each.connect(path)
        descriptor = os.open(name, os.O_RDONLY)
        socket.send_fds(each, [b'x'], [descriptor, descriptor, descriptor])
        silent.append(each)
    pid = gateway()
    result = sandbox(allow('web.test:80'), 'print(talk("web.test", 80))')
    holds('and beside policies that are none', result.stdout == '203.0.113.10 hello\n' and gateway() == pid, result)
    [each.close() for each in silent]


run_all([questions, smuggled_names, broken_questions, many_connections, clogged_connections, deaf_askers, slow_names, few_descriptors, given_up, many_senders, many_sockets, slow_clients, killed_gateway, killed_while_starting, stopped_while_waiting, used_up_names, left_over, two_policies, strangers],
        waiting=[broken_questions, slow_clients, killed_gateway, killed_while_starting, stopped_while_waiting])
