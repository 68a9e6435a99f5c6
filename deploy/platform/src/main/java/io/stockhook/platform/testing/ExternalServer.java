package io.stockhook.platform.testing;

import io.stockhook.platform.Server;

/** A server somebody else runs: it is there, and tests that want to take it away cannot run on it. */
record ExternalServer(String what) implements Server {

    @Override
    public void start() {
        throw notOurs();
    }

    @Override
    public void stop() {
        throw notOurs();
    }

    @Override
    public void kill() {
        throw notOurs();
    }

    private IllegalStateException notOurs() {
        return new IllegalStateException("This test makes an outage, and the %s is external.".formatted(what));
    }
}
