"""A program for 32-bit ARM, put together by hand: no compiler for it is needed, and no C library on the guest."""

import struct

ADDRESS = 0x10000
WORD = b"ran "

# Says that it runs, and asks for a user namespace. Ends with the errno of that, or with 0.
INSTRUCTIONS = (
    0xE3A00001,  # mov r0, #1
    0xE28F1020,  # add r1, pc, #32: the word behind the instructions
    0xE3A02000 | len(WORD),  # mov r2, #length
    0xE3A07004,  # mov r7, #4: write
    0xEF000000,  # svc 0
    0xE3A00201,  # mov r0, #0x10000000: CLONE_NEWUSER
    0xE3007151,  # movw r7, #337: unshare
    0xEF000000,  # svc 0
    0xE2600000,  # rsb r0, r0, #0
    0xE3A07001,  # mov r7, #1: exit
    0xEF000000,  # svc 0
)

HEADER, SEGMENT = "<16sHHIIIIIHHHHHH", "<8I"
EXECUTABLE, ARM, EABI5, LOADED, READ_AND_EXECUTE = 2, 40, 0x05000000, 1, 5


def write(file):
    code = struct.pack(f"<{len(INSTRUCTIONS)}I", *INSTRUCTIONS) + WORD
    begin = struct.calcsize(HEADER) + struct.calcsize(SEGMENT)
    size = begin + len(code)
    file.write_bytes(
        struct.pack(HEADER, b"\x7fELF\x01\x01\x01", EXECUTABLE, ARM, 1, ADDRESS + begin, struct.calcsize(HEADER), 0, EABI5,
                    struct.calcsize(HEADER), struct.calcsize(SEGMENT), 1, 0, 0, 0)
        + struct.pack(SEGMENT, LOADED, 0, ADDRESS, ADDRESS, size, size, READ_AND_EXECUTE, 0x1000)
        + code)
    file.chmod(0o755)
