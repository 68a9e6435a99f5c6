// Verifies what Stockhook delivers. Needs Node.js 16 and nothing else.
import { createHmac, timingSafeEqual } from 'node:crypto';

const TOLERANCE = 5 * 60; // seconds that a clock may be off, either way

/**
 * Whether the three webhook-... headers fit the body (Standard Webhooks 1.0, v1).
 *
 * secrets: those that may have signed, two during a rotation
 * headers: by their names in lower case, as request.headers has them
 * body: a Buffer of the bytes as they were received, not parsed and written again
 * now: Unix seconds
 */
export function verifyStandard(secrets, headers, body, now = Date.now() / 1000) {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const signatures = headers['webhook-signature'];
  if (!id || !signatures || !/^[0-9]{1,12}$/.test(timestamp ?? '')) return false;
  if (Math.abs(now - Number(timestamp)) > TOLERANCE) return false;
  let valid = false;
  for (const secret of secrets) {
    const digest = createHmac('sha256', key(secret)).update(`${id}.${timestamp}.`).update(body).digest('base64');
    for (const signature of signatures.split(' ')) valid = same(`v1,${digest}`, signature) || valid;
  }
  return valid;
}

/** Whether X-Webhook-Signature fits the body. It has no timestamp: a replay is not noticed. */
export function verifyClassic(secrets, headers, body) {
  let valid = false;
  for (const secret of secrets) {
    const digest = createHmac('sha256', Buffer.from(secret)).update(body).digest('hex');
    valid = same(`sha256=${digest}`, headers['x-webhook-signature'] ?? '') || valid;
  }
  return valid;
}

function key(secret) {
  return secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret);
}

function same(expected, given) {
  const [left, right] = [Buffer.from(expected), Buffer.from(given)];
  return left.length === right.length && timingSafeEqual(left, right);
}
