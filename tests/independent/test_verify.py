"""The verifier's own test: `python3 -m unittest` in this folder, `openssl` beside it."""

import hashlib
import json
import os
import pathlib
import random
import resource
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(__file__))
import curves
import forge
import verify
from forge import DROP, bundle, deflate, lines, seal

HERE = pathlib.Path(__file__).resolve().parent
GOLDEN = {file.stem: file.read_bytes() for file in (HERE / "../../src-tauri/crates/bundle/tests/golden").glob("*.tzb")}
ENROLMENT = lines({"enrolment": {"office_name": "王台街道", "contact": "张三", "telephone": "0532-0000000"}})
RETURN = {"return": {"nil": False, "filled_by": "a", "checked_by": "b", "issued_by": "c"}}
LAMPS = {"count_yellow": "10", "stock_yellow": "10", "growth_yellow": "1", "share_yellow": "1", "stage_yellow": 1}
PLAN = {
    "hub_name": "h", "title": "t", "year": 2024, "merge_jan_feb": True, "first_month": 2, "due_day": 5, "due_exceptions": [],
    "lamp_rule": LAMPS,
}  # fmt: skip
TARGET = {"section": "s", "name": "n", "clause": "c", "unit": "个", "amount_unit": "", "official": False, "frequency": "monthly", "since": 1}
PDF, JPEG = b"%PDF-1.7", b"\xff\xd8\xff\xe0"


def number(raw):
    return int.from_bytes(raw, "big")


def plan(*targets, offices=(), more=()):
    """The records of a plan around some targets."""
    own = {"id": "own", "kind": "own", "names": [{"value": "本级"}], "codes": []}
    heads = {"plan": PLAN}, {"chapter": {"code": "c", "title": ""}}, {"section": {"code": "s", "title": ""}}
    return lines(
        *heads, *({"target": {**TARGET, **one}} for one in targets), {"office": own}, *({"office": {**own, **one}} for one in offices), *more
    )  # fmt: skip


def entries(*members):
    return lines(RETURN, *({"entry": one} for one in members))


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "a.tzb")

    def code(self, raw, pure=True):
        with open(self.path, "wb") as file:
            file.write(raw)
        return verify.verify(self.path, pure)

    def expect(self, code, raw, what=None):
        self.assertEqual(self.code(raw), code, what)


class Curves(unittest.TestCase):
    def test_published_answers(self):
        self.assertEqual(curves.Sm3(b"abc").hexdigest(), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")
        self.assertEqual(curves.Sm3(b"abcd" * 16).hexdigest(), "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732")
        # GB/T 32918.5, annex A
        key = bytes.fromhex("0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
                            "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13")  # fmt: skip
        signature = bytes.fromhex("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
                                  "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa")  # fmt: skip
        self.assertTrue(curves.sm2_verify(key, b"message digest", signature, verify.USER))
        # RFC 8032, 7.1, test 1
        key = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
        signature = bytes.fromhex("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
                                  "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")  # fmt: skip
        self.assertTrue(curves.ed_verify(key, b"", signature))

    def test_sm3_is_that_of_openssl_at_every_length(self):
        for length in [*range(54, 66), *range(118, 130), 5000]:
            theirs = verify.Sm3()
            theirs.update(bytes(length))
            self.assertEqual(curves.Sm3(bytes(length)).hexdigest(), theirs.hexdigest(), length)

    def test_both_ways_to_verify_agree(self):
        sm2_key, ed_key = forge.sm2_key(), forge.ed_times(forge.ed_scalar())
        rnd, seen = random.Random(1), set()
        for turn in range(24):
            message = rnd.randbytes(1 + turn * 9)  # openssl 3.0 takes no empty message
            sm2, ed = bytearray(forge.sm2_sign(message)), bytearray(forge.ed_sign(message))
            if turn % 3:
                sm2[rnd.randrange(64)] ^= 1 << rnd.randrange(8)
                ed[rnd.randrange(64)] ^= 1 << rnd.randrange(8)
            for fits, key, signature in ((verify.sm2_fits, sm2_key, sm2), (verify.ed25519_fits, ed_key, ed)):
                pure = fits(key, message, bytes(signature), True)
                self.assertEqual(pure, fits(key, message, bytes(signature), False), (turn, fits))
                seen.add((fits, pure))
        self.assertEqual(len(seen), 4)

    def test_cofactor(self):
        """A key with a part of order 8 is one; what holds only when multiplied by 8 does not."""
        torsion = bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")
        self.assertIsNone(curves.ed_point(torsion))
        y = int.from_bytes(torsion, "little")
        x = pow((y * y - 1) * pow(curves.ED_D * y * y + 1, -1, curves.ED_P), (curves.ED_P + 3) // 8, curves.ED_P)
        if ((y * y - x * x) - 1 - curves.ED_D * x * x * y * y) % curves.ED_P:
            x = x * pow(2, (curves.ED_P - 1) // 4, curves.ED_P) % curves.ED_P
        a, point = forge.ed_scalar(), (x, y, 1, x * y % curves.ED_P)
        key = forge.ed_encode(curves.ed_add(curves.ed_point(forge.ed_times(a)), point))
        seen = set()
        for r in range(1, 40):
            encoded = forge.ed_times(r)
            k = curves.ed_challenge(encoded, key, b"m")
            signature = encoded + ((r + k * a) % curves.ED_L).to_bytes(32, "little")
            self.assertEqual(curves.ed_verify(key, b"m", signature), k % 8 == 0)
            seen.add(k % 8 == 0)
            if k % 8 == 0 or r < 3:
                self.assertEqual(verify.ed25519_fits(key, b"m", signature, False), k % 8 == 0)
        self.assertEqual(seen, {True, False})


class Files(Case):
    def test_good(self):
        self.assertEqual(len(GOLDEN), 4)
        for name, raw in GOLDEN.items():
            for pure in (True, False):
                self.assertEqual(self.code(raw, pure), "ok", name)
        self.expect("ok", bundle("enrolment", ENROLMENT))

    def test_every_byte_counts(self):
        raw = GOLDEN["enrolment"]
        h = number(raw[105:109])
        for at in range(len(raw)):
            codes = {"not_a_bundle", "unsupported_format"} if at < 8 else \
                {"bad_key", "bad_signature_ed25519"} if at < 105 else \
                {"limit_exceeded", "truncated", "bad_signature_ed25519"} if at < 109 else \
                {"bad_signature_ed25519"} if at < 109 + h or 173 + h <= at < 237 + h else \
                {"bad_signature_sm2"} if at < 237 + h else {"digest_mismatch"}  # fmt: skip
            code = self.code(raw[:at] + bytes([raw[at] ^ 1 << at % 8]) + raw[at + 1 :])
            self.assertIn(code, codes, at)

    def test_length_counts(self):
        for name, raw in GOLDEN.items():
            for at in range(len(raw) if name == "enrolment" else 120):
                self.expect("truncated", raw[:at], at)
            self.expect("truncated", raw[:-1], name)
            self.expect("truncated", raw[:105] + b"\xff\xff\xff", name)
            self.expect("trailing_bytes", raw + b"\0", name)
            self.expect("not_a_bundle", b"\0" + raw, name)

    def test_a_file_may_have_200_million_bytes(self):
        self.code(GOLDEN["plan"])
        for size, code in ((200_000_000, "trailing_bytes"), (200_000_001, "limit_exceeded")):
            os.truncate(self.path, size)
            self.assertEqual(verify.verify(self.path, True), code)

    def test_both_modes_name_the_same_code(self):
        rnd = random.Random(2)
        for turn in range(40):
            raw = bytearray(GOLDEN[sorted(GOLDEN)[turn % 4]])
            at = rnd.choice([rnd.randrange(8, 105), rnd.randrange(109, len(raw)), len(raw) - 1])
            raw[at] = rnd.randrange(256)
            self.assertEqual(self.code(bytes(raw), True), self.code(bytes(raw), False), (turn, at))

    def test_magic(self):
        raw = GOLDEN["enrolment"]
        lf = raw.replace(b"\r\n", b"\n")
        for copy in (lf, lf.replace(b"\n", b"\r\n"), raw.replace(b"\n", b"\r\n"), raw.decode("latin-1").encode(),
                     raw.decode(errors="replace").encode(), b"?" + raw[1:], b"\t" + raw[1:]):  # fmt: skip
            self.expect("text_mode", copy, copy[:10])
        for fourth, code in ((b"C", "unsupported_format"), (b"Z", "unsupported_format"), (b"[", "not_a_bundle"), (b"A", "not_a_bundle")):
            self.expect(code, raw[:3] + fourth + raw[4:])
        self.expect("not_a_bundle", b"PK\3\4")

    def test_keys(self):
        raw = GOLDEN["enrolment"]
        p, small = curves.SM2_P, next(x for x in range(99) if self.root(x))
        points = {b"\2" + raw[9:73]: "bad_key", b"\4" + bytes(64): "bad_key", b"\4" + b"\xff" * 64: "bad_key"}
        points[raw[8:41] + (p - number(raw[41:73])).to_bytes(32, "big")] = "bad_signature_ed25519"
        for x, code in ((small, "bad_signature_ed25519"), (small + p, "bad_key")):
            points[b"\4" + x.to_bytes(32, "big") + self.root(small).to_bytes(32, "big")] = code
        for point, code in points.items():
            self.expect(code, raw[:8] + point + raw[73:], point.hex())
        for y in (0, 1, curves.ED_P - 1, curves.ED_P, curves.ED_P + 1, 2, 2**255 - 1):  # 2 is no point's y, the last is not below p
            for sign in (0, 1 << 255):
                encoded = (y | sign).to_bytes(32, "little")
                self.expect("bad_key", raw[:73] + encoded + raw[105:], y)
                h = number(raw[105:109])
                self.expect("bad_signature_ed25519", raw[: 173 + h] + encoded + raw[205 + h :], y)

    def root(self, x):
        square = (x**3 - 3 * x + curves.SM2_B) % curves.SM2_P
        y = pow(square, (curves.SM2_P + 1) // 4, curves.SM2_P)
        return y if y * y % curves.SM2_P == square else None

    def test_signatures(self):
        good = bundle("enrolment", ENROLMENT)
        h, n = number(good[105:109]), curves.SM2_N
        header, payload = good[109 : 109 + h], good[237 + h :]
        r, s = number(good[109 + h : 141 + h]), number(good[141 + h : 173 + h])
        for a, b in ((0, s), (n, s), (r, 0), (r, n), (r, n - r), (s, r), (0, 0), (2**256 - 1, s)):
            raw = good[: 109 + h] + a.to_bytes(32, "big") + b.to_bytes(32, "big") + good[173 + h :]
            self.assertEqual((self.code(raw), self.code(raw, False)), ("bad_signature_sm2",) * 2, (a, b))
        more = int.from_bytes(good[205 + h : 237 + h], "little") + curves.ED_L
        self.expect("bad_signature_ed25519", good[: 205 + h] + more.to_bytes(32, "little") + payload)
        self.expect("bad_signature_sm2", seal(header, payload, lambda m: forge.sm2_sign(m, user=b"")))
        self.expect("bad_signature_sm2", seal(header, payload, lambda m: forge.sm2_sign(m, 99)))
        self.expect("bad_signature_ed25519", seal(header, payload, lambda m: forge.sm2_sign(m, 99), lambda m: forge.ed_sign(m, bytes(32))))
        receipt = GOLDEN["receipt"]
        other = number(receipt[105:109])
        self.expect("bad_signature_ed25519", good[: 109 + h] + receipt[109 + other : 237 + other] + payload)


class Headers(Case):
    def test_members(self):
        for code, changes in [
            ("unsupported_format", {"format": 2}), ("unsupported_format", {"format": 2, "zzz": None}), ("unsupported_format", {"format": 0}),
            ("bad_header", {"format": "1"}), ("bad_header", {"format": DROP}), ("bad_header", {"format": True}),
            ("bad_header", {"hub": "H"}), ("bad_header", {"hub": ""}), ("ok", {"hub": "h" * 40}), ("bad_header", {"hub": "h" * 41}),
            ("ok", {"plan_version": 2**32 - 1}), ("bad_header", {"plan_version": 2**32}), ("bad_header", {"plan_version": 3.0}),
            ("bad_header", {"plan_version": -1}), ("bad_header", {"plan_version": True}), ("bad_header", {"office": DROP}),
            ("bad_header", {"seq": 1}), ("bad_header", {"prev": forge.ZERO}), ("bad_header", {"kind": "plan"}), ("bad_header", {"zzz": 1}),
            ("bad_header", {"stream": "5A" * 16}), ("bad_header", {"created": "2024-04-03"}), ("ok", {"created": "2024-04-03T09:30:00Z"}),
            ("bad_header", {"application": ""}), ("bad_header", {"application": "a" * 65}), ("bad_header", {"application": "é"}),
            ("bad_header", {"office": None}), ("bad_header", {"records_len": 2**53}), ("limit_exceeded", {"records_len": 10 * 2**30}),
            ("limit_exceeded", {"records_len": 16_777_217}), ("truncated", {"records_len": 16_777_216}), ("trailing_bytes", {"records_len": 1}),
            ("limit_exceeded", {"inflated_len": 16_777_217}), ("bad_compression", {"inflated_len": 16_777_216}),
            ("bad_compression", {"inflated_len": len(ENROLMENT) - 1}), ("digest_mismatch", {"payload_sm3": forge.ZERO}),
            ("digest_mismatch", {"payload_sha256": forge.ZERO}), ("bad_header", {"payload_sm3": "A" * 64}),
        ]:  # fmt: skip
            self.expect(code, bundle("enrolment", ENROLMENT, **changes), changes)
        for code, changes in [
            ("ok", {}), ("ok", {"seq": 1, "prev": DROP}), ("bad_header", {"prev": DROP}), ("bad_header", {"seq": 0}),
            ("ok", {"seq": 2**53 - 1}), ("bad_header", {"seq": 2**53}), ("ok", {"last_receipt": forge.ZERO}),
            ("bad_header", {"period": "2024-13"}), ("bad_header", {"period": "1999-01"}), ("bad_header", {"period": "２０２４-01"}),
            ("bad_header", {"stand_in": 0}), ("bad_header", {"attachments": DROP}), ("bad_header", {"attachments": {}}),
        ]:  # fmt: skip
            self.expect(code, bundle("progress", entries(), **changes), changes)

    def test_json(self):
        good = bundle("enrolment", ENROLMENT)
        h = number(good[105:109])
        text, payload = good[109 : 109 + h].decode(), good[237 + h :]
        version = lambda value: text.replace('"plan_version": 3', '"plan_version": ' + value)
        for code, header in [
            ("ok", text), ("ok", f" \n{text}\t"), ("ok", text.replace('"hub"', '"h\\u0075b"')), ("ok", text.ljust(65_536)),
            ("limit_exceeded", text.ljust(65_537)), ("bad_header", ""), ("bad_header", text + "{}"), ("bad_header", "[" + text + "]"),
            ("bad_header", text[:-1] + ',"hub":"h"}'), ("bad_header", text[:-1] + ',"h\\u0075b":"h"}'), ("bad_header", "\ufeff" + text),
            *(("bad_header", version(value)) for value in ("3.0", "3e0", "03", "-3", "-0", "NaN", "1e999", "9" * 5000, "null", "[3]")),
            ("bad_header", "[" * 10_000), ("bad_header", '{"a":' * 10_000), ("bad_header", text[:-1] + ',"format":1}'),
            ("bad_header", '{"format":2'), ("bad_header", '{"format":2,"format":2}'), ("unsupported_format", '{"format":2,"a":-1.5,"a":[null]}'),
            ("bad_header", '{"format":2,"\\ud800":1}'), ("unsupported_format", '{"format":2,"a":{"\\ud800":"\\ud800"}}'), ("bad_header", "[2]"),
        ]:  # fmt: skip
            self.expect(code, seal(header.encode(), payload), header[:40])
        self.expect("bad_header", seal(text.encode().replace(b"forge", b"\xff"), payload))

    def test_attachments(self):
        one = {"len": len(PDF), "sm3": curves.Sm3(PDF).hexdigest(), "sha256": hashlib.sha256(PDF).hexdigest(), "media": "application/pdf"}
        pdf, jpeg = ("application/pdf", PDF), ("image/jpeg", JPEG)
        for code, attached, changes in [
            ("ok", [pdf, jpeg], {}), ("ok", [jpeg] * 200, {}), ("limit_exceeded", [jpeg] * 201, {}),
            ("bad_attachment", [("image/png", PDF)], {}), ("bad_attachment", [("application/pdf", b" " + PDF)], {}),
            ("bad_attachment", [("image/jpeg", b"")], {}), ("bad_header", [("image/gif", b"GIF89a")], {}),
            ("digest_mismatch", [pdf], {**one, "sm3": forge.ZERO}), ("digest_mismatch", [pdf], {**one, "sha256": forge.ZERO}),
            ("truncated", [pdf], {**one, "len": 9}), ("trailing_bytes", [pdf], {**one, "len": 7}), ("bad_header", [pdf], {**one, "name": "a"}),
            ("limit_exceeded", [pdf], {**one, "len": 20_000_001}), ("truncated", [pdf], {**one, "len": 20_000_000}),
        ]:  # fmt: skip
            raw = bundle("progress", entries(), attached, **({"attachments": [changes]} if changes else {}))
            self.expect(code, raw, (attached[:2], changes))
        self.expect("limit_exceeded", bundle("progress", entries(), [pdf], attachments=[{**one, "len": 20_000_000}] * 11))
        long = ("application/pdf", PDF + bytes(1 << 20))
        self.expect("ok", bundle("progress", entries(), [long]))


class Records(Case):
    def test_compression(self):
        good = deflate(ENROLMENT)
        stored = b"\1" + len(ENROLMENT).to_bytes(2, "little") + (len(ENROLMENT) ^ 0xFFFF).to_bytes(2, "little") + ENROLMENT
        for code, raw in [
            ("ok", stored), ("bad_compression", good + b"\0"), ("bad_compression", good[:-1]), ("bad_compression", good * 2),
            ("bad_compression", b""), ("bad_compression", b"\7" + good), ("bad_compression", b"\0" + stored[1:]),
        ]:  # fmt: skip
            self.expect(code, bundle("enrolment", ENROLMENT, (), raw), raw)

    def test_bombs(self):
        bomb = deflate(bytes(1 << 28))
        self.expect("bad_compression", bundle("enrolment", b"", (), bomb, inflated_len=16_777_216))
        for code, records in [("limit_exceeded", bytes(1 << 24)), ("bad_record", b"\n" * (1 << 24)), ("bad_record", b"{}\n" * 50_001)]:
            self.expect(code, bundle("enrolment", records))
        chapters = [b'{"chapter":{"code":"%d","title":""}}\n' % at for at in range(49_999)]
        heads, end = plan().split(b"\n", 1)[0] + b"\n", plan().splitlines(True)[-1]
        self.expect("ok", bundle("plan", heads + b"".join(chapters[1:]) + end))
        self.expect("limit_exceeded", bundle("plan", heads + b"".join(chapters) + end))
        chain = [{"id": f"r{at}", "kind": "relative", "to": f"r{at + 1}", "comparator": "reach", "tolerance": "1"} for at in range(20_000)]
        self.expect("bad_record", bundle("plan", plan(*chain)))
        self.assertLess(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, 600_000)

    def test_lines(self):
        one = ENROLMENT[:-1]
        for code, records in [
            ("bad_record", one), ("bad_record", one + b"\r\n"), ("bad_record", b" " + ENROLMENT), ("bad_record", ENROLMENT + b"\n"),
            ("bad_record", ENROLMENT * 2), ("bad_record", b""), ("bad_record", b"{}\n"), ("bad_record", b"[]\n"), ("bad_record", b'{"zz":{}}\n'),
            ("ok", ENROLMENT.replace(b": ", b" :\t")), ("bad_record", ENROLMENT.replace(b"0532", b"\xff")),
            ("bad_record", one[:-1] + b',"enrolment":{}}\n'), ("bad_record", b'{"enrolment":["a","b","c"]}\n'),
            *(("bad_record", ENROLMENT.replace(b"0532", bad)) for bad in (rb"\u0000", rb"\u001f", rb"\u007f", rb"\u0085", b"\x7f", rb"\ud800", b"\t")),
            ("ok", ENROLMENT.replace(b"0532", rb"\t\n\r\ud83d\ude00")), ("ok", one.replace(b"0532", b"0" * (65_540 - len(one))) + b"\n"),
            ("bad_record", b"{" + b"0" * 70_000 + b"}\n\xff"), ("bad_record", one + b" "), ("bad_record", ENROLMENT + b'{"end":{}}\n'),
            ("limit_exceeded", one.replace(b"0532", b"0" * (65_541 - len(one))) + b"\n"), ("bad_record", b'{"enrolment":' * 5_000 + b"}\n"),
        ]:  # fmt: skip
            self.expect(code, bundle("enrolment", records), records[:60])

    def test_progress(self):
        proof = {"sha256": hashlib.sha256(PDF).hexdigest(), "len": len(PDF), "name": "../a.pdf"}
        figures = {"ok": "0 -1 0.5 -0.5 123456789012.123456 999999999999999999".split(),
                   "bad_record": "-0 00 01 1.0 .5 5. +5 1e3 0.0000001 1234567890123.123456 1234567890123456789 １ NaN".split()}  # fmt: skip
        for code, members in [
            *((code, [{"target": "a", "amount": figure}]) for code in figures for figure in figures[code]), ("ok", []),
            ("ok", [{"target": "a", "rate": "1", "pair": ["1", "2"]}, {"target": "b", "stage": 255}]), ("bad_record", [{"target": "a"}]),
            ("bad_record", [{"target": "a", "amount": "1", "pair": ["1", "2"]}]), ("bad_record", [{"target": "a", "stage": 256}]),
            ("bad_record", [{"target": "b", "stage": 1}, {"target": "a", "stage": 1}]), ("bad_record", [{"target": "a", "stage": 1}] * 2),
            ("bad_record", [{"target": "a", "stage": 1, "note": ""}]), ("bad_record", [{"target": "a", "stage": 1, "zz": 1}]),
            ("ok", [{"target": "a", "stage": 1, "evidence": [proof]}]), ("bad_record", [{"target": "a", "stage": 1, "evidence": []}]),
            ("bad_record", [{"target": "a", "stage": 1, "evidence": [{**proof, "len": 1}]}]), ("bad_record", [{"target": "a", "amount": 1}]),
            ("bad_record", [{"target": "a", "stage": 1, "evidence": [{**proof, "sha256": forge.ZERO}]}]),
        ]:  # fmt: skip
            self.expect(code, bundle("progress", entries(*members), [("application/pdf", PDF)]), members)

    def test_receipt(self):
        head = {"head": {"stream": "5a" * 16, "seq": 9, "header": forge.ZERO, "missing": [[2, 2], [4, 8]]}}
        verdict = {"verdict": {"stream": "5a" * 16, "seq": 1, "header": forge.ZERO, "period": "2024-03", "outcome": "accepted"}}
        period = lambda which: [{"period": {"period": which, "plan_version": 1, "stand_in": False}}, RETURN]
        with_head = lambda missing: [{"head": {**head["head"], "missing": missing}}]
        with_verdict = lambda **members: [{"verdict": {**verdict["verdict"], **members}}]
        entry = {"entry": {"target": "a", "amount": "1"}}
        proof = {"sha256": forge.ZERO, "len": 1, "name": "a"}
        for code, records in [
            ("bad_record", [*period("2024-02"), {"entry": {**entry["entry"], "evidence": [proof]}}]), ("ok", []),
            ("ok", [head, verdict, *period("2024-02"), entry, *period("2024-03"), entry]), ("bad_record", [verdict, head]),
            ("bad_record", period("2024-03") * 2), ("bad_record", period("2024-03")[:1]), ("bad_record", [*period("2024-03"), entry, entry]),
            *(("bad_record", with_head(missing)) for missing in ([[3, 2]], [[0, 1]], [[4, 9]], [[2, 3], [3, 4]], [[1]], [5])),
            ("ok", with_verdict(outcome="returned", cells=[{"target": "a", "reason": ""}])), ("bad_record", with_verdict(outcome="returned")),
            ("bad_record", with_verdict(cells=[])), ("bad_record", with_verdict(outcome="lost")),
            ("bad_record", with_verdict(outcome="returned", cells=[{"target": "a", "reason": "", "field": "zz"}])),
        ]:  # fmt: skip
            self.expect(code, bundle("receipt", lines(*records)), records)

    def test_plan(self):
        count, growth = {"id": "c", "kind": "count"}, {"id": "g", "kind": "growth"}
        relative = {"kind": "relative", "comparator": "reach", "tolerance": "0.1"}
        stages = lambda *months: {"id": "m", "kind": "milestone", "stages": [{"name": "n", **({"month": m} if m else {})} for m in months]}
        given, compared = lambda **members: {"assignment": members}, lambda a, b: {"comparison": {"lesser": a, "greater": b}}
        street = {"id": "u", "kind": "street", "names": [{"value": "街道"}]}
        for code, records in [
            ("ok", plan(count, growth)), ("bad_record", plan(count, count)), ("bad_record", plan({**count, "section": "c"})),
            ("bad_record", plan({**count, "value": "1"})), ("bad_record", plan({**count, "stages": []})),
            ("ok", plan({**count, "value": "3", "comparator": "reach", "monthly": ["0"] * 11 + ["3"]})),
            ("bad_record", plan({**count, "value": "3", "comparator": "reach", "monthly": ["3", "1", *["3"] * 10]})),
            ("bad_record", plan({**count, "value": "3", "comparator": "reach", "monthly": ["2"] * 12})),
            ("ok", plan(stages(None, 3, 3))), ("bad_record", plan(stages(4, 3))), ("bad_record", plan(stages(1, 13))),
            ("ok", plan(growth, {"id": "r", "to": "g", **relative})), ("bad_record", plan({"id": "r", "to": "g", **relative})),
            ("bad_record", plan({"id": "r", "to": "s", **relative}, {"id": "s", "to": "r", **relative})),
            ("ok", plan(count, more=[given(target="c", office="own", quota="4")])), ("ok", plan(count, more=[given(target="c", every="town")])),
            ("bad_record", plan(count, more=[given(target="c")])), ("bad_record", plan(count, more=[given(target="c", office="x")])),
            ("bad_record", plan(count, more=[given(target="x", office="own")])), ("bad_record", plan(offices=[{}])),
            ("ok", plan(count, {**count, "id": "d"}, more=[compared("c", "d")])), ("bad_record", plan(count, growth, more=[compared("c", "g")])),
            ("bad_record", plan(count, more=[compared("c", "c")])), ("bad_record", plan(count, more=[compared("c", "d")])),
            ("bad_record", plan({**count, "value": "-1", "comparator": "reach"})), ("ok", plan({**growth, "value": "-1", "comparator": "reach"})),
            ("bad_record", plan({**count, "official": True})), ("bad_record", plan({**count, "name": ""})),
            ("bad_record", plan(count, {"id": "r", "to": "c", **relative})), ("bad_record", plan(growth, {**growth, "id": "h"}, more=[compared("g", "h")])),
            ("ok", plan({**growth, "official": True}, more=[given(target="g", office="own")])),
            ("bad_record", plan({**growth, "official": True}, offices=[street], more=[given(target="g", office="u")])),
            ("bad_record", plan({**growth, "official": True}, more=[given(target="g", every="town")])),
            ("bad_record", plan(count, more=[given(target="c", every="own")])), ("bad_record", plan(count, more=[given(target="c", every="town")] * 2)),
            ("bad_record", plan(count, more=[given(target="c", every="town", office="own")])),
            ("bad_record", plan(count, {**count, "id": "d", "unit": "亩"}, more=[compared("c", "d")])),
            ("bad_record", plan().rsplit(b'{"office"', 1)[0]), ("ok", plan(offices=[street])), ("bad_record", plan(offices=[street, {**street, "names": [{"value": "乡"}]}])),
            ("bad_record", plan(offices=[street, {**street, "id": "v"}])), ("ok", plan(offices=[street, {**street, "id": "v", "retired": "2024-02-29"}])),
            ("bad_record", plan(offices=[{**street, "names": []}])), ("bad_record", plan(offices=[{**street, "names": [{"value": ""}]}])),
            ("bad_record", plan(offices=[{**street, "retired": "2023-02-29"}])), ("bad_record", plan(stages(None, None))), ("bad_record", plan(stages(3))),
            *((code, plan().replace(b'"due_exceptions": []', b'"due_exceptions": ' + json.dumps(value).encode())) for code, value in [
                ("ok", [{"month": 2, "date": "2024-03-09"}, {"month": 3, "date": "2024-04-09"}]), ("bad_record", [{"month": 2, "date": "2024-13-09"}]),
                ("bad_record", [{"month": 2, "date": "2024-03-09"}] * 2), ("bad_record", [{"month": 0, "date": "2024-03-09"}]),
            ]),
            *(("bad_record", plan().replace(b'"due_day": 5', b'"due_day": ' + day)) for day in (b"0", b"29", b"5.0")),
            ("bad_record", plan() + plan()), ("bad_record", plan(more=[{"section": {"code": "z", "title": ""}}])),
            *((code, plan().replace(b'{"office"', b'{"%s": {"code": "%s", "title": ""}}\n{"office"' % which, 1)) for code, which in [
                ("ok", (b"section", b"z")), ("ok", (b"section", b"c")), ("ok", (b"chapter", b"s")),
                ("bad_record", (b"section", b"s")), ("bad_record", (b"chapter", b"c")),
            ]),
            ("bad_record", plan(offices=[{**street, "retired": "1899-12-31"}])), ("ok", plan(offices=[{**street, "retired": "1900-01-01"}])),
        ]:  # fmt: skip
            self.expect(code, bundle("plan", records), records[-300:])


class Command(Case):
    def run_it(self, *args, given=b""):
        done = subprocess.run([sys.executable, HERE / "verify.py", *args], input=given, capture_output=True, timeout=60)
        return done.returncode, done.stdout.decode()

    def test_answers(self):
        self.assertEqual(self.code(GOLDEN["plan"]), "ok")
        folder = os.path.dirname(self.path)
        fifo, absent = os.path.join(folder, "fifo"), os.path.join(folder, "absent")
        os.mkfifo(fifo)
        self.assertEqual(self.run_it(self.path), (0, f"{self.path}\tok\n"))
        paths = [self.path, fifo, absent, folder, str(HERE / "verify.py")]
        codes = ["ok", "unreadable", "unreadable", "unreadable", "not_a_bundle"]
        said = "".join(f"{path}\t{code}\n" for path, code in zip(paths, codes))
        self.assertEqual(self.run_it("--pure", "--stdin", given="\n".join(paths).encode()), (1, said))

    def test_keys(self):
        raw = GOLDEN["plan"]
        self.code(raw)
        pem = os.path.join(os.path.dirname(self.path), "keys.pem")
        others = forge.sm2_key() + raw[73:105], raw[8:73] + forge.ed_times(7)
        for keys, code in ((raw[8:105], "ok"), (others[0], "other_keys"), (others[1], "other_keys")):
            with open(pem, "wb") as file:
                for spki in (verify.SM2_SPKI + keys[:65], verify.ED25519_SPKI + keys[65:]):
                    made = subprocess.run(["openssl", "pkey", "-pubin", "-inform", "DER"], input=spki, capture_output=True, check=True)
                    file.write(made.stdout)
            self.assertEqual(self.run_it(self.path, "--keys", pem)[1], f"{self.path}\t{code}\n")


if __name__ == "__main__":
    unittest.main()
