package io.stockhook.platform;

import java.time.Duration;

/** Waits for a process to serve, and notices when it ends instead. */
final class Readiness {

    private static final Duration PAUSE = Duration.ofMillis(200);

    /** One look at whether the server serves; an exception means not yet. */
    @FunctionalInterface
    interface Probe {
        boolean isReady() throws Exception;
    }

    private Readiness() {}

    /**
     * Returns once the probe says yes.
     *
     * @param sentence what to say when the limit is over
     * @throws PlatformException if the process ends or the limit passes first
     */
    static void await(ChildProcess process, Probe probe, Duration limit, String sentence) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            Exception reason = null;
            try {
                if (probe.isReady()) {
                    return;
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            } catch (Exception notYet) {
                reason = notYet;
            }
            if (!process.isAlive()) {
                throw process.endedByItself();
            }
            if (System.nanoTime() > deadline) {
                throw new PlatformException(sentence, reason);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static PlatformException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new PlatformException("Interrupted while waiting for a server to start.", e);
    }
}
