"""Keys typed into a statement of 200 lines on a terminal of 250 rows, with colours, and a paste of 500 lines.

Usage: typing_latency.py MFSH ROUNDS

Prints the 95th percentile of the time until a key shows there, the same for a statement of one line, and the best time
until the paste shows, in ms.
"""

import fcntl
import os
import pty
import select
import struct
import sys
import tempfile
import termios
import time

LINE = 'for index, value in pairs{name="text", number=12} do print(index, value) end -- line'


class Terminal:
    def __init__(self, program, rows):
        self.seen = b""
        child, self.descriptor = pty.fork()
        if child == 0:
            home = tempfile.mkdtemp()
            os.execve(program, [program, "--sandbox"], {"HOME": home, "TERM": "xterm-256color", "LANG": "C.UTF-8"})
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, 120, 0, 0))
        os.set_blocking(self.descriptor, False)

    def type(self, keys, until):
        """Types keys, and returns the ms until the text has come."""
        start = time.perf_counter()
        self.seen = b""
        rest = memoryview(keys)
        while rest:
            # Whoever does not read while writing may wait for mfsh, which waits for its output to be read.
            readable, writable, _ = select.select([self.descriptor], [self.descriptor], [])
            if readable:
                self.seen += os.read(self.descriptor, 1 << 20)
            if writable:
                rest = rest[self.write(rest[:1024]):]
        self.wait(until)
        return (time.perf_counter() - start) * 1000

    def write(self, keys):
        try:
            return os.write(self.descriptor, keys)
        except BlockingIOError:
            return 0

    def wait(self, text):
        while text not in self.seen:
            select.select([self.descriptor], [], [])
            self.seen += os.read(self.descriptor, 1 << 20)

    def settle(self):
        """Waits until nothing more comes."""
        while select.select([self.descriptor], [], [], 0.3)[0]:
            os.read(self.descriptor, 1 << 20)


def paste(lines):
    return b"\x1b[200~" + "\r".join(lines).encode() + b"\x1b[201~"


def percentile(times):
    return sorted(times)[int(len(times) * 0.95)]


def keys(terminal, rounds):
    """Letters in a comment, so that each shows as itself."""
    terminal.settle()
    times = []
    for number in range(rounds * 10):
        letter = b"abcdefghij"[number % 10:][:1]
        times.append(terminal.type(letter, letter))
    return percentile(times)


def main():
    program, rounds = sys.argv[1], int(sys.argv[2])
    terminal = Terminal(program, 250)
    terminal.wait(b"mfsh> ")
    terminal.type(b"-- x", b"x")
    empty = keys(terminal, rounds)
    terminal.type(b"\x03", b"mfsh> ")
    terminal.type(paste([LINE] * 199 + ["-- end"]), b"-- end")
    terminal.settle()
    middle = b"\x1b[A" * 100 + b"\x1b[F"
    terminal.type(middle + b"x", b"x")
    full = keys(terminal, rounds)
    terminal.type(b"\x03", b"mfsh> ")
    pastes = []
    for _ in range(rounds):
        terminal.type(b"\x0c", b"mfsh> ")
        terminal.settle()
        pastes.append(terminal.type(paste([LINE] * 499 + ["-- last one"]), b"last one"))
        terminal.type(b"\x03", b"mfsh> ")
    print(full, empty, min(pastes))


main()
