"""What the attempts of this directory share: questions as no library asks them, and sandboxes beside one another."""
import os, subprocess, textwrap

from trying import CLIENT, PRODUCT, PYTHON, WORLD, allow, holds, sandbox

# The answer's code and its number of answers, or what became of it.
QUESTIONS = r'''
def question(labels, kind=1, more=b"", counts=(1, 0, 0, 0), end=b"\0"):
    name = b"".join(bytes([len(l)]) + l for l in labels) + end
    return b"hx\1\0" + struct.pack("!4H", *counts) + name + struct.pack("!HH", kind, 1) + more
def ask(packet, seconds=60):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(seconds); s.connect(("127.0.0.1", 53)); s.send(packet)
    try: a = s.recv(4096)
    except TimeoutError: return "silence"
    return "%d %d" % (a[3] & 15, a[7])
def answer_size(packet):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(60); s.connect(("127.0.0.1", 53)); s.send(packet); return len(s.recv(4096))
def ask_stream(packet, length=None):
    s = socket.create_connection(("127.0.0.1", 53), 60); s.sendall(struct.pack("!H", len(packet) if length is None else length) + packet)
    a = s.recv(4096)
    return "%d %d" % (a[5] & 15, a[9]) if len(a) > 9 else "closed"
def ask_briefly(packet): return ask(packet, 5)
def at_once(acts):
    import threading
    said = [None] * len(acts)
    def one(i): said[i] = outcome(acts[i])
    threads = [threading.Thread(target=one, args=(i,)) for i in range(len(acts))]
    [t.start() for t in threads]; [t.join() for t in threads]
    return said
def ask_off(packet): socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(packet, ("127.0.0.1", 53)); return 1
def drip(s):
    s.sendall(b"\x16\x03\x01\x02\x00")
    while True:
        time.sleep(.5); s.sendall(b"\1"); s.setblocking(False)
        try:
            if s.recv(1) == b"": return "closed"
        except BlockingIOError: s.setblocking(True)
WEB = [b"web", b"test"]
'''

# A question that is open when the gateway dies is waited for, which libc does for 20 seconds.
SOON = 'import os; os.environ["RES_OPTIONS"] = "timeout:1 attempts:1"\n'


def inside(options, script, profile='full', **environment):
    return sandbox(options, QUESTIONS + textwrap.dedent(script), profile, **environment)


def answers(options, expected, **environment):
    """All at once: some take as long as patience lasts."""
    acts = [expression.replace('ask(', 'ask_briefly(') if 'silence' in wanted else expression for _, expression, wanted in expected]
    result = inside(options, 'print("\\n".join(map(str, at_once([%s]))))' % ', '.join('lambda: ' + act for act in acts), **environment)
    lines = result.stdout.splitlines() + ['nothing'] * len(expected)
    for (promise, expression, wanted), line in zip(expected, lines):
        holds(promise, line in wanted if isinstance(wanted, tuple) else line == wanted, (expression, line, wanted, result.stderr[-500:]))


def runtime(name):
    """Another runtime directory, and so another gateway, for what is tried beside the rest."""
    directory = WORLD + '/' + name
    os.makedirs(directory, mode=0o700, exist_ok=True)
    return directory


def beside(own, options, code, meanwhile, **more):
    """One sandbox does something until another one, or a function, has done its part, which is returned with what both said."""
    command = [PRODUCT, 'apply', 'full', *options, '--', PYTHON, '-c', CLIENT + QUESTIONS + textwrap.dedent(code)]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **own}, **more)
    first = running.stdout.readline()
    result = meanwhile() if callable(meanwhile) else inside(allow('web.test:80'), meanwhile, **own)
    return first, result, running.communicate('\n')[0]
