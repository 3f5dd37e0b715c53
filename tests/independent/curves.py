"""SM3, SM2 and Ed25519 in plain Python, from GB/T 32905, GB/T 32918 and RFC 8032; for checking only, nothing here is secret."""

import functools
import hashlib

# SM3

IV = 0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E
M32 = 0xFFFFFFFF


def rol(x, n):
    return ((x << n) | (x >> (32 - n))) & M32


T = [rol(0x79CC4519 if j < 16 else 0x7A879D8A, j % 32) for j in range(64)]


class Sm3:
    """The hash function of GB/T 32905, with the interface of hashlib."""

    def __init__(self, data=b""):
        self.state, self.rest, self.length = IV, b"", 0
        self.update(data)

    def update(self, data):
        self.length += len(data)
        data = self.rest + data
        whole = len(data) - len(data) % 64
        for at in range(0, whole, 64):
            self.state = compress(self.state, data[at : at + 64])
        self.rest = data[whole:]

    def digest(self):
        end = self.rest + b"\x80" + bytes((55 - self.length) % 64) + (8 * self.length).to_bytes(8, "big")
        state = self.state
        for at in range(0, len(end), 64):
            state = compress(state, end[at : at + 64])
        return b"".join(word.to_bytes(4, "big") for word in state)

    def hexdigest(self):
        return self.digest().hex()


def compress(state, block):
    w = [int.from_bytes(block[i : i + 4], "big") for i in range(0, 64, 4)]
    for j in range(16, 68):
        x = w[j - 16] ^ w[j - 9] ^ rol(w[j - 3], 15)
        w.append(x ^ rol(x, 15) ^ rol(x, 23) ^ rol(w[j - 13], 7) ^ w[j - 6])
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        a12 = rol(a, 12)
        ss1 = rol((a12 + e + T[j]) & M32, 7)
        if j < 16:
            ff, gg = a ^ b ^ c, e ^ f ^ g
        else:
            ff, gg = (a & b) | (a & c) | (b & c), (e & f) | (~e & g)
        tt1 = ff + d + (ss1 ^ a12) + (w[j] ^ w[j + 4])
        tt2 = (gg + h + ss1 + w[j]) & M32
        d, c, b, a = c, rol(b, 9), a, tt1 & M32
        h, g, f, e = g, rol(f, 19), e, tt2 ^ rol(tt2, 9) ^ rol(tt2, 17)
    return tuple(x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h)))


def combine(add, double, neutral, k, p, l, q):
    """[k]p + [l]q, one doubling a bit."""
    table, r = (neutral, p, q, add(p, q)), neutral
    for bit in range(max(k.bit_length(), l.bit_length()) - 1, -1, -1):
        r = double(r)
        which = (k >> bit & 1) | (l >> bit & 1) << 1
        if which:
            r = add(r, table[which])
    return r


# SM2: y² = x³ − 3x + B over the prime SM2_P, points as Jacobian (X, Y, Z)

SM2_P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
SM2_N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
SM2_B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
SM2_G = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
    1,
)


def sm2_double(p):
    x, y, z = p
    yy = y * y % SM2_P
    s = 4 * x * yy % SM2_P
    zz = z * z % SM2_P
    m = 3 * (x - zz) * (x + zz) % SM2_P
    x3 = (m * m - 2 * s) % SM2_P
    return x3, (m * (s - x3) - 8 * yy * yy) % SM2_P, 2 * y * z % SM2_P


def sm2_add(p, q):
    if not p[2] or not q[2]:
        return q if not p[2] else p
    zz1, zz2 = p[2] * p[2] % SM2_P, q[2] * q[2] % SM2_P
    u1, u2 = p[0] * zz2 % SM2_P, q[0] * zz1 % SM2_P
    s1, s2 = p[1] * zz2 * q[2] % SM2_P, q[1] * zz1 * p[2] % SM2_P
    h, r = (u2 - u1) % SM2_P, (s2 - s1) % SM2_P
    if not h:
        return sm2_double(p) if not r else (1, 1, 0)
    hh = h * h % SM2_P
    hhh, v = h * hh % SM2_P, u1 * hh % SM2_P
    x3 = (r * r - hhh - 2 * v) % SM2_P
    return x3, (r * (v - x3) - s1 * hhh) % SM2_P, h * p[2] * q[2] % SM2_P


def sm2_point(key):
    """The point of 65 bytes `04 ‖ x ‖ y`, or None where they are none of the curve's."""
    x, y = int.from_bytes(key[1:33], "big"), int.from_bytes(key[33:], "big")
    if len(key) != 65 or key[0] != 4 or x >= SM2_P or y >= SM2_P or (y * y - x * x * x + 3 * x - SM2_B) % SM2_P:
        return None
    return x, y, 1


def sm2_e(key, message, user):
    numbers = b"".join(n.to_bytes(32, "big") for n in (SM2_P - 3, SM2_B, *SM2_G[:2]))
    z = Sm3((8 * len(user)).to_bytes(2, "big") + user + numbers + key[1:]).digest()
    return int.from_bytes(Sm3(z + message).digest(), "big")


def sm2_verify(key, message, signature, user):
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    t = (r + s) % SM2_N
    point = sm2_point(key)
    if point is None or not 0 < r < SM2_N or not 0 < s < SM2_N or not t:
        return False
    x, _, z = combine(sm2_add, sm2_double, (1, 1, 0), s, SM2_G, t, point)
    return bool(z) and (sm2_e(key, message, user) + x * pow(z, -2, SM2_P) % SM2_P) % SM2_N == r


# Ed25519: −x² + y² = 1 + D·x²y² over the prime ED_P, points as extended (X, Y, Z, T)

ED_P = 2**255 - 19
ED_L = 2**252 + 27742317777372353535851937790883648493
ED_D = -121665 * pow(121666, -1, ED_P) % ED_P
ED_O = (0, 1, 1, 0)


def ed_add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * p[3] * q[3] * ED_D % ED_P, 2 * p[2] * q[2]
    e, f, g, h = (b - a) % ED_P, (d - c) % ED_P, (d + c) % ED_P, (b + a) % ED_P
    return e * f % ED_P, g * h % ED_P, f * g % ED_P, e * h % ED_P


def ed_double(p):
    x, y, z, _ = p
    a, b = x * x, y * y
    h, e, g = (a + b) % ED_P, (a + b - (x + y) * (x + y)) % ED_P, (a - b) % ED_P
    f = (2 * z * z + g) % ED_P
    return e * f % ED_P, g * h % ED_P, f * g % ED_P, e * h % ED_P


@functools.lru_cache(1024)
def ed_point(encoded):
    """The point of 32 bytes, or None where they are not canonical, no point's, or of small order."""
    number = int.from_bytes(encoded, "little")
    y, sign = number & (2**255 - 1), number >> 255
    if y >= ED_P:
        return None
    xx = (y * y - 1) * pow(ED_D * y * y + 1, -1, ED_P) % ED_P
    x = pow(xx, (ED_P + 3) // 8, ED_P)
    if (x * x - xx) % ED_P:
        x = x * pow(2, (ED_P - 1) // 4, ED_P) % ED_P
    if (x * x - xx) % ED_P or not x:
        return None  # x = 0 is the neutral point, the point of order 2, or a negative zero
    x = ED_P - x if x & 1 != sign else x
    point = (x, y, 1, x * y % ED_P)
    eight = ed_double(ed_double(ed_double(point)))
    return point if eight[0] or eight[1] != eight[2] else None


ED_B = ed_point((4 * pow(5, -1, ED_P) % ED_P).to_bytes(32, "little"))


def ed_challenge(r, key, message):
    return int.from_bytes(hashlib.sha512(r + key + message).digest(), "little") % ED_L


def ed_verify(key, message, signature):
    a, r, s = ed_point(key), ed_point(signature[:32]), int.from_bytes(signature[32:], "little")
    if not a or not r or s >= ED_L:
        return False
    k = ed_challenge(signature[:32], key, message)
    x, y, z, _ = combine(ed_add, ed_double, ED_O, s, ED_B, k, (ED_P - a[0], a[1], 1, ED_P - a[3]))
    return (x - r[0] * z) % ED_P == 0 and (y - r[1] * z) % ED_P == 0
