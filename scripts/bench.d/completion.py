"""Tab at the prompt with 5,000 globals, and one key's echo: the best of ROUNDS each, in ms.

Usage: completion.py MFSH ROUNDS
"""

import fcntl
import os
import pty
import struct
import sys
import tempfile
import termios
import time


class Terminal:
    def __init__(self, program):
        self.seen = b""
        child, self.descriptor = pty.fork()
        if child == 0:
            home = tempfile.mkdtemp()
            os.execve(program, [program, "--sandbox"], {"HOME": home, "TERM": "xterm-256color", "LANG": "C.UTF-8"})
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def type(self, keys, until):
        """Types keys, and returns the ms until the text has come."""
        start = time.perf_counter()
        self.seen = b""
        os.write(self.descriptor, keys)
        self.wait(until)
        return (time.perf_counter() - start) * 1000

    def wait(self, text):
        while text not in self.seen:
            self.seen += os.read(self.descriptor, 65536)


def main():
    program, rounds = sys.argv[1], int(sys.argv[2])
    terminal = Terminal(program)
    terminal.wait(b"mfsh> ")
    terminal.type(b'for i = 1, 5000 do _G["global_" .. i] = i end print("do" .. "ne")\r', b"done")
    terminal.wait(b"mfsh> ")
    lists, keys = [], []
    for _ in range(rounds):
        terminal.type(b"x = ", b"= ")
        lists.append(terminal.type(b"\t", b"-- more"))
        terminal.type(b"q", b"mfsh> ")
        keys.append(terminal.type(b"y", b"y"))
        terminal.type(b"\x03", b"mfsh> ")
    print(min(lists), min(keys))


main()
