package dev.sealway.bench.speed;

import dev.sealway.bench.speed.Measurements.Spread;
import dev.sealway.json.Json;
import dev.sealway.json.RecordJson;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was measured, for programs; where there are three numbers they are the least, the median and the most of all rounds. */
public final class SpeedJson {

    /** What one contender did. */
    public record Rate(String name, int rows, List<BigDecimal> rowsPerSecond, List<BigDecimal> toFloorA) {}

    /** A target whose ratio is to be large. */
    public record Least(String name, BigDecimal atLeast, List<BigDecimal> ratio) {}

    /** A target whose ratio is to be small. */
    public record Most(String name, BigDecimal atMost, List<BigDecimal> ratio) {}

    /** @see Sizes.Size */
    public record Size(
            int rows,
            BigDecimal walkRowsPerSecond,
            BigDecimal backfillRowsPerSecond,
            BigDecimal verifyRowsPerSecond,
            BigDecimal heapMegabytes,
            BigDecimal walBytesPerRow,
            BigDecimal growthBytesPerRow) {}

    /** @see Waits */
    public record LongestWait(
            int rows,
            @Nullable BigDecimal expandMs,
            @Nullable BigDecimal backfillMs,
            @Nullable BigDecimal verifyMs,
            @Nullable BigDecimal viewsMs,
            @Nullable BigDecimal contractMs,
            @Nullable BigDecimal contractLockedMs) {}

    /** @see Alongside.Beside */
    public record Beside(
            String name,
            List<BigDecimal> rowsPerSecond,
            List<BigDecimal> medianMs,
            List<BigDecimal> p99Ms,
            List<BigDecimal> mostMs) {}

    /** @see Guarded */
    public record Guard(String name, BigDecimal withoutMicroseconds, BigDecimal withMicroseconds) {}

    private SpeedJson() {}

    static String of(Results results) {
        Results.Costs costs = results.costs();
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("machine", new TreeMap<>(results.machine()));
        all.put(
                "measured",
                RecordJson.of(
                        results.rates().stream().map(n -> rate(results, n)).toList()));
        all.put(
                "targets",
                RecordJson.of(results.targets().stream()
                        .map(t -> target(t, results.ratio(t)))
                        .toList()));
        all.put(
                "sizes",
                RecordJson.of(costs.sizes().stream().map(SpeedJson::size).toList()));
        all.put(
                "longest_waits",
                RecordJson.of(costs.waits().stream().map(SpeedJson::longest).toList()));
        all.put(
                "beside_an_application",
                RecordJson.of(costs.besides().stream().map(SpeedJson::beside).toList()));
        all.put(
                "guard",
                RecordJson.of(costs.guarded().stream().map(SpeedJson::guard).toList()));
        all.put("parts", RecordJson.of(results.parts()));
        return "%s\n".formatted(Json.pretty(all));
    }

    private static Rate rate(Results results, String name) {
        return new Rate(
                name,
                results.measured().rows(name),
                spread(0, results.measured().rate(name)),
                spread(3, results.toFloor(name)));
    }

    private static Record target(Target target, Spread ratio) {
        return target.atMost()
                ? new Most(target.words(), decimal(2, target.bound()), spread(3, ratio))
                : new Least(target.words(), decimal(2, target.bound()), spread(3, ratio));
    }

    private static Size size(Sizes.Size size) {
        return new Size(
                size.rows(),
                decimal(0, size.walk()),
                decimal(0, size.backfill()),
                decimal(0, size.verify()),
                decimal(1, size.heap()),
                decimal(0, size.wal()),
                decimal(0, size.growth()));
    }

    private static LongestWait longest(Waits waits) {
        return new LongestWait(
                waits.rows(),
                known(waits.expand()),
                known(waits.backfill()),
                known(waits.verify()),
                known(waits.views()),
                known(waits.contract()),
                known(waits.locked()));
    }

    private static Beside beside(Alongside.Beside beside) {
        return new Beside(
                beside.words(),
                spread(0, beside.rowsPerSecond()),
                spread(2, beside.median()),
                spread(2, beside.p99()),
                spread(2, beside.most()));
    }

    private static Guard guard(Guarded update) {
        return new Guard(update.words(), decimal(1, update.without()), decimal(1, update.with()));
    }

    private static List<BigDecimal> spread(int decimals, Spread spread) {
        return List.of(
                decimal(decimals, spread.least()),
                decimal(decimals, spread.median()),
                decimal(decimals, spread.most()));
    }

    private static @Nullable BigDecimal known(double millis) {
        return Double.isNaN(millis) ? null : decimal(1, millis);
    }

    private static BigDecimal decimal(int decimals, double value) {
        return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
    }
}
