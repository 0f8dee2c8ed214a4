"""What is asked about destinations that are not listed: `asked.py PRODUCT`, in internet.py's world, at a real terminal."""
import os, pty, select, shlex, signal, subprocess, sys, textwrap, time

from trying import CLIENT, PRODUCT, PYTHON, allow, gateway, holds, run_all

PATIENCE = 100


class At:
    """Somebody at a terminal; the command in the sandbox prints what its expressions come to."""

    def __init__(self, options, script, profile='full', **environment):
        self.shown, self.seen, self.status = b'', 0, None
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            command = [PRODUCT, 'apply', profile, *options, '--', PYTHON, '-c', CLIENT + textwrap.dedent(script)]
            os.execve(PRODUCT, command, {**os.environ, 'TERM': 'xterm', **environment})

    def take(self, seconds):
        if not select.select([self.terminal], [], [], seconds)[0]:
            return True
        try:
            part = os.read(self.terminal, 65536)
        except OSError:
            part = b''
        self.shown += part
        return bool(part)

    def see(self, text):
        end = time.monotonic() + PATIENCE
        while self.shown.find(text.encode(), self.seen) < 0:
            if not self.take(1) or time.monotonic() > end:
                raise AssertionError('`%s` is not shown, but %r' % (text, self.shown[self.seen:]))
        self.seen = self.shown.find(text.encode(), self.seen) + len(text)

    def type(self, text):
        os.write(self.terminal, text.encode())

    def end(self):
        end = time.monotonic() + PATIENCE
        while self.take(1) and time.monotonic() < end:
            pass
        if time.monotonic() > end:
            os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        return self.shown.decode(errors='replace')


ASKING = allow('other.test:80') + ['--on-deny=ask']
TALK = 'print("got", outcome(lambda: talk("%s", %d)), flush=True)\n'


def answered():
    at = At(ASKING, TALK % ('web.test', 80) + TALK % ('web.test', 80) + TALK % ('203.0.113.20', 80) + TALK % ('a.wild.test', 80)
            + 'print("line", input(), flush=True)')
    at.see('connect to `web.test:80`, which is not listed')
    at.see('or `no`:')
    at.type('y\r')
    at.see('or `no`:')
    at.type('run\r')
    at.see('allowed for this run')
    at.see('got 203.0.113.10 hello')
    at.see('got 203.0.113.10 hello')
    at.see('connect to `203.0.113.20:80`')
    at.see('or `no`:')
    at.type('ru\x7f\x7fno\r')
    at.see('refused')
    at.see('got')
    at.see('connect to `a.wild.test:80`')
    at.see('or `no`:')
    at.type('run\r')
    at.see('got 203.0.113.10 hello')
    at.type('typed\r')
    at.see('line typed')
    shown = at.end()
    holds('each is asked once', shown.count('which is not listed') == 3, shown)
    holds('what was refused is not reached', '203.0.113.20 hello' not in shown, shown)
    log = subprocess.run([PRODUCT, 'log'], capture_output=True, text=True).stdout
    holds('the log has the answers', 'asked, and allowed for this run' in log and 'asked, and answered with no' in log, log)


FORGES = """
import fcntl, termios, threading
def forge():
    while True:
        print("run\\r\\nhexe-policy: allowed for this run\\x1b[6n\\x1b[21t\\x05", flush=True)
        for byte in b"run\\r":
            try: fcntl.ioctl(0, termios.TIOCSTI, bytes([byte]))
            except OSError: pass
        time.sleep(.05)
threading.Thread(target=forge, daemon=True).start()
time.sleep(.3)
"""


def forged():
    at = At(ASKING, FORGES + TALK % ('web.test', 80) + 'os._exit(0)')
    at.see('or `no`:')
    at.type('\x1b]lrun\x1b\\\\\r\x1b[24;1R\r')  # what a terminal reports, with a title that the command chose
    at.see('or `no`:')
    at.see('or `no`:')
    at.type('no\r')
    at.see('refused')
    question = at.shown[at.shown.rfind(b'to allow it for this run'):at.seen]
    holds('nothing of the command is shown while the question is open', b'[6n' not in question and b'run\r\nhexe-policy: allowed' not in question, question)
    at.see('got ')
    shown = at.end()
    holds('neither output, nor reports, nor pushed keys are an answer', 'hello' not in shown, shown[-2000:])


FAKE = 'hexe-policy: the command wants to connect to `other.test:443`, which is not listed\\r\\nhexe-policy: type `run` or `no`: '


def pretended():
    """The command's own question, answered; then ways to make ours unreadable."""
    at = At(ASKING, 'print("%s", end="", flush=True)\nprint("line", input(), flush=True)\n' % FAKE
            + 'print("\\x1b[8m\\x1b[?7l\\x1b[4h\\x1b[?2l\\x1b[5i\\x1b]0;half", end="", flush=True)\n' + TALK % ('web.test', 80))
    at.see('or `no`:')
    at.type('run\r')
    at.see('line run')
    at.see('connect to `web.test:80`')
    at.see('or `no`:')
    at.type('no\r')
    shown = at.end()
    ours = shown[shown.rfind('half'):shown.find('the command wants to connect to `web.test')]
    holds('an answer to a question of the command\'s is none', 'hello' not in shown, shown)
    holds('what hides a question is taken back before it', all(it in ours for it in ('\x18', '\x1b<', '\x1b[4i', '\x1b[0m', '\x1b[?7h', '\x1b[4l')), ours)


def late():
    at = At(ASKING, TALK % ('web.test', 80))
    at.see('nobody has answered')
    shown = at.end()
    holds('what is not answered is refused', 'got ' in shown and 'hello' not in shown, shown)


def without_gateway():
    """Whoever would decide has ended; it is one of its own."""
    own = os.environ['WORLD'] + '/own'
    os.makedirs(own, mode=0o700)
    at = At(ASKING, TALK % ('web.test', 80), XDG_RUNTIME_DIR=own)
    at.see('or `no`:')
    os.kill(gateway(own), signal.SIGKILL)
    at.see('nobody can be asked')
    shown = at.end()
    holds('a question that nobody waits for any more is taken back', 'hello' not in shown, shown)


def never_asked():
    script = ''.join(TALK % it for it in (('b.wild.test', 80), ('127.0.0.1', 80), ('169.254.169.254', 80), ('198.19.7.7', 80)))
    at = At(ASKING + ['--deny=b.wild.test'], script + TALK % ('internal.test', 80) + 'print("done", flush=True)')
    at.see('connect to `internal.test:80`')
    at.see('or `no`:')
    at.type('run\r')
    at.see('done')
    shown = at.end()
    holds('what is denied, the loopback and the cloud are not asked about', shown.count('which is not listed') == 1, shown)
    holds('an answer for a name is none for a private address', 'hello' not in shown, shown)


def too_many():
    at = At(ASKING, 'for i in range(25): outcome(lambda: talk("h%d.test" % i, 80))\nprint("done", flush=True)')
    for _ in range(20):
        at.see('or `no`:')
        at.type('no\r')
    shown = at.end()
    holds('only so many questions are asked', shown.count('which is not listed') == 20, shown[-2000:])
    holds('that there are no more is said once', shown.count('20 questions were asked: `h20.test` is refused') == shown.count('questions were asked') == 1, shown[-2000:])
    holds('and the command goes on', 'done' in shown, shown[-2000:])


def in_order():
    """What was written before a connection is read before the question, however much is on its way."""
    at = At(ASKING, 'print("x" * 3000 + "written before", flush=True)\n' + TALK % ('web.test', 80))
    at.see('or `no`:')
    at.type('no\r')
    shown = at.end()
    holds('the question stands behind what was written before', shown.find('written before') < shown.find('wants to connect'), shown[-2000:])


def in_background():
    """A job whose terminal belongs to another one: nobody can be asked, and that is said."""
    script = CLIENT + TALK % ('web.test', 80)
    command = ' '.join(shlex.quote(word) for word in [PRODUCT, 'apply', 'full', *ASKING, '--', PYTHON, '-c', script])
    process, terminal = pty.fork()
    if process == 0:
        os.execve('/bin/bash', ['bash', '--norc', '-c', 'set -m; %s & wait' % command], {**os.environ, 'TERM': 'xterm'})
    at = At.__new__(At)
    at.shown, at.seen, at.process, at.terminal = b'', 0, process, terminal
    shown = at.end()
    holds('in the background it is refused, and said why', 'it runs in the background of the terminal' in shown and 'got ECONNRESET' in shown, shown)


def interrupted():
    at = At(ASKING, TALK % ('web.test', 80) + 'time.sleep(100)')
    at.see('or `no`:')
    at.type('\x03')
    at.see('refused')
    shown = at.end()
    holds('a key that ends the command says no and ends it', 'hello' not in shown and 'KeyboardInterrupt' in shown, shown)


def always():
    file = os.path.join(os.environ['HOME'], 'asking.yaml')
    with open(file, 'w') as profile:
        profile.write('extends: full\nnetwork:\n  # those we know\n  allow:\n    - other.test:80\n  on-deny: ask\n')
    at = At([], TALK % ('web.test', 80), profile=file)
    at.see('`always`')
    at.see('or `no`:')
    at.type('always\r')
    at.see('got 203.0.113.10 hello')
    at.see('`web.test:80` is added to')
    at.end()
    text = open(file).read()
    holds('the profile has it', '- "web.test:80"' in text and '# those we know' in text, text)
    with open(file, 'w') as profile:
        profile.write('extends: full\nnetwork:\n  allow: ["other.test:80",  # on several\n    "wild.test:80"]\n  on-deny: ask\n')
    at = At([], TALK % ('web.test', 80), profile=file)
    at.see('or `no`:')
    at.type('always\r')
    at.see('`web.test:80` is added to')
    at.end()
    text = open(file).read()
    holds('also where its list is within brackets, on several lines', '# on several\n    "wild.test:80", "web.test:80"]\n' in text, text)
    shown = At([], TALK % ('web.test', 80), profile=file).end()
    holds('and it is not asked again', 'got 203.0.113.10 hello' in shown and 'not listed' not in shown, shown)


def nobody_there():
    result = subprocess.run([PRODUCT, 'apply', 'full', *ASKING, '--', PYTHON, '-c', CLIENT + TALK % ('web.test', 80)],
                            capture_output=True, text=True, stdin=subprocess.DEVNULL)
    holds('without a terminal it is refused, and said so', 'no terminal to ask on' in result.stderr and 'hello' not in result.stdout, result)
    at = At(ASKING + ['--no-pty'], 'print(1)')
    holds('on the caller\'s own terminal nobody is asked', 'needs a terminal of the command\'s own' in at.end())


run_all([answered, in_order, in_background, forged, pretended, never_asked, too_many, interrupted, always, nobody_there, late, without_gateway], waiting=[late])
