"""Writes bundles by FORMAT.md for the test: good ones, and ones that are wrong in one place and signed all the same."""

import hashlib
import json
import zlib

import curves
import verify

SM2_SECRET, ED25519_SEED = 0x1234567890ABCDEF << 180, bytes(range(32))
ZERO = "0" * 64
OFFICE = {"office": "u01"}
HEADERS = {
    "plan": {"seq": 1},
    "enrolment": OFFICE,
    "progress": {**OFFICE, "period": "2024-03", "seq": 2, "prev": ZERO, "stand_in": False, "attachments": []},
    "receipt": {**OFFICE, "seq": 1},
}
DROP = object()


def affine(point):
    x, y, z = point
    return x * pow(z, -2, curves.SM2_P) % curves.SM2_P, y * pow(z, -3, curves.SM2_P) % curves.SM2_P


def sm2_times(k):
    return affine(curves.combine(curves.sm2_add, curves.sm2_double, (1, 1, 0), k, curves.SM2_G, 0, curves.SM2_G))


def sm2_key(d=SM2_SECRET):
    return b"\4" + b"".join(n.to_bytes(32, "big") for n in sm2_times(d))


def sm2_sign(message, d=SM2_SECRET, user=verify.USER):
    n = curves.SM2_N
    e = curves.sm2_e(sm2_key(d), message, user)
    k = int.from_bytes(hashlib.sha512(b"%d" % d + message).digest(), "big") % (n - 1) + 1  # a fixed nonce is for tests only
    r = (e + sm2_times(k)[0]) % n
    s = (k - r * d) * pow(1 + d, -1, n) % n
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def ed_encode(point):
    x, y, z, _ = point
    x, y = (c * pow(z, -1, curves.ED_P) % curves.ED_P for c in (x, y))
    return (y | (x & 1) << 255).to_bytes(32, "little")


def ed_times(k):
    return ed_encode(curves.combine(curves.ed_add, curves.ed_double, curves.ED_O, k, curves.ED_B, 0, curves.ED_B))


def ed_scalar(seed=ED25519_SEED):
    half = bytearray(hashlib.sha512(seed).digest()[:32])
    half[0] &= 248
    half[31] = half[31] & 63 | 64
    return int.from_bytes(half, "little")


def ed_sign(message, seed=ED25519_SEED):
    a, nonce = ed_scalar(seed), hashlib.sha512(hashlib.sha512(seed).digest()[32:] + message).digest()
    r = int.from_bytes(nonce, "little") % curves.ED_L
    encoded = ed_times(r)
    s = (r + curves.ed_challenge(encoded, ed_times(a), message) * a) % curves.ED_L
    return encoded + s.to_bytes(32, "little")


def deflate(records):
    stream = zlib.compressobj(9, zlib.DEFLATED, -15)
    return stream.compress(records) + stream.flush()


def seal(header, payload, sm2=sm2_sign, ed25519=ed_sign, keys=None):
    """Signs the bytes of a header."""
    keys = keys or sm2_key() + ed_times(ed_scalar())
    message = b"DSSEv1 39 application/vnd.taizhang.bundle.v1+json %d " % (97 + len(header)) + keys + header
    return verify.MAGIC + keys + len(header).to_bytes(4, "big") + header + sm2(message) + ed25519(message) + payload


def lines(*records):
    return b"".join(json.dumps(record, ensure_ascii=False).encode() + b"\n" for record in records)


def bundle(kind, records, attachments=(), deflated=None, /, **changes):
    """A signed bundle; `changes` go into the header (DROP takes a key out), `attachments` are (media, content)."""
    deflated = deflate(records) if deflated is None else deflated
    payload = deflated + b"".join(content for _, content in attachments)
    header = {
        "format": 1, "kind": kind, "hub": "h", "plan": "p", "plan_version": 3, "stream": "5a" * 16, **HEADERS[kind],
        "created": "2024-04-03T09:30:00+08:00", "application": "forge", "records_len": len(deflated),
        "inflated_len": len(records), "payload_sm3": curves.Sm3(payload).hexdigest(),
        "payload_sha256": hashlib.sha256(payload).hexdigest(),
    }  # fmt: skip
    if attachments:
        header["attachments"] = [
            {"len": len(content), "sm3": curves.Sm3(content).hexdigest(), "sha256": hashlib.sha256(content).hexdigest(), "media": media}
            for media, content in attachments
        ]
    header.update(changes)
    header = {key: value for key, value in header.items() if value is not DROP}
    return seal(json.dumps(header, ensure_ascii=False).encode(), payload)
