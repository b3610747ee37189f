package dev.sealway.cli;

import dev.sealway.plan.Selection;
import java.util.LinkedHashSet;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that work on a part of a plan. */
final class TargetOptions extends PlanOptions {
    @Option(
            names = "--table",
            paramLabel = "TABLE",
            description = "Only this table; may be repeated. With or without its schema.")
    private Set<String> tables = new LinkedHashSet<>();

    @Option(
            names = "--column",
            paramLabel = "COLUMN",
            description = "Only this column; may be repeated. With or without its table and schema.")
    private Set<String> columns = new LinkedHashSet<>();

    @Option(names = "--change", paramLabel = "N", description = "Only what change N of the plan brings in.")
    private @Nullable Integer change;

    Selection selection() {
        return new Selection(tables, columns, change == null ? OptionalInt.empty() : OptionalInt.of(change));
    }
}
