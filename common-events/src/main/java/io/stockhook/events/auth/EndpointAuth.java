package io.stockhook.events.auth;

import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.Json;
import io.stockhook.events.SecretBox;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a request to an endpoint authenticates with, in clear. It leaves memory encrypted only, as
 * {@link EndpointRegistration.Auth}, bound to its endpoint; its text form shows no value.
 */
public sealed interface EndpointAuth {

    /** The type's name in the API and in the registration. */
    String type();

    /**
     * {@code Authorization: Basic} (RFC 7617).
     *
     * @param username without a colon
     */
    record Basic(String username, String password) implements EndpointAuth {
        /** The name of this type. */
        public static final String TYPE = "basic";

        /** Checks that nothing is missing. */
        public Basic {
            Objects.requireNonNull(username, "username");
            Objects.requireNonNull(password, "password");
        }

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public String toString() {
            return TYPE;
        }
    }

    /** {@code Authorization: Bearer} with a token that does not change (RFC 6750). */
    record Bearer(String token) implements EndpointAuth {
        /** The name of this type. */
        public static final String TYPE = "bearer";

        /** Checks that nothing is missing. */
        public Bearer {
            Objects.requireNonNull(token, "token");
        }

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public String toString() {
            return TYPE;
        }
    }

    /** A header of the endpoint's choice with a value that does not change. */
    record ApiKey(String header, String value) implements EndpointAuth {
        /** The name of this type. */
        public static final String TYPE = "api_key";

        /** Checks that nothing is missing. */
        public ApiKey {
            Objects.requireNonNull(header, "header");
            Objects.requireNonNull(value, "value");
        }

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public String toString() {
            return TYPE;
        }
    }

    /**
     * {@code Authorization: Bearer} with a token that is fetched with the client's credentials (RFC 6749, section 4.4).
     *
     * @param tokenUrl where tokens are fetched; the rules for the urls of endpoints hold for it
     * @param scope what the token is asked for; null for what the server gives by default
     */
    record OAuth2(
            String tokenUrl,
            String clientId,
            String clientSecret,
            @Nullable String scope) implements EndpointAuth {
        /** The name of this type. */
        public static final String TYPE = "oauth2";

        /** Checks that nothing is missing. */
        public OAuth2 {
            Objects.requireNonNull(tokenUrl, "token_url");
            Objects.requireNonNull(clientId, "client_id");
            Objects.requireNonNull(clientSecret, "client_secret");
        }

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public String toString() {
            return TYPE;
        }
    }

    /**
     * A certificate that is presented when the connection is made (RFC 8446, section 4.4.2).
     *
     * @param certificate the chain in PEM, the client's own certificate first
     * @param privateKey its key in PEM, PKCS #8
     */
    record MutualTls(String certificate, String privateKey) implements EndpointAuth {
        /** The name of this type. */
        public static final String TYPE = "mutual_tls";

        /** Checks that nothing is missing. */
        public MutualTls {
            Objects.requireNonNull(certificate, "certificate");
            Objects.requireNonNull(privateKey, "private_key");
        }

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public String toString() {
            return TYPE;
        }
    }

    /** Its form in a registration. */
    default EndpointRegistration.Auth sealed(SecretBox box, String owner) {
        return new EndpointRegistration.Auth(type(), box.encrypt(Json.write(this), owner));
    }

    /**
     * The clear form of what a registration holds.
     *
     * @throws SecretBox.SecretUnreadableException if it cannot be decrypted with the configured master keys
     * @throws UnusableAuthException if it is of a type that this version does not know, or lacks what its type needs
     */
    static EndpointAuth open(EndpointRegistration.Auth auth, SecretBox box, String owner) {
        Class<? extends EndpointAuth> type =
                switch (auth.type()) {
                    case Basic.TYPE -> Basic.class;
                    case Bearer.TYPE -> Bearer.class;
                    case ApiKey.TYPE -> ApiKey.class;
                    case OAuth2.TYPE -> OAuth2.class;
                    case MutualTls.TYPE -> MutualTls.class;
                    default -> throw new UnusableAuthException("its type '" + auth.type() + "' is not known here");
                };
        try {
            return Json.read(box.decrypt(auth.encrypted(), owner), type);
        } catch (IOException e) {
            // Not as the cause: its message may quote what was decrypted.
            throw new UnusableAuthException("it lacks what the type '" + auth.type() + "' needs");
        }
    }

    /** An authentication that no request can be made with. The message never holds any part of it. */
    final class UnusableAuthException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnusableAuthException(String why) {
            super("the webhook's auth cannot be used: " + why);
        }
    }
}
