package io.stockhook.local;

import io.stockhook.platform.PlatformException;
import io.stockhook.platform.Ports;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who listens where, all counted from the front door's port.
 *
 * @param frontDoor the port of the front door
 */
record PortPlan(int frontDoor) {

    private static final int SERVICES = 1;
    private static final int MANAGEMENT = 11;
    private static final int KAFKA = 20;
    private static final int POSTGRES = 22;

    /** The largest front door port for which all others are ports as well. */
    static final int LARGEST = 65_535 - POSTGRES;

    int of(Service service) {
        return frontDoor + SERVICES + service.ordinal();
    }

    /** Where the service tells its health and its metrics. */
    int managementOf(Service service) {
        return frontDoor + MANAGEMENT + service.ordinal();
    }

    int kafka() {
        return frontDoor + KAFKA;
    }

    int kafkaController() {
        return frontDoor + KAFKA + 1;
    }

    int postgres() {
        return frontDoor + POSTGRES;
    }

    /** Every port and what it is for, in the order of their numbers. */
    Map<Integer, String> purposes() {
        Map<Integer, String> purposes = new LinkedHashMap<>();
        purposes.put(frontDoor, "the front door");
        for (Service service : Service.values()) {
            purposes.put(of(service), service.fullName());
        }
        for (Service service : Service.values()) {
            purposes.put(managementOf(service), "the health of " + service.fullName());
        }
        purposes.put(kafka(), "Kafka");
        purposes.put(kafkaController(), "Kafka's controller");
        purposes.put(postgres(), "PostgreSQL");
        return purposes;
    }

    /** @throws PlatformException if somebody listens on one of them, with its number and what it was for */
    void requireFree() {
        purposes().forEach((port, purpose) -> {
            if (!Ports.isFree(port)) {
                throw new PlatformException(
                        "Port %d, wanted for %s, is taken; choose others with --port.".formatted(port, purpose));
            }
        });
    }
}
