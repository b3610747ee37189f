package dev.sealway.liquibase;

import dev.sealway.migration.Tool;

/** How messages name what is Liquibase's. */
final class LiquibaseTool {

    static final Tool WORDS = new Tool(
            "changelog parameter",
            "the change's param plan",
            "mvn liquibase:update \"-Dsealway.confirmDrop=%s\"",
            "a RehearseChange");

    private LiquibaseTool() {}
}
