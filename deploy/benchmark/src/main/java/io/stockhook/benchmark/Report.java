package io.stockhook.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Collects the figures of a run and prints them as a table and as JSON. */
final class Report {

    private record Row(
            String id, String what, String unit, List<Double> runs, double target, Map<String, Double> cpuMicros) {

        double median() {
            List<Double> sorted = new ArrayList<>(runs);
            Collections.sort(sorted);
            int middle = sorted.size() / 2;
            return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        }
    }

    private record Figure(String id, String what, String unit, double value, String target) {}

    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, double[]> latencies = new LinkedHashMap<>();
    private final List<Figure> figures = new ArrayList<>();
    private double bareLoop;

    /** @param target what is aimed at, for a person */
    void figure(String id, String what, String unit, double value, String target) {
        figures.add(new Figure(id, what, unit, value, target));
    }

    void setting(String name, Object value) {
        settings.put(name, value);
    }

    /** The bare loop's runs, which the ratios are over. */
    void bareLoop(List<Double> runs) {
        Row row = new Row("bare", "signed POST loop, no Kafka, no database", "requests/s", runs, 0, Map.of());
        rows.add(row);
        bareLoop = row.median();
    }

    /** @param target the ratio to the bare loop that is aimed at */
    void throughput(String id, String what, List<Throughput.Run> runs, double target) {
        rows.add(new Row(
                id,
                what,
                "deliveries/s",
                runs.stream().map(Throughput.Run::perSecond).toList(),
                target,
                meanCpu(runs)));
    }

    private static Map<String, Double> meanCpu(List<Throughput.Run> runs) {
        Map<String, Double> means = new LinkedHashMap<>();
        for (Throughput.Run run : runs) {
            run.cpuMicros().forEach((part, micros) -> means.merge(part, micros / runs.size(), Double::sum));
        }
        return means;
    }

    /** @param millis sorted */
    void latency(String what, double[] millis) {
        latencies.put(what, millis);
    }

    private static double percentile(double[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))];
    }

    private static Map<String, Double> percentiles(double[] millis) {
        Map<String, Double> percentiles = new LinkedHashMap<>();
        percentiles.put("p50", percentile(millis, 0.5));
        percentiles.put("p90", percentile(millis, 0.9));
        percentiles.put("p99", percentile(millis, 0.99));
        percentiles.put("max", millis[millis.length - 1]);
        return percentiles;
    }

    String table() {
        StringBuilder table = new StringBuilder();
        settings.forEach((name, value) -> table.append("%-16s %s%n".formatted(name, value)));
        if (!rows.isEmpty()) {
            table.append("%n%-5s %-50s %-14s %10s %10s %10s %8s %8s%n"
                    .formatted("", "", "", "median", "min", "max", "of bare", "target"));
        }
        for (Row row : rows) {
            table.append("%-5s %-50s %-14s %,10.0f %,10.0f %,10.0f %8s %8s%n"
                    .formatted(
                            row.id(),
                            row.what(),
                            row.unit(),
                            row.median(),
                            Collections.min(row.runs()),
                            Collections.max(row.runs()),
                            row.target() == 0 ? "" : String.format(Locale.ROOT, "%.2f", row.median() / bareLoop),
                            row.target() == 0 ? "" : String.format(Locale.ROOT, ">= %.2f", row.target())));
        }
        if (!figures.isEmpty()) {
            table.append(System.lineSeparator());
        }
        for (Figure figure : figures) {
            table.append("%-5s %-50s %-14s %,10.1f %8s%n"
                    .formatted(figure.id(), figure.what(), figure.unit(), figure.value(), figure.target()));
        }
        latencies.forEach((what, millis) -> table.append("%nP4    %s, ms: %s; target p50 15, p99 60, max 1000%n"
                .formatted(
                        what,
                        percentiles(millis).entrySet().stream()
                                .map(each -> String.format(Locale.ROOT, "%s %.1f", each.getKey(), each.getValue()))
                                .collect(Collectors.joining(", ")))));
        for (Row row : rows) {
            if (!row.cpuMicros().isEmpty()) {
                String parts = row.cpuMicros().entrySet().stream()
                        .map(part -> String.format(Locale.ROOT, "%s %.0f", part.getKey(), part.getValue()))
                        .collect(Collectors.joining(", "));
                table.append("%n%-5s processor time of a delivery, microseconds: %s%n".formatted(row.id(), parts));
            }
        }
        return table.toString();
    }

    void writeJson(Path file) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("settings", settings);
        document.put(
                "figures",
                rows.stream()
                        .map(row -> {
                            Map<String, Object> figure = new LinkedHashMap<>();
                            figure.put("id", row.id());
                            figure.put("what", row.what());
                            figure.put("unit", row.unit());
                            figure.put("median", row.median());
                            figure.put("runs", row.runs());
                            if (row.target() > 0) {
                                figure.put("ratio_to_bare_loop", row.median() / bareLoop);
                                figure.put("target_ratio", row.target());
                                figure.put("cpu_microseconds_per_delivery", row.cpuMicros());
                            }
                            return figure;
                        })
                        .toList());
        document.put("single_figures", figures);
        Map<String, Object> inMillis = new LinkedHashMap<>();
        latencies.forEach((what, millis) -> inMillis.put(what, percentiles(millis)));
        document.put("latency_milliseconds", inMillis);
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), document);
    }
}
