"""What a sandbox makes the gateway remember or hold, of which others do not suffer: `shares.py PRODUCT`, in internet.py's world."""
import glob, json, os, subprocess, time

from asking import beside, inside, runtime
from trying import PRODUCT, allow, gateway, holds, run_all, sandbox


def remembered_names():
    """Names as long as they may be, as many as there are addresses; a proxy of the caller's is there, so that none has to be looked up."""
    own = dict(XDG_RUNTIME_DIR=runtime('r'), https_proxy='http://127.0.0.1:9', no_proxy='web.test')
    sandbox(allow('web.test:80'), '0', **own)
    first_gateway = gateway(own['XDG_RUNTIME_DIR'])
    greedy = '''
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(("127.0.0.1", 53)); s.settimeout(60); codes = {}
        def asked(i): s.send(question([b"%05d" % i + b"x" * 58, b"y" * 63, b"z" * 63, b"w" * 40, b"many", b"test"]))
        for i in range(0, 65600, 32):
            [asked(n) for n in range(i, i + 32)]
            for _ in range(32): code = s.recv(4096)[3] & 15; codes[code] = codes.get(code, 0) + 1
        print(codes.get(0, 0) > 5000, set(codes) <= {0, 2}, flush=True); sys.stdin.readline()
    '''
    outer, inner = [], []

    def second():
        inner.append(beside(own, allow('*.many.test:80'), greedy, 'print(talk("web.test", 80), ask(question([b"web", b"test"])))'))
        return inner[0][1]
    first = beside(own, allow('*.many.test:80'), greedy, second)
    holds('one sandbox has thousands of long names', first[0] == 'True True\n', first)
    holds('and a second one beside it', inner[0][0] == 'True True\n', inner)
    holds('a third one is served', inner[0][1].stdout == '203.0.113.10 hello 0 1\n', inner)
    holds('by the same gateway', gateway(own['XDG_RUNTIME_DIR']) == first_gateway)


def lines(own):
    found = []
    for path in glob.glob(own + '/hexe-policy/gateway/log.jsonl*'):
        with open(path) as file:
            found += [json.loads(line) for line in file]
    return found


def blinded_log():
    """What was allowed is written down, whatever was refused before."""
    for level in ('decisions', 'connections'):
        own = runtime('b' + level)
        profile = own + '/%s.yaml' % level
        with open(profile, 'w') as file:
            file.write('extends: full\nnetwork: {allow: ["web.test:80"], log: %s}\n' % level)
        os.chmod(profile, 0o644)
        inside([], '''
            for i in range(4500): ask(question([b"n%d" % i, b"other", b"test"]))
            talk("web.test", 80); time.sleep(.3)
        ''', profile=profile, XDG_RUNTIME_DIR=own)
        said = lines(own)
        holds('with `log: %s` a connection is written down after thousands of refusals' % level,
              any(it['host'] == 'web.test' and it['verdict'] == 'allowed' for it in said), said[-2:])
        told = [it for it in said if 'not written down' in it['reason']]
        holds('and that refusals are left out is, once', len(told) == (level == 'decisions'), told)


def waiting_datagrams():
    """As many as may wait for a name that nobody answers for."""
    own = dict(XDG_RUNTIME_DIR=runtime('u'))
    sandbox(allow('web.test:80'), 'talk("web.test", 80)', **own)
    process = gateway(own['XDG_RUNTIME_DIR'])
    before = resident(process)
    first, held, rest = beside(own, allow('x.silent.test:5300/udp', 'web.test:80'), '''
        senders = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(60)]
        for turn in range(16):
            for s in senders: s.sendto(bytes(60000), ("198.18.0.2", 5300)); time.sleep(.001)
        print("sent", flush=True); sys.stdin.readline(); time.sleep(1)
        print(talk("web.test", 80))
    ''', lambda: resident(process) - before)
    holds('datagrams for a name that nobody answers for are sent', first == 'sent\n', first)
    holds('and no more of them are held than of other data', held < 24 << 10, held)
    holds('the sandbox is served afterwards', rest == '203.0.113.10 hello\n', rest)


def resident(process):
    """Kilobytes."""
    with open('/proc/%d/status' % process) as file:
        return next(int(line.split()[1]) for line in file if line.startswith('VmRSS'))


def left_behind():
    """What ended connections leave behind in memory does not add up, whatever the Java."""
    own = dict(XDG_RUNTIME_DIR=runtime('h'))
    many = '''
        for _ in range(%d):
            made = [socket.create_connection(("web.test", 80), 60) for _ in range(800)]
            for s in made: s.sendall(b"x")
            for s in made: until(s, b"x"); s.close()
        print("made")
    '''
    sandbox(allow('web.test:80'), many % 2, **own)
    process = gateway(own['XDG_RUNTIME_DIR'])
    before = resident(process)
    result = sandbox(allow('web.test:80'), many % 8, **own)
    holds('thousands of connections are made', result.stdout == 'made\n', result)
    holds('and what they leave behind does not add up', resident(process) - before < 12 << 10, (before, resident(process)))


def same_name():
    """A program that makes many connections to one host at once waits for one answer."""
    result = inside(allow('late.test:80'), '''
        address = socket.gethostbyname("late.test"); time.sleep(6)  # longer than anybody remembers what it leads to
        made = [socket.socket() for _ in range(200)]; [(s.setblocking(False), s.connect_ex((address, 80))) for s in made]
        def answer(s):
            s.settimeout(60); s.sendall(b"x"); return until(s, b"x")
        time.sleep(.1)
        print({outcome(lambda: answer(s)) for s in made})
    ''', XDG_RUNTIME_DIR=runtime('l'))
    holds('200 connections at once to a name that is answered late are made', result.stdout == "{'203.0.113.10 x'}\n", result)


def signs_of_life():
    """A connection on which nothing is said is not forgotten on the way."""
    def timers():
        with open('/proc/net/tcp6') as file:  # of the gateway, whose sockets are for both kinds of addresses
            rows = [line.split() for line in file][1:]
        return [int(row[5].split(':')[1], 16) / 100 for row in rows if row[2].endswith('0A7100CB:0050') and row[3] == '01' and row[5].startswith('02')]
    first, result, _ = beside(dict(XDG_RUNTIME_DIR=runtime('s')), allow('web.test:80'), '''
        s = socket.create_connection(("web.test", 80), 60); s.sendall(b"x"); until(s, b"x"); time.sleep(1); print("silent", flush=True); sys.stdin.readline()
    ''', timers)
    holds('a silent connection is asked for a sign of life within a minute', result and max(result) <= 60, (first, result))


run_all([remembered_names, blinded_log, waiting_datagrams, left_behind, same_name, signs_of_life], waiting=[same_name, signs_of_life])
