set -euo pipefail
. "$1/webhook-verifier.sh"

body=$(mktemp)
trap 'rm -f "$body"' EXIT
cat >"$body"
standard=false
classic=false
while IFS= read -r secret; do
    if verify_standard "$secret" "${WEBHOOK_ID-}" "${WEBHOOK_TIMESTAMP-}" "${WEBHOOK_SIGNATURE-}" "$body" "$NOW"; then
        standard=true
    fi
    if verify_classic "$secret" "${X_WEBHOOK_SIGNATURE-}" "$body"; then
        classic=true
    fi
done <<<"$SECRETS"
echo "$standard"
echo "$classic"
