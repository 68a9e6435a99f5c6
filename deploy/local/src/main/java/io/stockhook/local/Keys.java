package io.stockhook.local;

import io.stockhook.events.ApiKeys;
import io.stockhook.platform.Secrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The platform's own secrets, made at its first start and kept in files that only their owner can read.
 *
 * @param masterKeys what {@code stockhook.secrets.master-keys} takes
 * @param adminKey the platform administrator's API key
 * @param adminKeyFile where that one is kept
 * @param areNew whether they were made just now
 */
record Keys(String masterKeys, String adminKey, Path adminKeyFile, boolean areNew) {

    private static final int MASTER_KEY_BYTES = 32;

    /** The secrets of this directory. */
    static Keys of(Path directory) {
        Path adminKeyFile = directory.resolve("admin-api-key");
        boolean areNew = !Files.exists(adminKeyFile);
        String masterKeys = Secrets.readOrCreate(directory.resolve("master-keys"), Keys::newMasterKey);
        String adminKey = Secrets.readOrCreate(adminKeyFile, ApiKeys::generate);
        return new Keys(masterKeys, adminKey, adminKeyFile, areNew);
    }

    /** What subscription-service knows the administrator by. */
    String adminKeyHash() {
        return ApiKeys.hash(adminKey);
    }

    @Override
    public String toString() {
        return "keys beside " + adminKeyFile;
    }

    private static String newMasterKey() {
        byte[] key = new byte[MASTER_KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return "local:" + Base64.getEncoder().encodeToString(key);
    }
}
