package dev.sealway.bench.speed;

import dev.sealway.bench.speed.Measurements.Spread;
import dev.sealway.json.Json;
import dev.sealway.json.RecordJson;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was measured, for programs; where there are three numbers they are the least, the median and the most of all rounds. */
public final class SpeedJson {

    /** What one contender did. */
    public record Rate(
            String name, int rows, List<@Nullable BigDecimal> rowsPerSecond, List<@Nullable BigDecimal> toFloorA) {}

    /** A target whose ratio is to be large. */
    public record AtLeast(String name, @Nullable BigDecimal atLeast, List<@Nullable BigDecimal> ratio) {}

    /** A target whose ratio is to be small. */
    public record AtMost(String name, @Nullable BigDecimal atMost, List<@Nullable BigDecimal> ratio) {}

    /** @see Sizes.Size */
    public record Size(
            int rows,
            @Nullable BigDecimal walkRowsPerSecond,
            @Nullable BigDecimal backfillRowsPerSecond,
            @Nullable BigDecimal verifyRowsPerSecond,
            @Nullable BigDecimal heapMegabytes,
            @Nullable BigDecimal walBytesPerRow,
            @Nullable BigDecimal growthBytesPerRow) {}

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
            List<@Nullable BigDecimal> rowsPerSecond,
            List<@Nullable BigDecimal> medianMs,
            List<@Nullable BigDecimal> p99Ms,
            List<@Nullable BigDecimal> longestMs) {}

    /** @see Guarded */
    public record Guard(
            String name,
            @Nullable BigDecimal withoutMicroseconds,
            @Nullable BigDecimal withMicroseconds) {}

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
                ? new AtMost(target.words(), decimal(2, target.bound()), spread(3, ratio))
                : new AtLeast(target.words(), decimal(2, target.bound()), spread(3, ratio));
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
                decimal(1, waits.expand()),
                decimal(1, waits.backfill()),
                decimal(1, waits.verify()),
                decimal(1, waits.views()),
                decimal(1, waits.contract()),
                decimal(1, waits.locked()));
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

    private static List<@Nullable BigDecimal> spread(int decimals, Spread spread) {
        return Arrays.asList(
                decimal(decimals, spread.least()),
                decimal(decimals, spread.median()),
                decimal(decimals, spread.most()));
    }

    /** Null where nothing was measured. */
    private static @Nullable BigDecimal decimal(int decimals, double value) {
        return Double.isFinite(value) ? BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP) : null;
    }
}
