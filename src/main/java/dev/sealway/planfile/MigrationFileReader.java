package dev.sealway.planfile;

import dev.sealway.plan.PlannedMigration;
import dev.sealway.plan.PlannedMigration.File;
import dev.sealway.plan.PlannedMigration.Inline;
import dev.sealway.plan.PlannedMigration.Phase;
import dev.sealway.plan.PlannedMigration.Source;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads a plan file that stands in a migration folder: a plan with {@code phases} and {@code change} beside its own
 * keys, or {@code plan: <path>} in the place of a plan. Thread-safe.
 */
public final class MigrationFileReader {

    private static final List<String> OWN_KEYS = List.of("phases", "change");
    private static final List<String> INLINE_KEYS =
            Stream.concat(PlanReader.KEYS.stream(), OWN_KEYS.stream()).toList();
    private static final List<String> REFERRING_KEYS =
            Stream.concat(Stream.of("sealway", "plan"), OWN_KEYS.stream()).toList();
    private static final Map<String, Phase> PHASES =
            Arrays.stream(Phase.values()).collect(Collectors.toMap(Phase::word, Function.identity()));

    private MigrationFileReader() {}

    /**
     * @param sourceName names the file in messages
     * @throws dev.sealway.plan.PlanRefusedException with every fault
     */
    public static PlannedMigration read(String text, String sourceName) {
        Faults faults = new Faults(sourceName);
        Optional<PlannedMigration> migration =
                YamlText.compose(text, faults).flatMap(root -> read(PlanReader.root(root, faults), faults));
        faults.refuse();
        return migration.orElseThrow();
    }

    private static Optional<PlannedMigration> read(YamlMap map, Faults faults) {
        Optional<Source> source = map.value("plan").isPresent()
                ? referring(map)
                : PlanReader.plan(map, INLINE_KEYS, faults).map(Inline::new);
        Set<Phase> phases = map.value("phases").map(MigrationFileReader::phases).orElse(Phase.DEFAULT);
        OptionalInt change = TableReader.change(map);
        return source.map(s -> new PlannedMigration(s, phases, change));
    }

    private static Optional<Source> referring(YamlMap map) {
        if (!PlanReader.formatIsKnown(map)) {
            return Optional.empty();
        }
        map.refuseUnknown(REFERRING_KEYS);
        return map.value("plan").flatMap(YamlValue::text).map(File::new);
    }

    private static Set<Phase> phases(YamlValue value) {
        Set<Phase> phases = EnumSet.noneOf(Phase.class);
        if (!(value.node() instanceof SequenceNode list) || list.getValue().isEmpty()) {
            value.fault("must be a list, such as [expand, backfill, verify, views, rehearse]");
            return phases;
        }
        for (Node item : list.getValue()) {
            new YamlValue(item, item, value.name(), value.place(), value.faults())
                    .oneOf(PHASES)
                    .ifPresent(phases::add);
        }
        if (phases.contains(Phase.CONTRACT) && phases.size() > 1) {
            value.fault("contract stands alone, in a file R__….sealway.yaml: it waits for a confirmation, and nothing "
                    + "else should wait with it");
        }
        return phases;
    }
}
