"""Verifies what Stockhook delivers. Needs Python 3.8 and nothing else."""

import base64
import hashlib
import hmac

TOLERANCE = 5 * 60  # seconds that a clock may be off, either way


def verify_standard(secrets, webhook_id, timestamp, signatures, body, now):
    """Whether the three webhook-... headers fit the body (Standard Webhooks 1.0, v1).

    secrets: those that may have signed, two during a rotation
    webhook_id, timestamp, signatures: the headers' texts, None for one that is missing
    body: the bytes as they were received, not parsed and written again
    now: Unix seconds
    """
    if not webhook_id or not timestamp or not signatures:
        return False
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    if abs(now - int(timestamp)) > TOLERANCE:
        return False
    signed = webhook_id.encode() + b"." + timestamp.encode() + b"." + body
    valid = False
    for secret in secrets:
        digest = hmac.new(_key(secret), signed, hashlib.sha256).digest()
        expected = b"v1," + base64.b64encode(digest)
        for signature in signatures.split(" "):
            valid |= hmac.compare_digest(expected, signature.encode())
    return valid


def verify_classic(secrets, signature, body):
    """Whether X-Webhook-Signature fits the body. It has no timestamp: a replay is not noticed."""
    valid = False
    for secret in secrets:
        digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        valid |= hmac.compare_digest(("sha256=" + digest).encode(), (signature or "").encode())
    return valid


def _key(secret):
    if not secret.startswith("whsec_"):
        return secret.encode()
    encoded = secret[len("whsec_"):]
    return base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)
