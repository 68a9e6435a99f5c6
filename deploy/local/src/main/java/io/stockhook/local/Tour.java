package io.stockhook.local;

import java.net.URI;

/** Shows the running platform at work, over its public API only. */
@FunctionalInterface
interface Tour {

    /**
     * Runs it once.
     *
     * @param origin the front door
     * @param adminKey the platform administrator's API key
     * @return whether everything was as promised
     */
    boolean run(URI origin, String adminKey);
}
