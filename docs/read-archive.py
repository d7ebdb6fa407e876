#!/usr/bin/env python3
"""Writes the .tar.gz of a part, straight from the files of a store:

    read-archive.py STORE GROUP PART TOP [--key-file FILE] > TOP.tar.gz

A second reader of the format, made from format.md, format-archive.md and format-encryption.md alone; it shares no code
with Holdfast and needs nothing but Python (and its package cryptography for an encrypted store). Tests compare its output
with Holdfast's byte by byte. It is written to be read, not to be fast, and it checks less than Holdfast does (pages by
their name, the archive by gzip's own checksum: gzip -t). A manifest fixes how long TOP is; a shorter name is filled up
with underscores.
"""
import hashlib
import hmac
import os
import struct
import sys
import zlib


class Source:
    """Bytes with a position."""

    def __init__(self, data, at=0):
        self.data, self.at = data, at

    def raw(self, n):
        if self.at + n > len(self.data):
            raise SystemExit("ends too soon")
        self.at += n
        return self.data[self.at - n:self.at]

    def number(self, n):
        return int.from_bytes(self.raw(n), "big")

    def varint(self):
        value = shift = 0
        while True:
            byte = self.number(1)
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7

    def zigzag(self):
        value = self.varint()
        return value >> 1 ^ -(value & 1)

    def bytes(self):
        return self.raw(self.varint())


class Entry:
    def __init__(self, tag, source):
        self.tag = tag
        self.path = source.bytes()
        self.mode, self.uid, self.gid = source.varint(), source.varint(), source.varint()
        self.user, self.group = source.bytes(), source.bytes()
        self.mtime = source.zigzag()
        source.varint()  # nanoseconds
        self.size = source.varint() if tag == "F" else 0
        self.target = source.bytes() if tag == "L" else b""


def mac(key, *parts):
    return hmac.new(key, b"".join(parts), hashlib.sha256).digest()


def unseal(key, sealed, bound):
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    return AESGCM(key).decrypt(sealed[:12], sealed[12:], bound)


class Keys:
    """The ring of a project, unwrapped with a key file."""

    def __init__(self, folder, group, key_file):
        masters = {}
        with open(key_file) as lines:
            for key in (bytes.fromhex(line) for line in lines if line.strip() and not line.startswith("#")):
                masters["keyfile:" + hashlib.sha256(b"holdfast master key" + key).hexdigest()[:16]] = key
        rings = os.path.join(folder, "keys", group)
        with open(os.path.join(rings, max(os.listdir(rings))), "rb") as file:
            ring = Source(file.read(), 28 + 12 + 4)
        generations = ring.number(4)
        master = ring.raw(ring.number(2)).decode()
        if master not in masters:
            raise SystemExit("the data keys are wrapped with " + master + ", which is not in " + key_file)
        bound = ring.data[:ring.at]
        keys = unseal(masters[master], ring.raw(60 + 32 * generations), bound)
        self.name_key, self.data_keys = keys[:32], [keys[at:at + 32] for at in range(32, len(keys), 32)]

    def page_name(self, sha256):
        content = bytes.fromhex(sha256)
        tag = mac(self.name_key, b"\1", content)[:16]
        return (tag + bytes(a ^ b for a, b in zip(content, mac(self.name_key, b"\2", tag)))).hex()

    def open(self, name, sealed):
        """The plain file that is in a sealed one."""
        header, frame = sealed[:36], int.from_bytes(sealed[32:36], "big")
        generation = int.from_bytes(sealed[28:32], "big")
        key = mac(self.data_keys[generation - 1], b"holdfast blob\0", header, name.encode())

        def piece(ordinal, at, length, last):
            return unseal(key, sealed[at:at + 28 + length], struct.pack(">QB", ordinal, last))

        if frame == 0:
            tail = int.from_bytes(sealed[-12:-8], "big")
            slots = (tail - 24) // 48
            index = piece(slots + 1, len(sealed) - 12 - tail - 28, tail, 1)
            lengths = [60] + [int.from_bytes(index[48 * slot + 32:48 * slot + 36], "big") for slot in range(slots)]
            lengths.append(tail)
        else:
            whole, rest = divmod(len(sealed) - 36, frame + 28)
            lengths = [frame] * whole + ([rest - 28] if rest else [])
        plain, at = [], 36
        for ordinal, length in enumerate(lengths):
            plain.append(piece(ordinal, at, length, ordinal == len(lengths) - 1))
            at += 28 + length
        return b"".join(plain)


class Store:
    def __init__(self, folder, group, key_file=None):
        self.folder, self.group, self.packs, self.keys = folder, group, {}, None
        with open(os.path.join(folder, "store"), "rb") as file:
            encrypted = file.read(12)[8:] == b"\0\0\0\2"
        if encrypted and key_file is None:
            raise SystemExit("the store is encrypted: --key-file is needed")
        blob = Source(self.blob("store", b"HOLDSTOR", 2 if encrypted else 1), 28)
        if encrypted:
            self.keys = Keys(folder, group, key_file)
        self.block_size = blob.number(4)
        blob.number(1)
        self.zero_segment = blob.raw(blob.number(4))

    def blob(self, name, magic, version=None):
        with open(os.path.join(self.folder, name), "rb") as file:
            data = file.read()
        if data[:12] != magic + struct.pack(">I", version or (2 if self.keys else 1)):
            raise SystemExit(name + " is not what its name says")
        return self.keys.open(name, data) if self.keys else data

    def segments(self, pack, first, count):
        if not os.path.exists(os.path.join(self.folder, "packs", self.group, pack[:2], pack + ".pack")):
            return b"".join(self.segments(*stretch) for stretch in self.forwarded(pack, first, count))
        if pack not in self.packs:
            data = self.blob("packs/%s/%s/%s.pack" % (self.group, pack[:2], pack), b"HOLDPACK")
            index, slots = struct.unpack(">QI", data[-24:-12])
            ends = [60]
            for slot in range(slots):
                at = index + 48 * slot + 32
                ends.append(ends[-1] + int.from_bytes(data[at:at + 4], "big"))
            self.packs[pack] = data, ends
        data, ends = self.packs[pack]
        return data[ends[first]:ends[first + count]]

    def forwarded(self, pack, first, count):
        """Where slots of a pack are that was repacked: (pack, first slot, slots), slot by slot."""
        record = Source(self.blob("forwards/%s/%s/%s.forward" % (self.group, pack[:2], pack), b"HOLDFWRD"), 28 + 12 + 16 + 4)
        packs, runs = record.number(4), record.number(4)
        names, places = [record.raw(16).hex() for _ in range(packs)], {}
        for _ in range(runs):
            old, slots, _, ordinal, new = struct.unpack(">IIQII", record.raw(24))
            places.update((old + i, (names[ordinal], new + i, 1)) for i in range(slots))
        return [places[slot] for slot in range(first, first + count)]

    def page(self, sha256):
        digits = self.keys.page_name(sha256) if self.keys else sha256
        name = "pages/%s/%s/%s.page" % (self.group, digits[:2], digits)
        data = self.blob(name, b"HOLDPAGE")
        if hashlib.sha256(data).hexdigest() != sha256:
            raise SystemExit(name + " is damaged")
        return Source(data, 28)


def padding(size):
    return bytes(-size % 512)


def number(value, length):
    if 0 <= value < 8 ** (length - 1):
        return b"%0*o\0" % (length - 1, value)
    sign = b"\x80" if value >= 0 else b"\xff"
    return sign + value.to_bytes(length, "big", signed=True)[1:]


def fits(value, length):
    return 0 <= value < 8 ** (length - 1)


def ustar(name, mode, uid, gid, size, mtime, kind, target=b"", user=b"", group=b"", prefix=b""):
    header = b"".join((
        name.ljust(100, b"\0"), number(mode, 8), number(uid, 8), number(gid, 8), number(size, 12), number(mtime, 12),
        b" " * 8, kind, target[:100].ljust(100, b"\0"), b"ustar\x0000", user.ljust(32, b"\0"), group.ljust(32, b"\0"),
        b"0000000\0" * 2, prefix.ljust(155, b"\0"), bytes(12)))
    return header[:148] + b"%06o\0 " % sum(header) + header[156:]


def names(entry, path, top):
    """Name, prefix, and whether a pax header must have the path."""
    if not entry.path:
        return path[:100], b"", len(path) > 100
    if len(path) <= 100 and len(top) <= 155:
        return path, top, False
    for k in range(1, len(path) - 1):
        if path[k:k + 1] == b"/" and len(path) - k - 1 <= 100 and len(top) + 1 + k <= 155:
            return path[k + 1:], top + b"/" + path[:k], False
    return path[:100], top if len(top) <= 155 else b"", True


def tar_header(entry, top):
    path = (entry.path or top) + (b"/" if entry.tag == "D" else b"")
    name, prefix, long_path = names(entry, path, top)
    user, group = entry.user.split(b"\0")[0], entry.group.split(b"\0")[0]
    records = []
    if long_path:
        records.append((b"path", top + b"/" + path if entry.path else path))
    if len(entry.target) > 100:
        records.append((b"linkpath", entry.target))
    try:
        b"\n".join(value for _, value in records).decode("utf-8")
    except UnicodeDecodeError:
        records.insert(0, (b"hdrcharset", b"BINARY"))
    for key, value, length in ((b"size", entry.size, 12), (b"uid", entry.uid, 8), (b"gid", entry.gid, 8),
                               (b"mtime", entry.mtime, 12)):
        if not fits(value, length):
            records.append((key, b"%d" % value))
    records += [(key, value) for key, value in ((b"uname", user), (b"gname", group)) if len(value) > 31]
    header = b""
    if records:
        body = b"".join(map(pax_record, records))
        header = ustar(b"././@PaxHeader", 0o644, 0, 0, len(body), 0, b"x") + body + padding(len(body))
    kind = {"F": b"0", "D": b"5", "L": b"2"}[entry.tag]
    return header + ustar(name, entry.mode, entry.uid, entry.gid, entry.size, entry.mtime, kind, entry.target,
                          user if len(user) < 32 else b"", group if len(group) < 32 else b"", prefix)


def pax_record(record):
    rest = b" %s=%s\n" % record
    length = len(rest)
    while len(b"%d" % length) + len(rest) != length:
        length = len(b"%d" % length) + len(rest)
    return b"%d" % length + rest


class Archive:
    """Writes the stretches, and unpacks what it writes to know the checksum."""

    def __init__(self, out):
        self.out, self.inflater, self.crc, self.length = out, zlib.decompressobj(-15), 0, 0
        out.write(b"\x1f\x8b\x08\0\0\0\0\0\0\xff")

    def deflated(self, data):
        self.out.write(data)
        plain = self.inflater.decompress(data)
        self.crc = zlib.crc32(plain, self.crc)
        self.length += len(plain)

    def stored(self, data):
        self.deflated(struct.pack("<BHH", 0, len(data), len(data) ^ 0xFFFF) + data)

    def head(self, tar):
        for at in range(0, len(tar), 65535):
            self.stored(tar[at:at + 65535])

    def page(self, store, page, top):
        left = page.number(8)
        pad, packs = padding(left), []
        while page.at < len(page.data):
            tag = chr(page.number(1))
            if tag == "X":
                pack = page.varint()
                if pack == 0:
                    packs.append(page.raw(16).hex())
                first, count, plain, _ = (page.varint() for _ in range(4))
                page.raw(8)  # checksums
                self.deflated(store.segments(packs[pack - 1], first, count))
                left -= plain
            elif tag == "Z":
                blocks = page.varint()
                for _ in range(blocks):
                    self.deflated(store.zero_segment)
                left -= blocks * store.block_size
            else:
                entry = Entry(tag, page)
                self.stored(pad + tar_header(entry, top))
                left, pad = entry.size, padding(entry.size)
        if left == 0 and pad:
            self.stored(pad)

    def end(self):
        self.stored(bytes(1024 + -(self.length + 1024) % 10240))
        self.deflated(b"\3\0")
        self.out.write(struct.pack("<II", self.crc, self.length & 0xFFFFFFFF))


def main(folder, group, part, top, option="--key-file", key_file=None):
    if option != "--key-file":
        raise SystemExit(__doc__)
    store = Store(folder, group, key_file)
    top = os.fsencode(top)
    root = Source(store.blob("manifests/%s/%s.manifest" % (group, part), b"HOLDROOT"), 28 + 12 + 12 + 4)
    length = root.number(2)
    top = top.ljust(length, b"_")
    if len(top) > length:
        raise SystemExit("the name of the top folder has at most %d bytes" % length)
    directory = Entry(chr(root.number(1)), root)
    tar = tar_header(directory, top)
    for _ in range(root.number(2)):
        extra = Entry("F", Source(bytes(64)))
        extra.path, extra.mode, content = root.bytes(), root.varint(), root.bytes()
        extra.uid, extra.gid, extra.mtime = directory.uid, directory.gid, directory.mtime
        extra.user, extra.group, extra.size = directory.user, directory.group, len(content)
        tar += tar_header(extra, top) + content + padding(len(content))
    archive = Archive(sys.stdout.buffer)
    archive.head(tar)
    for _ in range(root.number(4)):
        sha256 = root.raw(32).hex()
        root.raw(28)
        archive.page(store, store.page(sha256), top)
    archive.end()


if __name__ == "__main__":
    if len(sys.argv) not in (5, 7):
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
