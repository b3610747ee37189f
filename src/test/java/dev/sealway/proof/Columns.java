package dev.sealway.proof;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.crypto.Encoding;
import dev.sealway.crypto.FieldCipher;
import dev.sealway.jdbc.Identifier;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.plan.Binding;
import java.util.Optional;

/** Columns for tests that need no database. */
final class Columns {

    static final String CONTEXT = "public.users.name";

    private Columns() {}

    /** A text without a search token. */
    static WalkedColumn name(FieldCipher cipher) {
        RegisteredColumn registered = new RegisteredColumn(
                1,
                1,
                Identifier.of("name"),
                Identifier.of("name_encrypted"),
                Optional.empty(),
                CONTEXT,
                Encoding.parse("pgtext/1"),
                "tink",
                "data/default",
                1,
                ColumnPhase.BACKFILLED);
        return new WalkedColumn(registered, cipher, Optional.empty(), Binding.COLUMN);
    }
}
