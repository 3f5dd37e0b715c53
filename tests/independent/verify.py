"""Checks bundles (.tzb) by src-tauri/crates/bundle/FORMAT.md, sharing no code with the application.

    python3 verify.py FILE… [--keys PEM…]     one line a file: path, tab, `ok` or the code of FORMAT.md §9
    find . -name '*.tzb' | python3 verify.py --pure --stdin

`openssl` (3 or later) verifies both halves of the signature; with `--pure`, the few lines of curves.py do, and no
process is started unless a payload is long. `--keys` names the keys that are trusted (PEM, SM2 and Ed25519); a bundle signed by others is then
`other_keys`. The exit status is 0 when every file is `ok`, else 1.
"""

import argparse
import base64
import functools
import hashlib
import os
import re
import stat
import subprocess
import sys
import tempfile
import zlib

sys.dont_write_bytecode = True
import curves
import records

MAGIC = b"\x89TZB\r\n\x1a\n"
TEXT_MODE = re.compile(rb"\x89TZB[\r\n]+\x1a[\r\n]|(\xc2\x89|\xef\xbf\xbd|\?|\t)TZB")
USER = b"1234567812345678"
SM2_SPKI = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")
ED25519_SPKI = bytes.fromhex("302a300506032b6570032100")
HEADER, RECORDS, LINE, LINES = 65_536, 16_777_216, 65_536, 50_000
ATTACHMENT, ATTACHMENTS, FILE = 20_000_000, 200, 200_000_000
CHUNK = 1 << 18


class Rejected(Exception):
    """Carries the code of the first check that failed."""


def must(code, fits):
    if not fits:
        raise Rejected(code)


# Signatures and digests


def openssl_verifies(spki, message, signature, *options):
    """Whether `openssl pkeyutl` accepts a signature."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (("key", spki), ("message", message), ("signature", signature)):
            with open(os.path.join(folder, name), "wb") as file:
                file.write(content)
        command = "openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in message -sigfile signature".split()
        said = subprocess.run([*command, *options], cwd=folder, capture_output=True, timeout=60)
    if b"Signature Verified Successfully" in said.stdout and said.returncode == 0:
        return True
    if b"Signature Verification Failure" in said.stdout + said.stderr:
        return False
    sys.exit(f"openssl could not be used: {said.stderr.decode(errors='replace')}")


def der(number):
    content = number.to_bytes(number.bit_length() // 8 + 1, "big")
    return bytes([2, len(content)]) + content


@functools.lru_cache(64)
def ed25519_fits(key, message, signature, pure):
    if pure:
        return curves.ed_verify(key, message, signature)
    # openssl leaves the strict rules out that are about encodings and small orders
    strict = curves.ed_point(signature[:32]) and int.from_bytes(signature[32:], "little") < curves.ED_L
    return bool(strict) and openssl_verifies(ED25519_SPKI + key, message, signature)


@functools.lru_cache(64)
def sm2_fits(key, message, signature, pure):
    if pure:
        return curves.sm2_verify(key, message, signature, USER)
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    both = der(r) + der(s)
    return (
        0 < r < curves.SM2_N
        and 0 < s < curves.SM2_N
        and openssl_verifies(
            SM2_SPKI + key, message, bytes([0x30, len(both)]) + both,
            "-digest", "sm3", "-pkeyopt", "distid:" + USER.decode(),
        )  # fmt: skip
    )


class Sm3:
    """SM3 by `openssl dgst`, with the interface of hashlib."""

    def __init__(self):
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(["openssl", "dgst", "-sm3", "-binary"], stdin=pipe, stdout=pipe)
        self.update = self.process.stdin.write

    def hexdigest(self):
        digest = self.process.communicate(timeout=60)[0]
        return digest.hex() if len(digest) == 32 else sys.exit("openssl could not be used")


# The container


def verify(path, pure=False, trusted=None):
    """The code of §9 for a file, or `ok`."""
    try:
        # Whatever is no file is not opened, and a pipe that took its place does not block.
        must("unreadable", stat.S_ISREG(os.stat(path).st_mode))
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | getattr(os, "O_NONBLOCK", 0))) as file:
            status = os.fstat(file.fileno())
            must("unreadable", stat.S_ISREG(status.st_mode))
            check(file, status.st_size, pure, trusted)
    except (OSError, ValueError):
        return "unreadable"
    except Rejected as rejected:
        return rejected.args[0]
    return "ok"


def check(file, size, pure, trusted):
    must("limit_exceeded", size <= FILE)
    start = file.read(109)
    if start[:8] != MAGIC:
        must("truncated", not MAGIC.startswith(start))
        must("text_mode", not TEXT_MODE.match(start))
        must("unsupported_format", not re.match(rb"\x89TZ[C-Z]\r\n\x1a\n", start))
        raise Rejected("not_a_bundle")
    must("truncated", len(start) == 109)
    h = int.from_bytes(start[105:], "big")
    must("limit_exceeded", h <= HEADER)
    rest = file.read(h + 128)
    must("truncated", len(rest) == h + 128)

    sm2, ed25519, header, signatures = start[8:73], start[73:105], rest[:h], rest[h:]
    must("bad_key", curves.sm2_point(sm2) and curves.ed_point(ed25519))
    message = b"DSSEv1 39 application/vnd.taizhang.bundle.v1+json %d " % (97 + h) + sm2 + ed25519 + header
    must("bad_signature_ed25519", ed25519_fits(ed25519, message, signatures[64:], pure))
    must("bad_signature_sm2", sm2_fits(sm2, message, signatures[:64], pure))
    must("other_keys", trusted is None or {SM2_SPKI + sm2, ED25519_SPKI + ed25519} <= trusted)

    must("unsupported_format", not records.of_other_format(header))
    try:
        header = records.strict(header)
    except records.Bad:
        raise Rejected("bad_header") from None
    must("bad_header", records.header_fits(header))

    if "successor" in header:
        must("bad_successor", successor_fits(header, sm2, ed25519, pure))

    attachments = header.get("attachments", [])
    lengths = [header["records_len"], *(one["len"] for one in attachments)]
    must("limit_exceeded", lengths[0] <= RECORDS and header["inflated_len"] <= RECORDS)
    must("limit_exceeded", len(attachments) <= ATTACHMENTS and all(one <= ATTACHMENT for one in lengths[1:]))
    whole = 237 + h + sum(lengths)
    must("limit_exceeded", whole <= FILE)
    must("truncated", size >= whole)
    must("trailing_bytes", size == whole)
    deflated = check_payload(file, header, attachments, pure)

    lines = inflate(deflated, header["inflated_len"])
    try:
        lines.decode()
        records.check_records(cut(lines), header)
    except (records.Bad, UnicodeDecodeError):
        raise Rejected("bad_record") from None


def successor_fits(header, sm2, ed25519, pure):
    """Whether the key that takes over is new and signed that it does."""
    successor = header["successor"]
    keys, signatures = bytes.fromhex(successor["keys"]), bytes.fromhex(successor["signature"])
    role, office = ("hub", "") if header["kind"] == "plan" else ("office", header["office"])
    parts = [
        role.encode(), header["hub"].encode(), header["plan"].encode(), header["plan_version"].to_bytes(4, "big"), office.encode(),
        bytes.fromhex(header["stream"]), header["seq"].to_bytes(8, "big"), bytes.fromhex(header.get("prev", "")), sm2 + ed25519, keys,
        bytes.fromhex(successor["stream"]), bytes.fromhex(header["payload_sm3"]), bytes.fromhex(header["payload_sha256"]),
    ]  # fmt: skip
    body = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    message = b"DSSEv1 37 application/vnd.taizhang.successor.v1 %d " % len(body) + body
    return (
        curves.sm2_point(keys[:65])
        and curves.ed_point(keys[65:])
        and keys[:65] != sm2
        and keys[65:] != ed25519
        and successor["stream"] != header["stream"]
        and ed25519_fits(keys[65:], message, signatures[64:], pure)
        and sm2_fits(keys[:65], message, signatures[:64], pure)
    )


def check_payload(file, header, attachments, pure):
    """Holds each attachment against its digests and kind, then the payload; returns the deflated records."""
    # curves.Sm3 does about half a megabyte a second: what is long is left to openssl.
    few = header["records_len"] + sum(one["len"] for one in attachments) <= CHUNK
    sm3 = curves.Sm3 if pure and few else Sm3
    deflated = file.read(header["records_len"])
    payload, failed = (sm3(), hashlib.sha256()), None
    for one in payload:
        one.update(deflated)
    for attachment in attachments:
        own, left, begins = (sm3(), hashlib.sha256()), attachment["len"], b""
        while left and (chunk := file.read(min(left, CHUNK))):
            for one in payload + own:
                one.update(chunk)
            begins, left = begins or chunk[:8], left - len(chunk)
        if [one.hexdigest() for one in own] != [attachment["sm3"], attachment["sha256"]]:
            failed = failed or "digest_mismatch"
        elif not begins.startswith(records.media[attachment["media"]]):
            failed = failed or "bad_attachment"
    if [one.hexdigest() for one in payload] != [header["payload_sm3"], header["payload_sha256"]]:
        failed = failed or "digest_mismatch"
    must(failed, not failed)
    return deflated


def inflate(deflated, length):
    stream = zlib.decompressobj(-15)
    try:
        lines = stream.decompress(deflated, length + 1)
    except zlib.error:
        raise Rejected("bad_compression") from None
    must("bad_compression", stream.eof and not stream.unused_data and len(lines) == length)
    return lines


def cut(lines):
    """Yields the records one by one: what is refused early costs little."""
    at, count = 0, 0
    while at < len(lines):
        end = lines.find(b"\n", at)
        count += 1
        must("limit_exceeded", count <= LINES and (len(lines) if end < 0 else end) - at <= LINE)
        must("bad_record", end >= 0)
        yield lines[at:end]
        at = end + 1


# The command


def main():
    parser = argparse.ArgumentParser(description="Checks bundles by FORMAT.md.")
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--keys", nargs="+", metavar="PEM", help="files with the public keys that are trusted")
    parser.add_argument("--pure", action="store_true", help="verify signatures without openssl")
    parser.add_argument("--stdin", action="store_true", help="read paths from the input, one a line")
    options = parser.parse_args()
    trusted = None if options.keys is None else set()
    for name in options.keys or []:
        with open(name, encoding="utf-8") as file:
            for block in re.findall("-----BEGIN PUBLIC KEY-----([^-]*)-----END PUBLIC KEY-----", file.read()):
                trusted.add(base64.b64decode(block))
    paths = map(os.fsencode, options.files)
    if options.stdin:
        paths = (line.removesuffix(b"\n") for line in sys.stdin.buffer)
    fine = True
    for path in paths:
        code = verify(path, options.pure, trusted)
        fine &= code == "ok"
        sys.stdout.buffer.write(path + b"\t" + code.encode() + b"\n")
        sys.stdout.buffer.flush()
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
