"""Encodings: bytes of a text file as text, however they were written."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SNIFF_BYTES = 64_000
MAX_CONTROL_SHARE = 0.002


class NotText(ValueError):
    """The bytes are no text in any encoding that is known here."""


def decode(data: bytes, declared: str | None = None) -> str:
    """Text of the bytes, line ends as "\\n": BOM, then as declared, UTF-8, UTF-16, Windows-1252.

    Raises NotText for bytes that are no text (a picture, a program).
    """
    text = _decoded(data, declared).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    text = text.removeprefix("\ufeff")
    sample = text[:_SNIFF_BYTES]
    if len(_CONTROL.findall(sample)) > max(2, len(sample) * MAX_CONTROL_SHARE):
        raise NotText("it holds binary data, not text")
    return text


def _decoded(data: bytes, declared: str | None) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace")
    for name in (declared, "utf-8", _utf16_guess(data)):
        text = _attempt(data, name)
        if text is not None:
            return text
    return _legacy(data)


def _attempt(data: bytes, encoding: str | None) -> str | None:
    try:
        return data.decode(encoding) if encoding else None
    except (UnicodeError, LookupError):
        return None


def _utf16_guess(data: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of English text is zero."""
    sample = data[:_SNIFF_BYTES]
    if len(sample) < 4 or len(data) % 2:
        return None
    half = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.6 and odd < half * 0.1 else None


def _legacy(data: bytes) -> str:
    """Eight bits: Windows-1252 where its marks fit, else what charset-normalizer finds."""
    text = _attempt(data, "cp1252")
    if text is not None:
        return text
    if b"\x00" in data[:_SNIFF_BYTES]:
        raise NotText("it holds binary data, not text")
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SNIFF_BYTES]).best()
    if best is None:
        raise NotText("its encoding cannot be told")
    return data.decode(best.encoding, errors="replace")
