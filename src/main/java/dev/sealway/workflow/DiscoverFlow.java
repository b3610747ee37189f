package dev.sealway.workflow;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.catalog.LiveTable;
import dev.sealway.discover.ColumnFacts;
import dev.sealway.discover.Detector;
import dev.sealway.discover.live.Sampler;
import dev.sealway.discover.live.StatementTexts;
import dev.sealway.discover.live.TableSample;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.plan.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Proposes a plan for a database that has none, or not for everything. Needs no key, writes nothing. */
final class DiscoverFlow {

    private static final Sql NAME = Sql.of("SELECT pg_catalog.current_database()");

    private final Database database;
    private final DiscoverTerms terms;

    DiscoverFlow(Database database, DiscoverTerms terms) {
        this.database = database;
        this.terms = terms;
    }

    /** A table with what was found in it; the values themselves are forgotten by then. */
    private record Found(LiveTable table, long sampled, List<Candidate> candidates) {}

    DiscoverReport run() {
        Survey survey = new Survey(database, terms.bounds());
        List<TableName> tables = survey.tables(terms.schemas());
        Set<String> known = known();
        List<Found> found = new ArrayList<>();
        int[] columns = new int[1];
        List<String> notices = survey.each(tables, sample -> {
            columns[0] += sample.columns().size();
            List<Candidate> candidates = candidates(sample, known);
            if (!candidates.isEmpty()) {
                found.add(new Found(sample.table(), sample.rows(), candidates));
            }
        });
        String name = database.inTransaction(
                terms.bounds().settings(), "reading the database's name", tx -> tx.first(NAME, row -> row.getString(1))
                        .orElseThrow());
        return new DiscoverReport(name, assessed(found, notices), tables.size(), columns[0], notices);
    }

    private Set<String> known() {
        Set<String> known = new HashSet<>();
        terms.existing().ifPresent(plan -> known.addAll(PlannedNames.of(plan)));
        known.addAll(database.inTransaction(terms.bounds().settings(), "reading the ledger", PlannedNames::registered));
        return known;
    }

    private static List<Candidate> candidates(TableSample sample, Set<String> known) {
        List<Candidate> candidates = new ArrayList<>();
        for (ColumnFacts column : sample.columns()) {
            if (!known.contains(sample.table().tableName() + "." + column.name())) {
                LiveColumn live = sample.table().column(column.name()).orElseThrow();
                Detector.look(column).ifPresent(f -> candidates.add(new Candidate(live, f, candidates.size() + 1)));
            }
        }
        return candidates;
    }

    private List<DiscoverReport.Table> assessed(List<Found> found, List<String> notices) {
        if (found.isEmpty()) {
            return List.of();
        }
        StatementTexts statements = database.inTransaction(
                terms.bounds().settings(), "reading the texts of statements", StatementTexts::in);
        statements.unread().ifPresent(why -> notices.add("No statements were looked at: " + why));
        Set<String> ofServer = new HashSet<>();
        List<DiscoverReport.Table> tables =
                found.stream().map(f -> assessed(f, statements, ofServer)).toList();
        notices.addAll(ofServer);
        return tables;
    }

    private DiscoverReport.Table assessed(Found found, StatementTexts statements, Set<String> ofServer) {
        try {
            return database.inTransaction(
                    terms.bounds().settings(),
                    "looking at what hangs on table " + found.table().name(),
                    tx -> new Assessment(tx, found.table(), found.candidates(), statements, terms.minConfidence())
                            .of(found.sampled(), ofServer));
        } catch (SqlFailure failure) {
            if (failure.isConnectionLost()) {
                throw failure;
            }
            return Assessment.failed(found.table(), found.candidates(), found.sampled(), Sampler.why(failure));
        }
    }
}
