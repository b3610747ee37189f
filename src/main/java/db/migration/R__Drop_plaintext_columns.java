package db.migration;

import dev.sealway.flyway.ContractMigration;

/** Drops the plaintext, once it is confirmed. */
public final class R__Drop_plaintext_columns extends ContractMigration {}
