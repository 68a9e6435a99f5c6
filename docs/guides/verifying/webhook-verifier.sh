# Verifies a delivery whose body is in a file, to look into a case. Needs bash and openssl. Not for a server: while openssl
# runs, the key is in the list of processes.
#
#   . webhook-verifier.sh
#   verify_standard "$SECRET" "$WEBHOOK_ID" "$WEBHOOK_TIMESTAMP" "$WEBHOOK_SIGNATURE" body.json && echo genuine
#   verify_classic "$SECRET" "$X_WEBHOOK_SIGNATURE" body.json && echo genuine

tolerance=300 # seconds that a clock may be off, either way

# verify_standard SECRET WEBHOOK_ID WEBHOOK_TIMESTAMP WEBHOOK_SIGNATURE BODY_FILE [UNIX_SECONDS]
verify_standard() {
    local now=${6:-$(date +%s)} signatures signature expected age valid=1
    [[ -n $2 && -n $4 && $3 =~ ^[0-9]{1,12}$ ]] || return 1
    age=$((now - 10#$3))
    ((age <= tolerance && -age <= tolerance)) || return 1
    expected=v1,$({ printf '%s.%s.' "$2" "$3"; cat -- "$5"; } | hmac "$(key_of "$1")" | openssl base64 -A)
    IFS=' ' read -ra signatures <<<"$4"
    for signature in "${signatures[@]}"; do
        if same "$expected" "$signature"; then valid=0; fi
    done
    return "$valid"
}

# verify_classic SECRET X_WEBHOOK_SIGNATURE BODY_FILE; it has no timestamp, so a replay is not noticed
verify_classic() {
    same "sha256=$(hmac "$(printf %s "$1" | hex)" <"$3" | hex)" "$2"
}

# The key of webhook-signature in hex: the decoded bytes after whsec_, the text itself without.
key_of() {
    local encoded=${1#whsec_}
    if [[ $encoded == "$1" ]]; then
        printf %s "$1" | hex
        return
    fi
    while ((${#encoded} % 4)); do encoded+==; done
    printf %s "$encoded" | openssl base64 -d -A | hex
}

hmac() {
    openssl dgst -sha256 -mac HMAC -macopt "hexkey:$1" -binary
}

hex() {
    od -An -v -tx1 | tr -d ' \n'
}

# Compares what a key of the moment makes of the two texts: how long that takes says nothing about them.
same() {
    local key
    key=$(openssl rand -hex 32)
    [[ $(printf %s "$1" | hmac "$key" | hex) == "$(printf %s "$2" | hmac "$key" | hex)" ]]
}
