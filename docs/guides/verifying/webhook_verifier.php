<?php
// Verifies what Stockhook delivers. Needs PHP 7.4 and nothing else.
declare(strict_types=1);

const TOLERANCE = 5 * 60; // seconds that a clock may be off, either way

/**
 * Whether the three webhook-... headers fit the body (Standard Webhooks 1.0, v1).
 *
 * @param string[] $secrets those that may have signed, two during a rotation
 * @param array<string, string> $headers by their names in lower case
 * @param string $body the bytes as they were received: file_get_contents('php://input')
 * @param int $now Unix seconds: time()
 */
function verify_standard(array $secrets, array $headers, string $body, int $now): bool
{
    $id = $headers['webhook-id'] ?? '';
    $timestamp = $headers['webhook-timestamp'] ?? '';
    $signatures = $headers['webhook-signature'] ?? '';
    if ($id === '' || $signatures === '' || !preg_match('/\A[0-9]{1,12}\z/', $timestamp)) {
        return false;
    }
    if (abs($now - (int) $timestamp) > TOLERANCE) {
        return false;
    }
    $valid = false;
    foreach ($secrets as $secret) {
        $digest = hash_hmac('sha256', "$id.$timestamp.$body", key_of($secret), true);
        foreach (explode(' ', $signatures) as $signature) {
            $valid = hash_equals('v1,' . base64_encode($digest), $signature) || $valid;
        }
    }
    return $valid;
}

/** Whether X-Webhook-Signature fits the body. It has no timestamp: a replay is not noticed. */
function verify_classic(array $secrets, array $headers, string $body): bool
{
    $valid = false;
    foreach ($secrets as $secret) {
        $expected = 'sha256=' . hash_hmac('sha256', $body, $secret);
        $valid = hash_equals($expected, $headers['x-webhook-signature'] ?? '') || $valid;
    }
    return $valid;
}

function key_of(string $secret): string
{
    if (strncmp($secret, 'whsec_', 6) !== 0) {
        return $secret;
    }
    $key = base64_decode(substr($secret, 6), true);
    if ($key === false) {
        throw new InvalidArgumentException('The secret has no base64 after whsec_.');
    }
    return $key;
}
