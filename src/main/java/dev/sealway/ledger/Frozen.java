package dev.sealway.ledger;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Identifier;
import dev.sealway.plan.DerivedNames;

/** Holds a plan against what was frozen when a table or column was registered. */
final class Frozen {

    private final String kind;
    private final String name;

    private Frozen(String kind, String name) {
        this.kind = kind;
        this.name = name;
    }

    static Frozen of(String kind, String name) {
        return new Frozen(kind, name);
    }

    static void requireSame(RegisteredTable table, RegisteredColumn known, NewColumn column) {
        Frozen frozen = of("column", "%s.%s".formatted(table.name(), known.plaintext()));
        frozen.requireUnlessUsual(
                "context", known.context(), column.context(), "%s.%s".formatted(table.name(), known.plaintext()));
        frozen.require("encoding", known.encoding().id(), column.encoding().id());
        frozen.require("cipher", known.cipher(), column.cipher());
        frozen.require("keyset", known.keyset(), column.keyset());
        frozen.requireUnlessUsual(
                "encrypted column",
                known.encrypted(),
                column.encrypted(),
                Identifier.of(DerivedNames.encrypted(known.plaintext().name())));
        frozen.require("change", known.change(), column.change());
        frozen.require("search", known.search().isPresent(), column.search().isPresent());
        known.search().ifPresent(search -> frozen.requireSearch(known, search, column));
    }

    /** Without the bits: where the plan does not fix them they follow the number of rows, and the first ones stay. */
    private void requireSearch(RegisteredColumn column, RegisteredSearch known, NewColumn asked) {
        RegisteredSearch given = asked.search().orElseThrow();
        require("normalizer", known.normalizer(), given.normalizer());
        boolean ofColumn = known.context().equals(column.context());
        require("search context", ofColumn ? asked.context() : known.context(), given.context());
        require("search index", known.indexName(), given.indexName());
        Identifier usual = Identifier.of(DerivedNames.search(column.plaintext().name()));
        requireUnlessUsual("search column", known.column(), given.column(), usual);
        require("unique", known.carryUnique(), given.carryUnique());
    }

    /** What a plan gets by saying nothing follows the present name of the column, and a rename does not thaw anything. */
    private void requireUnlessUsual(String what, Object known, Object asked, Object usual) {
        if (!asked.equals(usual)) {
            require(what, known, asked);
        }
    }

    void require(String what, Object known, Object asked) {
        if (!known.equals(asked)) {
            throw SealwayException.refused(
                    "%s %s was registered with %s %s, but the plan now says %s; it is frozen because data may depend on it: put %s back into the plan, or run 'sealway rollback' first"
                            .formatted(kind, name, what, known, asked, known));
        }
    }
}
