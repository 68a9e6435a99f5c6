package io.stockhook.subscription.token;

import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import io.stockhook.events.MicroClock;
import io.stockhook.events.SecretBox;
import io.stockhook.events.SecretBox.SecretUnreadableException;
import io.stockhook.events.TokenKeyRecord;
import io.stockhook.subscription.publication.ControlPlanePublisher;
import io.stockhook.subscription.secret.Sealed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The key pairs that access tokens are signed with, and what the other services are told of them. One signs; the next one is
 * published for a while before it does; the one before verifies until its last token has expired.
 *
 * <p>To be called as the system: the keys are no tenant's.
 */
@ApplicationScoped
public class TokenKeys implements Sealed {

    private static final Logger LOG = Logger.getLogger(TokenKeys.class);
    private static final int RSA_BITS = 2048;
    private static final String OWNER = "token-key:";
    /** Beyond a token's lifetime, for clocks that differ. */
    private static final Duration GRACE = Duration.ofMinutes(2);

    private final TokenKeyRepository keys;
    private final ControlPlanePublisher publisher;
    private final SecretBox secrets;
    private final TokenConfig config;

    TokenKeys(TokenKeyRepository keys, ControlPlanePublisher publisher, SecretBox secrets, TokenConfig config) {
        this.keys = keys;
        this.publisher = publisher;
        this.secrets = secrets;
        this.config = config;
    }

    /**
     * The key that signs.
     *
     * @param kid what a token names it by
     */
    record Signer(String kid, PrivateKey privateKey) {}

    /** A key as it is shown. */
    public record TokenKeyState(
            String kid,
            String publicKey,
            Instant signsFrom,
            @Nullable Instant verifiesUntil) {}

    /** The key that signs now, made if there is none yet. */
    @Transactional
    Signer signer() {
        Instant now = MicroClock.now();
        return signing(keys.listNewestFirst(), now)
                .or(() -> {
                    keys.lock();
                    // Somebody else may have made one while this waited.
                    return signing(keys.listNewestFirst(), now).or(() -> Optional.of(create(now)));
                })
                .map(this::open)
                .orElseThrow();
    }

    /** Those that verify, for the JWKS. */
    @Transactional
    public List<TokenKeyState> verifying() {
        Instant now = MicroClock.now();
        return keys.listNewestFirst().stream()
                .filter(key -> key.verifiesUntil == null || key.verifiesUntil.isAfter(now))
                .map(TokenKeys::state)
                .toList();
    }

    /**
     * Makes the next key. As a rule it is published at once and signs after its notice, and the one before verifies on until its
     * tokens have expired.
     *
     * @param revoking whether the keys before end at once, with all tokens that they signed, because one may be known to others
     */
    @Transactional
    public TokenKeyState rotate(boolean revoking) {
        keys.lock();
        Instant now = MicroClock.now();
        Instant signsFrom = revoking ? now : now.plus(config.keyNotice());
        for (TokenKey key : keys.listNewestFirst()) {
            if (revoking) {
                delete(key);
            } else if (key.verifiesUntil == null) {
                key.verifiesUntil = signsFrom.plus(config.lifetime()).plus(GRACE);
                publisher.publish(contract(key));
            }
        }
        return state(create(signsFrom));
    }

    /** Replaces a key that is too old, and forgets those whose tokens have all expired. */
    @Transactional
    void tidy() {
        keys.lock();
        Instant now = MicroClock.now();
        List<TokenKey> all = keys.listNewestFirst();
        all.stream()
                .filter(key -> key.verifiesUntil != null && key.verifiesUntil.isBefore(now))
                .forEach(this::delete);
        boolean isDue =
                all.isEmpty() || all.get(0).signsFrom.plus(config.keyRotation()).isBefore(now);
        if (all.isEmpty()) {
            create(now);
        } else if (isDue) {
            rotate(false);
        }
    }

    /** The newest that may sign already; during a notice that is the one before the newest. */
    private static Optional<TokenKey> signing(List<TokenKey> newestFirst, Instant now) {
        return newestFirst.stream().filter(key -> !key.signsFrom.isAfter(now)).findFirst();
    }

    private TokenKey create(Instant signsFrom) {
        KeyPair pair = generate();
        var key = new TokenKey();
        byte[] random = new byte[8];
        ThreadLocalRandom.current().nextBytes(random);
        key.kid = HexFormat.of().formatHex(random);
        key.publicKey = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
        key.privateKey = secrets.encrypt(pair.getPrivate().getEncoded(), OWNER + key.kid);
        key.signsFrom = signsFrom;
        key.createdAt = MicroClock.now();
        keys.persistAndFlush(key);
        publisher.publish(contract(key));
        return key;
    }

    private void delete(TokenKey key) {
        keys.delete(key);
        publisher.retractTokenKey(key.kid);
    }

    private Signer open(TokenKey key) {
        try {
            byte[] encoded = secrets.decrypt(key.privateKey, OWNER + key.kid);
            return new Signer(key.kid, KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("token key is no RSA key: kid=" + key.kid, e);
        }
    }

    private static TokenKeyRecord contract(TokenKey key) {
        return new TokenKeyRecord(key.kid, key.publicKey, key.verifiesUntil);
    }

    private static TokenKeyState state(TokenKey key) {
        return new TokenKeyState(key.kid, key.publicKey, key.signsFrom, key.verifiesUntil);
    }

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    @Override
    public String kind() {
        return "token_keys";
    }

    @Override
    @Transactional
    public Step reseal(String after, int limit) {
        List<TokenKey> page = keys.find("kid > ?1", Sort.by("kid"), after)
                .page(Page.ofSize(limit))
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
        int changed = 0;
        for (TokenKey key : page) {
            if (!secrets.isCurrent(key.privateKey)) {
                try {
                    key.privateKey = secrets.rewrap(key.privateKey, OWNER + key.kid);
                    changed++;
                } catch (SecretUnreadableException e) {
                    LOG.warnf("token key cannot be sealed anew: kid=%s reason=%s", key.kid, e.getMessage());
                }
            }
        }
        return Step.of(page, limit, key -> key.kid, changed);
    }

    @Override
    @Transactional
    public long countOthers(String keyId) {
        return keys.listNewestFirst().stream()
                .filter(key -> !key.privateKey.startsWith("v1." + keyId + '.'))
                .count();
    }

    @Override
    @Transactional
    public long count() {
        return keys.count();
    }
}
