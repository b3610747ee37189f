package dev.sealway.redefine;

import dev.sealway.catalog.inventory.SavedDefinition;
import java.util.List;

/** When a definition is run again: what others are made of comes first. */
enum Stage {
    /** Before anything is filled in. */
    COLUMN("type", "collation", "storage", "compression"),
    ATTRIBUTE("sequence", "sequence state", "statistics target", "default"),
    GENERATED("generated column"),
    REQUIRED("not null"),
    OWN("index", "constraint", "statistics"),
    READER("function", "procedure", "foreign key", "view", "materialized view"),
    ACTOR("rule", "trigger", "policy", "publication"),
    LAST("object state", "object owner", "object comment", "object grant", "comment", "grant"),
    /** Nothing that can be run. */
    WORDS();

    private final List<String> kinds;

    Stage(String... kinds) {
        this.kinds = List.of(kinds);
    }

    static Stage of(SavedDefinition definition) {
        for (Stage stage : values()) {
            if (stage.kinds.contains(definition.kind())) {
                return stage;
            }
        }
        return WORDS;
    }
}
