package db.migration;

import dev.sealway.flyway.ExpandMigration;

/** Adds the encrypted columns of the plan's first change. */
public final class V2__Add_encrypted_columns extends ExpandMigration {}
