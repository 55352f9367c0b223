"""Prints each UDP datagram that arrives by the interface argv[1] as a JSON line, from below IP; first of all "ready"."""

import json
import socket
import struct
import sys

ETH_P_ALL = 3
UDP = 17


def udp(packet):
    version = packet[0] >> 4
    if version == 4 and packet[9] == UDP:
        ttl, start, source, to, family = packet[8], (packet[0] & 15) * 4, packet[12:16], packet[16:20], socket.AF_INET
    elif version == 6 and packet[6] == UDP:
        ttl, start, source, to, family = packet[7], 40, packet[8:24], packet[24:40], socket.AF_INET6
    else:
        return None
    port, to_port, length = struct.unpack_from("!HHH", packet, start)
    return {
        "ttl": ttl,
        "from": socket.inet_ntop(family, source),
        "port": port,
        "to": socket.inet_ntop(family, to),
        "toPort": to_port,
        "data": packet[start + 8 : start + length].hex(),
    }


tap = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ETH_P_ALL))
tap.bind((sys.argv[1], ETH_P_ALL))
print(json.dumps("ready"), flush=True)
while True:
    packet, sender = tap.recvfrom(65535)
    if sender[2] == socket.PACKET_OUTGOING:
        continue
    seen = udp(packet)
    if seen is not None:
        print(json.dumps(seen), flush=True)
