"""What the hosts of internet.py serve beside an echo: files over HTTP, and what databases and ssh say first."""
import os, struct, urllib.parse


def read_until(connection, end, got=b''):
    """What is read up to an end that may come in pieces, behind what came before."""
    while end not in got:
        part = connection.recv(4096)
        if not part:
            break
        got += part
    return got


def http(connection, address, first):
    """One answer: a file below WORLD/files, a redirect to another host, or who this is."""
    request = read_until(connection, b'\r\n\r\n', first)
    path = urllib.parse.unquote(request.split()[1].decode().split('?')[0])
    if path == '/moved':
        connection.sendall(b'HTTP/1.0 302 Found\r\nLocation: http://other.test/\r\nContent-Length: 0\r\n\r\n')
        return
    body, status = ('I am ' + address + '\n').encode(), b'200 OK'
    if path.startswith('/files/'):
        try:
            with open(os.environ['WORLD'] + os.path.normpath(path), 'rb') as file:
                body = file.read()
        except OSError:
            body, status = b'', b'404 Not Found'
    head = b'HTTP/1.0 ' + status + b'\r\nContent-Length: %d\r\n\r\n' % len(body)
    connection.sendall(head + (b'' if request.startswith(b'HEAD') else body))


def ssh(connection, address):
    """As far as both sides say who they are."""
    connection.sendall(b'SSH-2.0-' + address.encode() + b'\r\n')
    read_until(connection, b'\n')


def redis(connection, address):
    while True:
        asked = read_until(connection, b'\n')
        if not asked:
            return
        say = address.encode()
        connection.sendall(b'$%d\r\n%s\r\n' % (len(say), say))


def exactly(connection, length):
    got = b''
    while len(got) < length:
        part = connection.recv(length - len(got))
        if not part:
            raise OSError('the end')
        got += part
    return got


def postgres(connection, address):
    """No encryption, no password, and one row whatever is asked."""
    def message(kind, body):
        return kind + struct.pack('!I', len(body) + 4) + body
    while True:
        length, code = struct.unpack('!II', exactly(connection, 8))
        exactly(connection, length - 8)
        if code == 196608:  # protocol 3.0; before it a client asks for encryption
            break
        connection.sendall(b'N')
    ready = message(b'Z', b'I')
    connection.sendall(message(b'R', struct.pack('!I', 0)) + ready)
    while True:
        kind, length = struct.unpack('!cI', exactly(connection, 5))
        exactly(connection, length - 4)
        if kind == b'X':
            return
        row = address.encode()
        connection.sendall(
            message(b'T', struct.pack('!H', 1) + b'who\0' + struct.pack('!IHIhIH', 0, 0, 25, -1, 0xffffffff, 0)) +
            message(b'D', struct.pack('!HI', 1, len(row)) + row) + message(b'C', b'SELECT 1\0') + ready)
