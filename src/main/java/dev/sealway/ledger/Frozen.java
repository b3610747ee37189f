package dev.sealway.ledger;

import dev.sealway.error.SealwayException;
import java.util.Optional;

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
        frozen.require("context", known.context(), column.context());
        frozen.require("encoding", known.encoding().id(), column.encoding().id());
        frozen.require("keyset", known.keyset(), column.keyset());
        frozen.require("encrypted column", known.encrypted(), column.encrypted());
        frozen.require("change", known.change(), column.change());
        frozen.require("search", known.search().isPresent(), column.search().isPresent());
        known.search().ifPresent(search -> frozen.requireSearch(search, column.search()));
    }

    /** Without the bits: where the plan does not fix them they follow the number of rows, and the first ones stay. */
    private void requireSearch(RegisteredSearch known, Optional<RegisteredSearch> asked) {
        RegisteredSearch given = asked.orElseThrow();
        require("normalizer", known.normalizer(), given.normalizer());
        require("search context", known.context(), given.context());
        require("search index", known.indexName(), given.indexName());
        require("search column", known.column(), given.column());
        require("unique", known.carryUnique(), given.carryUnique());
    }

    void require(String what, Object known, Object asked) {
        if (!known.equals(asked)) {
            throw SealwayException.refused(
                    "%s %s was registered with %s %s, but the plan now says %s; it is frozen because data may depend on it: put %s back into the plan, or run 'sealway rollback' first"
                            .formatted(kind, name, what, known, asked, known));
        }
    }
}
