"""An Internet of our own, in namespaces of our own: this host and others, joined by a pair of veth; names, and what they serve.

    WORLD=DIRECTORY XDG_RUNTIME_DIR=DIRECTORY/run unshare -rnm python3 internet.py PRODUCT SCRIPT [ARGUMENT…]

runs `python3 SCRIPT PRODUCT ARGUMENT…` in it. Addresses are those that are meant for documentation; 10.9.8.7 is a
private one. Nothing leaves the namespaces.

This host is where SCRIPT runs, with the gateway; it has an address of the Internet as well, and services there.
"""
import json, os, shutil, socket, ssl, struct, subprocess, sys, tempfile, threading

import services

PUBLIC, OTHER, PRIVATE, PUBLIC6 = '203.0.113.10', '203.0.113.20', '10.9.8.7', '2001:db8::10'
DEAF = '203.0.113.40'  # what is sent there is lost
HERE_TOO = '198.51.100.3'  # of the same network: the kernel takes HERE for the local end
CLOUD, HERE, HERE6, THERE, THERE6 = '169.254.169.254', '198.51.100.1', '2001:db8:1::1', '198.51.100.2', '2001:db8:1::2'
LONG = '.'.join(['l' * 63] * 3 + ['m' * 51, 'wild', 'test'])  # 253 letters, which is as long as one may be
NAMES = {
    'web.test': [PUBLIC, PUBLIC6], 'other.test': [OTHER], 'alias.test': [PUBLIC], 'a.wild.test': [PUBLIC],
    'b.wild.test': [OTHER], 'wild.test': [PUBLIC], 'deep.a.wild.test': [PUBLIC], 'internal.test': [PRIVATE],
    'rebind.test': None, 'loop.test': ['127.0.0.1'], 'meta.test': ['169.254.169.254'], 'mixed.test': [PRIVATE, PUBLIC],
    'xn--bcher-kva.test': [PUBLIC], 'silent.test': ['203.0.113.30'], 'six.test': [PUBLIC6],
    'late.test': [PUBLIC], LONG: [PUBLIC],
    'here.test': [HERE, HERE6], 'half.test': ['2001:db8::dead', PUBLIC], 'slow.test': ['203.0.113.30', PUBLIC],
    'deaf.test': [DEAF], 'one-deaf.test': [DEAF, PUBLIC],
}
asked = {}


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def link(name, address, address6):
    run('ip', 'link', 'set', 'lo', 'up')
    run('ip', 'addr', 'add', address + '/24', 'dev', name)
    run('ip', 'link', 'set', name, 'up')
    run('ip', '-6', 'addr', 'add', address6 + '/64', 'dev', name, 'nodad')


def other_hosts():
    """Starts them in a network namespace beside this one, and waits until they serve."""
    there = subprocess.Popen(['unshare', '-n', sys.executable, __file__, 'hosts'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    there.stdout.readline()
    run('ip', 'link', 'add', 'name', 'here', 'type', 'veth', 'peer', 'name', 'there', 'netns', str(there.pid))
    link('here', HERE, HERE6)
    run('ip', 'addr', 'add', HERE_TOO + '/24', 'dev', 'here')
    for address in (PUBLIC, OTHER, PRIVATE, CLOUD, DEAF):
        run('ip', 'route', 'add', address + '/32', 'via', THERE)
    run('ip', '-6', 'route', 'add', PUBLIC6 + '/128', 'via', THERE6)
    run('ip', 'route', 'add', 'blackhole', '203.0.113.30/32')
    there.stdin.write('joined\n')
    there.stdin.flush()
    if there.stdout.readline() != 'serve\n':
        sys.exit('the other hosts do not serve')


def hosts():
    """What runs in that namespace, until the other end of its input is closed."""
    print('there', flush=True)
    sys.stdin.readline()
    link('there', THERE, THERE6)
    for address in (PUBLIC, OTHER, PRIVATE, CLOUD):
        run('ip', 'addr', 'add', address + '/32', 'dev', 'lo')
    run('ip', '-6', 'addr', 'add', PUBLIC6 + '/128', 'dev', 'lo', 'nodad')
    serve_all((PUBLIC, OTHER, PRIVATE, CLOUD, PUBLIC6))
    secret = tls(os.environ['WORLD']) if shutil.which('openssl') else say_who
    for address in (PUBLIC, OTHER, PUBLIC6):
        serve(address, 443, secret)
        for port, speak in ((25, greet_first), (22, services.ssh), (2222, real_ssh), (9, never_read), (6379, services.redis), (5433, services.postgres)):
            serve(address, port, speak)
    threading.Thread(target=echo_datagrams, args=(PUBLIC, 5300), daemon=True).start()
    print('serve', flush=True)
    sys.stdin.read()


def serve_all(addresses):
    for address in addresses:
        for port in (80, 5432):
            serve(address, port, say_who)


def cover(path, text):
    """Another file in the place of one of the host's, in this mount namespace alone."""
    made = tempfile.NamedTemporaryFile('w', delete=False, dir=os.environ['WORLD'])
    made.write(text)
    made.close()
    os.chmod(made.name, 0o644)
    if os.path.exists(path):
        run('mount', '--bind', made.name, os.path.realpath(path))


def files():
    cover('/etc/resolv.conf', 'nameserver 127.0.0.1\noptions timeout:1\n')
    cover('/etc/nsswitch.conf', 'passwd: files\ngroup: files\nhosts: files dns\n')
    cover('/etc/hosts', '127.0.0.1 localhost\n203.0.113.20 listed-in-hosts.test\n')
    with open('/etc/passwd') as file:
        others = [line for line in file if line.split(':')[2:3] != ['1000']]
    cover('/etc/passwd', ''.join(others) + 'somebody:x:1000:1000::%s/somebody:/bin/sh\n' % os.environ['WORLD'])  # who logs in over ssh


def resolve(name):
    asked[name] = asked.get(name, 0) + 1
    if name == 'rebind.test':
        return [PUBLIC] if asked[name] <= 2 else ['127.0.0.1']
    with open(os.environ['WORLD'] + '/asked', 'a') as file:
        file.write(name + '\n')
    return NAMES.get(name)


def answer(query):
    position, labels = 12, []
    while query[position]:
        labels.append(query[position + 1:position + 1 + query[position]].decode())
        position += query[position] + 1
    question, kind = query[12:position + 5], struct.unpack('!H', query[position + 1:position + 3])[0]
    found = resolve('.'.join(labels).lower())
    family = {1: socket.AF_INET, 28: socket.AF_INET6}.get(kind)
    mine = [a for a in found or [] if family and (':' in a) == (family == socket.AF_INET6)]
    answers = b''.join(b'\xc0\x0c' + struct.pack('!HHIH', kind, 1, 0, len(socket.inet_pton(family, a))) +
                       socket.inet_pton(family, a) for a in mine)
    flags = 0x8182 if b'\x06unsure' in query else 0x8180 if found is not None else 0x8183
    return query[:2] + struct.pack('!HHHHH', flags, 1, len(mine), 0, 0) + question + answers


def serve_names():
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(('127.0.0.1', 53))
    while True:
        query, sender = server.recvfrom(4096)
        if b'\x06silent' in query:  # a server of names that does not answer
            continue
        if b'\x04late' in query:
            threading.Timer(.6, reply, (server, query, sender)).start()
        else:
            reply(server, query, sender)


def reply(server, query, sender):
    try:
        server.sendto(answer(query), sender)
    except (IndexError, UnicodeDecodeError):
        pass


def serve(address, port, speak):
    family = socket.AF_INET6 if ':' in address else socket.AF_INET
    server = socket.socket(family, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((address, port))
    server.listen(4096)

    def accept():
        while True:
            connection, _ = server.accept()
            threading.Thread(target=guarded, args=(speak, connection, address), daemon=True).start()
    threading.Thread(target=accept, daemon=True).start()


def guarded(speak, connection, address):
    try:
        speak(connection, address)
    except OSError:
        pass
    finally:
        connection.close()


def say_who(connection, address):
    """Plain HTTP for whoever asks so, else an echo: what came, behind the address it came to."""
    first = connection.recv(65536)
    if first.startswith((b'GET', b'HEAD')):
        services.http(connection, address, first)
        return
    connection.sendall(address.encode() + b' ')
    while first:
        connection.sendall(first)
        first = connection.recv(1 << 20)


def greet_first(connection, address):
    connection.sendall(b'220 ' + address.encode() + b'\r\n')
    connection.recv(1)


def never_read(connection, address):
    threading.Event().wait(600)


def real_ssh(connection, address):
    """The server of an ordinary user that a client's test has chosen."""
    with open(os.environ['WORLD'] + '/ssh-server') as file:
        words = json.load(file)
    subprocess.run(['unshare', '-U', '--map-user=1000', '--map-group=1000', *words], stdin=connection, stdout=connection)


def echo_datagrams(address, port):
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind((address, port))
    while True:
        data, sender = server.recvfrom(65536)
        server.sendto(address.encode() + b' ' + data, sender)


def tls(world):
    """A server with a certificate of our own authority, good for all names below test."""
    def file(name):
        return world + '/' + name
    run('openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', file('ca.key'), '-out', file('ca.pem'),
        '-days', '2', '-subj', '/CN=authority of the tests')
    run('openssl', 'req', '-newkey', 'rsa:2048', '-nodes', '-keyout', file('key.pem'), '-out', file('request.pem'),
        '-subj', '/CN=web.test')
    with open(file('names'), 'w') as names:
        names.write('subjectAltName=DNS:web.test,DNS:other.test,DNS:alias.test,DNS:a.wild.test\n')
    run('openssl', 'x509', '-req', '-in', file('request.pem'), '-CA', file('ca.pem'), '-CAkey', file('ca.key'),
        '-CAcreateserial', '-days', '2', '-extfile', file('names'), '-out', file('server.pem'))
    key, certificate = file('key.pem'), file('server.pem')
    os.chmod(file('ca.pem'), 0o644)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return lambda connection, address: say_who(context.wrap_socket(connection, server_side=True), address)


def main():
    world = os.environ['WORLD']
    os.makedirs(world + '/run', mode=0o700, exist_ok=True)
    files()
    other_hosts()
    threading.Thread(target=serve_names, daemon=True).start()
    serve_all(('127.0.0.1', HERE, HERE_TOO, HERE6))
    for address in ('127.0.0.1', HERE):
        threading.Thread(target=echo_datagrams, args=(address, 5300), daemon=True).start()
    # Whoever is no root is none in there either: a user without any capability.
    plain = ['unshare', '-U', '--map-user=1000', '--map-group=1000'] if os.environ.get('PLAIN') else []
    sys.exit(subprocess.run([*plain, sys.executable, *sys.argv[2:3], sys.argv[1], *sys.argv[3:]]).returncode)


hosts() if sys.argv[1:] == ['hosts'] else main()
