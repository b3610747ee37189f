package dev.sealway.application;

/** How far a start-up takes the columns of the plan; each stage takes in those before it. */
public enum Stage {
    EXPAND,
    BACKFILL,
    VERIFY,
    VIEWS
}
