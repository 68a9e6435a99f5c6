package io.stockhook.delivery.admission;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.stockhook.delivery.circuit.CircuitState;
import io.stockhook.events.EndpointRegistration.Breaker;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The circuit of one endpoint. It opens when too many attempts of late have failed, and after a while lets a few probes through; if those
 * succeed it closes. Confined to one event loop.
 */
final class Circuit {

    /** How many attempts a circuit that was open lets through to see whether the endpoint is back. */
    static final int PROBES = 3;

    private static final RuntimeException FAILED = new FailedAttemptException();

    private final CircuitBreaker breaker;

    /** Stands for what went wrong; the library counts failures by what they throw. */
    private static final class FailedAttemptException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FailedAttemptException() {
            super("a failed attempt", null, false, false);
        }
    }

    Circuit(String endpointId, Breaker settings, Clock clock) {
        CircuitBreakerConfig config = CircuitBreakerConfig.custom()
                .clock(clock)
                .currentTimestampFunction(Clock::millis, TimeUnit.MILLISECONDS)
                .slidingWindowType(SlidingWindowType.TIME_BASED)
                .slidingWindowSize((int) Math.max(1, settings.windowMs() / 1_000))
                .minimumNumberOfCalls(settings.minimumAttempts())
                .failureRateThreshold((float) (settings.failureRate() * 100))
                .waitDurationInOpenState(Duration.ofMillis(settings.openMs()))
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .writableStackTraceEnabled(false)
                .build();
        this.breaker = CircuitBreaker.of(endpointId, config);
    }

    /** Takes leave to make an attempt, of which {@link #ended} is to be told; none if it is open, or all probes are under way. */
    boolean tryBegin() {
        return breaker.tryAcquirePermission();
    }

    /** Whether it is closed: every attempt may go. */
    boolean isClosed() {
        return breaker.getState() == CircuitBreaker.State.CLOSED;
    }

    /** How it stands. */
    CircuitState.State state() {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> CircuitState.State.OPEN;
            case HALF_OPEN -> CircuitState.State.HALF_OPEN;
            case CLOSED, DISABLED, METRICS_ONLY -> CircuitState.State.CLOSED;
        };
    }

    /** Notes how an attempt ended. */
    void ended(boolean isFailure, long micros) {
        if (isFailure) {
            breaker.onError(micros, TimeUnit.MICROSECONDS, FAILED);
        } else {
            breaker.onSuccess(micros, TimeUnit.MICROSECONDS);
        }
    }

    /** Gives leave back that was taken for an attempt which was not made. */
    void notMade() {
        breaker.releasePermission();
    }

    /** Whether it knows of nothing that went wrong of late, so that nothing is lost if it is forgotten. */
    boolean isClear() {
        return isClosed() && breaker.getMetrics().getNumberOfFailedCalls() == 0;
    }
}
