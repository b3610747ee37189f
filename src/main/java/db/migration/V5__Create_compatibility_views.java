package db.migration;

import dev.sealway.flyway.ViewsMigration;

/** Gives applications the old shape over the encrypted columns. */
public final class V5__Create_compatibility_views extends ViewsMigration {}
