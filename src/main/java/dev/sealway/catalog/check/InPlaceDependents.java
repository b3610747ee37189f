package dev.sealway.catalog.check;

import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.inventory.Dependent;
import dev.sealway.catalog.inventory.Inventory;
import dev.sealway.catalog.probe.LongestPlaintext;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.Disposition;
import dev.sealway.plan.TablePlan;
import java.util.List;
import java.util.Optional;

/** Whether everything that hangs on the columns can live with ciphertexts in them. */
final class InPlaceDependents {

    /** What a B-tree takes on a page of 8 kB, less what other columns of an index may need. */
    private static final int INDEX_ROW = 2704 - 104;

    private static final Sql MAKES_UNIQUE = Sql.of("""
            SELECT EXISTS (
              SELECT FROM pg_index i
               WHERE i.indexrelid = CAST(? AS oid) AND i.indisunique
                 AND (i.indexprs IS NOT NULL
                      OR EXISTS (SELECT FROM generate_series(0, i.indnkeyatts - 1) AS k (at)
                                   JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k.at]
                                  WHERE a.attname = ANY (CAST(? AS text[])))))""");
    private static final Sql IS_CHECK = Sql.of("""
            SELECT EXISTS (SELECT FROM pg_constraint c WHERE c.oid = CAST(? AS oid) AND c.contype = 'c')""");

    private final Transaction tx;
    private final TablePlan plan;
    private final LiveTable live;
    private final List<PlannedColumn> columns;
    private final List<Dependent> dependents;

    private InPlaceDependents(
            Transaction tx, TablePlan plan, LiveTable live, List<PlannedColumn> columns, List<Dependent> dependents) {
        this.tx = tx;
        this.plan = plan;
        this.live = live;
        this.columns = List.copyOf(columns);
        this.dependents = List.copyOf(dependents);
    }

    static InPlaceDependents of(Transaction tx, TablePlan plan, LiveTable live, List<PlannedColumn> columns) {
        List<Dependent> all = columns.isEmpty()
                ? List.of()
                : Inventory.of(
                        tx, live, columns.stream().map(c -> c.live().name()).toList(), List.of());
        return new InPlaceDependents(tx, plan, live, columns, all);
    }

    /** Views over the columns, by name. */
    List<String> views() {
        return dependents.stream()
                .filter(d -> d.kind().equals("view") || d.kind().equals("materialized view"))
                .map(Dependent::name)
                .toList();
    }

    /** @param readable whether values can be measured */
    void check(boolean readable, Findings findings) {
        for (Dependent dependent : dependents) {
            Optional<String> never = impossible(dependent, readable);
            if (never.isPresent()) {
                findings.fault(plan, "%s (%s): %s".formatted(dependent.key(), dependent.detail(), never.get()));
            } else if (asksForDecision(dependent)) {
                undecided(dependent).ifPresent(fault -> findings.fault(plan, fault));
            }
        }
    }

    private static boolean asksForDecision(Dependent dependent) {
        return dependent.needsDisposition() || dependent.kind().equals("default");
    }

    /** Why no decision helps; empty if one may. */
    private Optional<String> impossible(Dependent dependent, boolean readable) {
        return switch (dependent.kind()) {
            case "foreign key" ->
                Optional.of("no ciphertext equals another, so no row would be found; use mode: expand");
            case "constraint" ->
                tx.isTrue(IS_CHECK, dependent.oid())
                        ? Optional.empty()
                        : Optional.of(
                                "two ciphertexts of one value differ, so it would hold for anything or for nothing; drop it, or use mode: expand with search: { unique: carry }");
            case "index" -> indexFault(dependent, readable);
            case "generated column" ->
                Optional.of("it holds what it made of the plaintext, and would be made of ciphertexts; drop it");
            case "policy" -> Optional.of("it would judge rows by ciphertexts; write it without the column");
            case "rule" -> Optional.of("it rewrites statements over the column, also Sealway's own; drop it");
            default -> Optional.empty();
        };
    }

    private Optional<String> indexFault(Dependent index, boolean readable) {
        String[] names = columns.stream().map(c -> c.live().name().name()).toArray(String[]::new);
        if (tx.isTrue(MAKES_UNIQUE, index.oid(), names)) {
            return Optional.of(
                    "two ciphertexts of one value differ, so nothing would be unique any more; drop it, or use mode: expand with search: { unique: carry }");
        }
        int longest = readable ? TransitLength.withRoom(longest()) : 0;
        return longest <= INDEX_ROW
                ? Optional.empty()
                : Optional.of(
                        "the longest ciphertext would have %d characters, and an index takes rows of up to 2704 bytes; DROP INDEX first"
                                .formatted(longest));
    }

    private int longest() {
        return columns.stream()
                .filter(c -> new InPlaceType(tx, plan, live, c).isText())
                .mapToInt(c -> LongestPlaintext.bytes(tx, live, c.live()))
                .max()
                .orElse(0);
    }

    private Optional<String> undecided(Dependent dependent) {
        Disposition decision = plan.dispositions().get(dependent.key());
        if (decision == null) {
            return Optional.of("%s (%s): %s; then, or if it can stay as it is, say under dispositions \"%s\": accept"
                    .formatted(
                            dependent.key(),
                            dependent.detail(),
                            concern(dependent.kind()),
                            dependent.key().replace("\"", "\\\"")));
        }
        return decision.action() == Disposition.Action.ACCEPT
                ? Optional.empty()
                : Optional.of(
                        "%s (%s): in place nothing is dropped or replaced by Sealway; do it yourself, or say accept"
                                .formatted(dependent.key(), dependent.detail()));
    }

    private static String concern(String kind) {
        return switch (kind) {
            case "index" -> "nothing is found or sorted by ciphertexts; drop it";
            case "constraint" ->
                "it will be held against ciphertexts, also in rows that applications write; see that it passes";
            case "view", "function", "procedure" -> "it will get ciphertexts; see that whoever uses it decrypts";
            case "materialized view" ->
                "it will get ciphertexts, and keeps the plaintext until it is refreshed; refresh it after the backfill";
            case "trigger" ->
                "it sees every row that is encrypted; see that it leaves what begins with vault:v alone, and copies no plaintext";
            case "publication" -> "subscribers get ciphertexts, and keep the plaintext they have; see that they can";
            case "statistics" ->
                "it says nothing about ciphertexts, and keeps values of the plaintext until ANALYZE; drop it";
            case "default" -> "rows that get it hold plaintext until the next backfill; drop it if it tells anything";
            default -> "see that ciphertexts do it no harm";
        };
    }
}
