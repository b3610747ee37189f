package dev.sealway.plan;

/**
 * A table as the plan names it, exactly as the catalogue spells it: no folding to lower case, no quotes.
 *
 * @param schema the schema's name
 * @param table the table's name within it
 */
public record TableName(String schema, String table) implements Comparable<TableName> {

    public TableName {
        if (schema.isEmpty() || table.isEmpty()) {
            throw new IllegalArgumentException("a table has a name, and its schema has one");
        }
    }

    @Override
    public int compareTo(TableName other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : table.compareTo(other.table);
    }

    /** The form used in messages and in the confirmation phrase: {@code schema.table}. */
    @Override
    public String toString() {
        return schema + "." + table;
    }
}
