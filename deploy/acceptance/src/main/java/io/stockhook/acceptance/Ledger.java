package io.stockhook.acceptance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Holds every event that was accepted and every request that the sink received, and compares the two. Thread-safe. */
public final class Ledger {

    private final Map<String, String> accepted = new ConcurrentHashMap<>();
    private final Map<String, List<Receipt>> received = new ConcurrentHashMap<>();

    /**
     * A request that the sink received.
     *
     * @param deliveryId whose it said it was
     * @param body as it came
     * @param isSigned whether its signature held
     */
    @SuppressWarnings("ArrayRecordComponent") // compared with Arrays.equals
    public record Receipt(String deliveryId, byte[] body, boolean isSigned) {}

    /**
     * What the comparison found, by event id.
     *
     * @param lost accepted, never received
     * @param unknown received, never accepted
     * @param wrongBody received without the data that was accepted, or with different bytes each time
     * @param wrongSignature received with a signature that does not hold
     * @param duplicates requests beyond the first of an event
     */
    public record Findings(
            List<String> lost,
            List<String> unknown,
            List<String> wrongBody,
            List<String> wrongSignature,
            int duplicates) {

        /** Whether nothing is wrong; duplicates may happen across a crash and are judged by themselves. */
        public boolean isClean() {
            return lost.isEmpty() && unknown.isEmpty() && wrongBody.isEmpty() && wrongSignature.isEmpty();
        }
    }

    /** Notes an event that was answered with 2xx, and the data that it had. */
    public void accept(String eventId, String data) {
        accepted.put(eventId, data);
    }

    /** Notes a request. */
    public void receive(String eventId, Receipt receipt) {
        received.computeIfAbsent(eventId, unused -> new CopyOnWriteArrayList<>())
                .add(receipt);
    }

    /** How many events were accepted. */
    public int acceptedCount() {
        return accepted.size();
    }

    /** How many of the accepted events have been received at least once. */
    public long arrivedCount() {
        return accepted.keySet().stream().filter(received::containsKey).count();
    }

    /** How many events have been received at least once, accepted or not. */
    public int receivedCount() {
        return received.size();
    }

    /** Compares. */
    public Findings check() {
        List<String> lost = missing(accepted.keySet(), received.keySet());
        List<String> unknown = missing(received.keySet(), accepted.keySet());
        List<String> wrongBody = new ArrayList<>();
        List<String> wrongSignature = new ArrayList<>();
        int duplicates = 0;
        for (Map.Entry<String, List<Receipt>> entry : received.entrySet()) {
            List<Receipt> receipts = entry.getValue();
            duplicates += receipts.size() - 1;
            String data = accepted.get(entry.getKey());
            if (data != null && !hasSameBytes(receipts, data)) {
                wrongBody.add(entry.getKey());
            }
            if (!receipts.stream().allMatch(Receipt::isSigned)) {
                wrongSignature.add(entry.getKey());
            }
        }
        return new Findings(lost, unknown, wrongBody, wrongSignature, duplicates);
    }

    private static List<String> missing(Collection<String> of, Collection<String> in) {
        return of.stream().filter(id -> !in.contains(id)).sorted().toList();
    }

    private static boolean hasSameBytes(List<Receipt> receipts, String data) {
        Receipt first = receipts.get(0);
        return receipts.stream()
                        .allMatch(receipt -> Arrays.equals(receipt.body(), first.body())
                                && receipt.deliveryId().equals(first.deliveryId()))
                && new String(first.body(), StandardCharsets.UTF_8).endsWith("\"data\":" + data + "}");
    }
}
