"""Sends mDNS datagrams by the interface argv[1] from below IP: argv[2] is what, argv[3] how many a second, argv[4] for how many seconds.

What goes out is counted in a JSON line at the end. Sources lie in 10.77.16.0/20 where there are many of them.
"""

import itertools
import json
import os
import random
import socket
import struct
import sys
import time

MDNS_PORT = 5353
GROUP = socket.inet_aton("224.0.0.251")
GROUP_MAC = bytes.fromhex("01005e0000fb")
ONE_SOURCE = 0x0A4D0301  # 10.77.3.1
FIRST_SOURCE = 0x0A4D1000  # 10.77.16.0
FIRST_ABSENT = 0x0A4D8000  # 10.77.128.0
SOURCES = 10_000
ADDRESSES = 8  # a packet
IN, ANY_CLASS, FLUSH = 1, 255, 0x8000
A, PTR, TXT, SRV, ANY = 1, 12, 16, 33, 255
QUERY, TRUNCATED, RESPONSE = 0, 0x0200, 0x8400
TYPE = "_flood._tcp.local"
TARGET = "Target"
BURSTS_PER_SECOND = 200


def name(text):
    return b"".join(bytes([len(label)]) + label.encode() for label in text.split(".")) + b"\0"


def header(flags, questions=0, answers=0, authorities=0):
    return struct.pack("!HHHHHH", 0, flags, questions, answers, authorities, 0)


def question(text, kind, klass=IN):
    return name(text) + struct.pack("!HH", kind, klass)


def record(text, kind, data, klass=IN, ttl=4500):
    return name(text) + struct.pack("!HHIH", kind, klass, ttl, len(data)) + data


def service(label, host, address):
    instance = f"{label}.{TYPE}"
    records = [
        record(TYPE, PTR, name(instance)),
        record(instance, SRV, struct.pack("!HHH", 0, 0, 9) + name(host), IN | FLUSH, 120),
        record(instance, TXT, b"\x03a=1", IN | FLUSH),
        record(host, A, struct.pack("!I", address), IN | FLUSH, 120),
    ]
    return header(RESPONSE, answers=len(records)) + b"".join(records)


def one_source():
    return itertools.repeat(ONE_SOURCE)


def many_sources():
    return itertools.cycle(range(FIRST_SOURCE, FIRST_SOURCE + SOURCES))


def announcements():
    pool = [service(f"f{index}", f"f{index}.local", ONE_SOURCE) for index in range(1_000)]
    return itertools.cycle(pool), one_source(), MDNS_PORT


def noise():
    pool = [os.urandom(random.randrange(1, 500)) for _ in range(2_000)]
    return itertools.cycle(pool), many_sources(), MDNS_PORT


def questions():
    pool = [
        header(QUERY, 1) + question(TYPE, PTR),
        header(QUERY, 1) + question(f"{TARGET}.{TYPE}", SRV),
        header(QUERY, 1) + question(f"{TARGET}.{TYPE}", ANY, IN | FLUSH),
        header(QUERY, 1) + question("target.local", A),
    ]
    return itertools.cycle(pool), one_source(), MDNS_PORT


def unique():
    return (service(f"u{n}", f"u{n}.local", ONE_SOURCE) for n in itertools.count()), one_source(), MDNS_PORT


def unique_spoofed():
    return (service(f"v{n}", f"v{n}.local", ONE_SOURCE) for n in itertools.count()), many_sources(), MDNS_PORT


def addresses():
    def packet(first):
        found = [
            record(TYPE, PTR, name(f"crowd.{TYPE}")),
            record(f"crowd.{TYPE}", SRV, struct.pack("!HHH", 0, 0, 9) + name("crowd.local"), IN | FLUSH, 120),
        ]
        more = [record("crowd.local", A, struct.pack("!I", first + index), IN, 120) for index in range(ADDRESSES)]
        return header(RESPONSE, answers=len(found) + len(more)) + b"".join(found + more)

    return (packet(first) for first in itertools.count(FIRST_SOURCE, ADDRESSES)), many_sources(), MDNS_PORT


def truncated():
    known = [record(TYPE, PTR, name(f"k{index}.{TYPE}")) for index in range(4)]
    packet = header(TRUNCATED, 1, len(known)) + question(TYPE, PTR) + b"".join(known)
    return itertools.repeat(packet), many_sources(), MDNS_PORT


def legacy():
    return itertools.repeat(header(QUERY, 1) + question(f"{TARGET}.{TYPE}", ANY)), one_source(), 40_000


def legacy_spoofed():
    return itertools.repeat(header(QUERY, 1) + question(f"{TARGET}.{TYPE}", ANY)), many_sources(), 40_000


def legacy_absent():
    sources = itertools.cycle(range(FIRST_ABSENT, FIRST_ABSENT + SOURCES))
    return itertools.repeat(header(QUERY, 1) + question(f"{TARGET}.{TYPE}", ANY)), sources, 40_000


def conflicts():
    labels = [TARGET] + [f"{TARGET} ({n})" for n in range(2, 6)]
    hosts = ["target.local"] + [f"target-{n}.local" for n in range(2, 6)]
    claims = [service(label, "rival.local", ONE_SOURCE) for label in labels]
    claims += [header(RESPONSE, answers=1) + record(host, A, b"\x0a\x4d\x03\x01", IN | FLUSH, 120) for host in hosts]
    proposed = record(f"{TARGET}.{TYPE}", SRV, struct.pack("!HHH", 0xFFFF, 0, 9) + name("rival.local"), IN, 120)
    claims.append(header(QUERY, 1, authorities=1) + question(f"{TARGET}.{TYPE}", ANY) + proposed)
    return itertools.cycle(claims), one_source(), MDNS_PORT


def checksum(words):
    total = sum(words)
    total = (total & 0xFFFF) + (total >> 16)
    return ~((total & 0xFFFF) + (total >> 16)) & 0xFFFF


def frame(link_header, payload, source, port):
    length = 28 + len(payload)
    group = struct.unpack("!I", GROUP)[0]
    words = (0x4500, length, 0xFF11, source >> 16, source & 0xFFFF, group >> 16, group & 0xFFFF)
    return link_header + struct.pack(
        "!BBHHHBBHI4sHHHH", 0x45, 0, length, 0, 0, 255, 17, checksum(words), source, GROUP,
        port, MDNS_PORT, length - 20, 0,
    ) + payload  # fmt: skip


def main():
    interface, what, rate, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
    payloads, sources, port = globals()[what]()
    tap = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
    tap.bind((interface, 0))
    link_header = GROUP_MAC + tap.getsockname()[4] + b"\x08\x00"
    print("flooding", flush=True)
    packets = octets = refused = 0
    start = time.monotonic()
    while (elapsed := time.monotonic() - start) < seconds:
        for _ in range(min(int(elapsed * rate) - packets, rate // BURSTS_PER_SECOND * 4)):
            datagram = frame(link_header, next(payloads), next(sources), port)
            try:
                tap.send(datagram)
            except OSError:
                refused += 1
            packets += 1
            octets += len(datagram)
        time.sleep(1 / BURSTS_PER_SECOND)
    print(json.dumps({"packets": packets, "bytes": octets, "refused": refused, "seconds": elapsed}), flush=True)


main()
