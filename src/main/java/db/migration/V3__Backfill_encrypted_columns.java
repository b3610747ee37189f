package db.migration;

import dev.sealway.flyway.BackfillMigration;

/** Encrypts every row. */
public final class V3__Backfill_encrypted_columns extends BackfillMigration {}
