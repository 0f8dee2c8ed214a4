"""What the scripts of this directory try things with: clients inside, and promises that hold or do not."""
import glob, os, subprocess, sys, textwrap, threading

PRODUCT, WORLD = sys.argv[1], os.environ['WORLD']
os.chdir(os.environ['HOME'])  # which every profile has
SECONDS = int(os.environ.get('SECONDS', 280))  # for one sandbox, which an emulated processor takes many of
count = failures = 0
one_at_a_time = threading.Lock()
PYTHON = sys.executable if sys.executable.startswith('/usr') else '/usr/bin/python3'

CLIENT = '''
import errno, os, socket, ssl, struct, sys, time
def outcome(act):
    try: return str(act())
    except socket.gaierror as e: return {-2: "NONAME", -5: "NODATA", -3: "AGAIN"}.get(e.errno, str(e))
    except ssl.SSLError as e: return "TLS"
    except OSError as e: return errno.errorcode.get(e.errno, type(e).__name__)
def talk(host, port, say=b"hello", family=0):
    kinds = [a for a in socket.getaddrinfo(host, port, family, socket.SOCK_STREAM)]
    s = socket.socket(kinds[0][0]); s.settimeout(60); s.connect(kinds[0][4]); s.sendall(say)
    s.shutdown(socket.SHUT_WR); got = b""
    while True:
        part = s.recv(65536)
        if not part: return got.decode()
        got += part
def until(s, end):  # the server writes in pieces
    got = b""
    while not got.endswith(end):
        part = s.recv(100)
        if not part: break
        got += part
    return got.decode()
def connect(host, port):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    s = socket.socket(family); s.settimeout(60); s.connect((host, port)); s.sendall(b"x"); return until(s, b"x")
def greeting(host, port, name):
    c = ssl.create_default_context(); c.check_hostname = False; c.verify_mode = ssl.CERT_NONE
    s = socket.create_connection((host, port), 60); t = c.wrap_socket(s, server_hostname=name); t.sendall(b"hello"); return until(t, b"hello")
def send_briefly(host, port): return send(host, port, seconds=3)
def send(host, port, say=b"ping", seconds=60):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(seconds); s.connect((host, port)); s.send(say); return s.recv(1 << 16).decode()
'''


def sandbox(options, script, profile='full', **environment):
    command = [PRODUCT, 'apply', profile, *options, '--', PYTHON, '-c', CLIENT + textwrap.dedent(script)]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, timeout=SECONDS)


def holds(promise, is_so, evidence=''):
    global count, failures
    with one_at_a_time:
        count += 1
        print(('ok' if is_so else 'not ok'), count, '-', promise, flush=True)
        if not is_so:
            failures += 1
            print(textwrap.indent(str(evidence)[-900:], '# '), flush=True)


def tries(options, expected, profile='full', **environment):
    """Each expected: a promise, an expression inside, what it comes to."""
    script = '\n'.join('print(outcome(lambda: %s), flush=True)' % expression for _, expression, _ in expected)
    result = sandbox(options, script, profile, **environment)
    lines = result.stdout.splitlines() + ['nothing'] * len(expected)  # which no expression comes to
    for (promise, expression, wanted), line in zip(expected, lines):
        fits = line in wanted if isinstance(wanted, tuple) else line == wanted
        holds(promise, fits, '%s: `%s` instead of `%s`, status %d\n%s' % (expression, line, wanted, result.returncode, result.stderr[-600:]))


def skip(what, reason):
    print('# skipped:', what, '-', reason, flush=True)


def runs(options, command, profile='full', **environment):
    """A program inside, without what the caller's environment says of certificates."""
    mine = {k: v for k, v in os.environ.items() if 'CA_' not in k and 'SSL' not in k and 'CERT' not in k}
    return subprocess.run([PRODUCT, 'apply', profile, *options, '--', *command], capture_output=True, text=True,
                          timeout=SECONDS, env={**mine, **environment})


def allow(*destinations):
    return [option for destination in destinations for option in ('--allow', destination)]


def gateway(runtime=None):
    """The gateway of this world, or of one runtime directory: the last one started that has its log's directory as an argument."""
    home = (runtime or os.environ['XDG_RUNTIME_DIR']) + '/hexe-policy/gateway'
    found = []
    for entry in glob.glob('/proc/[0-9]*'):
        try:
            with open(entry + '/cmdline', 'rb') as words, open(entry + '/stat', 'rb') as status:
                command = words.read().split(b'\0')
                if command[0].endswith(b'java') and home.encode() in command:
                    found.append((int(status.read().rsplit(b')', 1)[1].split()[19]), int(entry[6:])))
        except OSError:  # it has just ended
            continue
    return max(found)[1] if found else None


def try_one(scenario):
    try:
        scenario()
    except Exception as problem:  # one that breaks is a promise that is not kept
        holds(scenario.__name__ + ' can be tried', False, repr(problem))


def at_once(*acts):
    """What mostly waits does so together."""
    threads = [threading.Thread(target=act) for act in acts]
    [each.start() for each in threads]
    [each.join() for each in threads]


def run_all(scenarios, waiting=()):
    """Those that are named behind the product, or all; those that mostly wait beside the others."""
    wanted = [it for it in scenarios if len(sys.argv) < 3 or it.__name__ in sys.argv[2:]]
    unknown = set(sys.argv[2:]) - {it.__name__ for it in scenarios}
    if unknown:
        sys.exit('no such scenario: %s' % unknown)
    at_once(*[lambda it=it: try_one(it) for it in wanted if it in waiting],
            lambda: [try_one(it) for it in wanted if it not in waiting])
    print('1..%d' % count)
    sys.exit(1 if failures else 0)
