package db.migration;

import dev.sealway.flyway.VerifyMigration;

/** Decrypts and compares every row. */
public final class V4__Verify_encrypted_columns extends VerifyMigration {}
