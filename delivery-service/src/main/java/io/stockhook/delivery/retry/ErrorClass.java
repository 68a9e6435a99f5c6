package io.stockhook.delivery.retry;

import io.stockhook.events.delivery.Confirmation;

/** What kind of failure an attempt without a response was. The code is part of the API and never changes. */
public enum ErrorClass {
    /** The whole attempt took longer than the endpoint's timeout. */
    TIMEOUT("timeout"),
    /** No connection could be made. */
    CONNECTION_ERROR("connection_error"),
    /** The connection ended before the response did. */
    CONNECTION_RESET("connection_reset"),
    /** The host's name has no address. */
    DNS_ERROR("dns_error"),
    /** The certificate or the handshake was refused. */
    TLS_ERROR("tls_error"),
    /** The address is not one that deliveries may go to. */
    ADDRESS_REFUSED("address_refused"),
    /** What came back was no HTTP. */
    PROTOCOL_ERROR("protocol_error"),
    /** The endpoint's secrets cannot be decrypted here. */
    SECRET_UNREADABLE("secret_unreadable"),
    /** The endpoint's template makes no body of the event. */
    TEMPLATE_ERROR("template_error"),
    /** What the endpoint asks for beside the signature could not be had: no token was issued, or its auth cannot be used. */
    AUTH_ERROR("auth_error"),
    /** The endpoint took it with 202 and did not confirm it in time. */
    UNCONFIRMED(Confirmation.UNCONFIRMED),
    /** The endpoint took it with 202 and said later that it could not do it. */
    REFUSED(Confirmation.REFUSED),
    /** Anything else; the message says what. */
    INTERNAL_ERROR("internal_error");

    private final String code;

    ErrorClass(String code) {
        this.code = code;
    }

    /** The name in the API, in metrics and in the log. */
    public String code() {
        return code;
    }

    /** Whether the endpoint brought the failure about, not this service. */
    public boolean isOfTheEndpoint() {
        return this != SECRET_UNREADABLE && this != TEMPLATE_ERROR && this != INTERNAL_ERROR;
    }
}
