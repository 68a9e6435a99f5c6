package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"verifying/webhook"
)

func main() {
	secrets := strings.Split(os.Getenv("SECRETS"), "\n")
	header := http.Header{}
	for _, name := range []string{"webhook-id", "webhook-timestamp", "webhook-signature", "X-Webhook-Signature"} {
		if value, found := os.LookupEnv(strings.ToUpper(strings.ReplaceAll(name, "-", "_"))); found {
			header.Set(name, value)
		}
	}
	body, err := io.ReadAll(os.Stdin)
	if err != nil {
		panic(err)
	}
	now, err := strconv.ParseInt(os.Getenv("NOW"), 10, 64)
	if err != nil {
		panic(err)
	}
	fmt.Println(webhook.VerifyStandard(secrets, header, body, time.Unix(now, 0)))
	fmt.Println(webhook.VerifyClassic(secrets, header, body))
}
