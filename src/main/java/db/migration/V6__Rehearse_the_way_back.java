package db.migration;

import dev.sealway.flyway.RehearseMigration;

/** Tries the way back from the drop, on a copy of some rows. */
public final class V6__Rehearse_the_way_back extends RehearseMigration {}
