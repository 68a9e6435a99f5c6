import os
import sys

sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
from webhook_verifier import verify_classic, verify_standard

secrets = os.environ["SECRETS"].split("\n")
body = sys.stdin.buffer.read()
print(
    verify_standard(
        secrets,
        os.environ.get("WEBHOOK_ID"),
        os.environ.get("WEBHOOK_TIMESTAMP"),
        os.environ.get("WEBHOOK_SIGNATURE"),
        body,
        int(os.environ["NOW"]),
    )
)
print(verify_classic(secrets, os.environ.get("X_WEBHOOK_SIGNATURE"), body))
