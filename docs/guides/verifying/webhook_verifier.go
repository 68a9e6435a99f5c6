// Package webhook verifies what Stockhook delivers. It needs Go 1.19 and nothing else.
package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Tolerance is by how much a clock may be off, either way.
const Tolerance = 5 * time.Minute

// VerifyStandard says whether the three webhook-... headers fit the body (Standard Webhooks 1.0, v1).
// The secrets are those that may have signed, two during a rotation; the body is the bytes as they were
// received, not parsed and written again.
func VerifyStandard(secrets []string, header http.Header, body []byte, now time.Time) bool {
	id, timestamp, signatures := header.Get("webhook-id"), header.Get("webhook-timestamp"), header.Get("webhook-signature")
	seconds, err := strconv.ParseUint(timestamp, 10, 40)
	if err != nil || id == "" || signatures == "" {
		return false
	}
	if age := now.Sub(time.Unix(int64(seconds), 0)); age > Tolerance || age < -Tolerance {
		return false
	}
	valid := false
	for _, secret := range secrets {
		key, err := keyOf(secret)
		if err != nil {
			continue
		}
		digest := sum(key, []byte(id+"."+timestamp+"."), body)
		expected := []byte("v1," + base64.StdEncoding.EncodeToString(digest))
		for _, signature := range strings.Split(signatures, " ") {
			valid = hmac.Equal(expected, []byte(signature)) || valid
		}
	}
	return valid
}

// VerifyClassic says whether X-Webhook-Signature fits the body. It has no timestamp: a replay is not noticed.
func VerifyClassic(secrets []string, header http.Header, body []byte) bool {
	valid := false
	for _, secret := range secrets {
		expected := "sha256=" + hex.EncodeToString(sum([]byte(secret), body))
		valid = hmac.Equal([]byte(expected), []byte(header.Get("X-Webhook-Signature"))) || valid
	}
	return valid
}

func keyOf(secret string) ([]byte, error) {
	if encoded := strings.TrimPrefix(secret, "whsec_"); encoded != secret {
		return base64.RawStdEncoding.DecodeString(strings.TrimRight(encoded, "="))
	}
	return []byte(secret), nil
}

func sum(key []byte, parts ...[]byte) []byte {
	mac := hmac.New(sha256.New, key)
	for _, part := range parts {
		mac.Write(part)
	}
	return mac.Sum(nil)
}
