package dev.sealway.cli.demo;

import dev.sealway.jdbc.Sql;
import dev.sealway.plan.TableName;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A table of the sample and how its rows come about.
 *
 * @param key its row key columns
 * @param insert takes one text array for each of a row's texts
 * @param rowsOfUser the rows that belong to a user, each as texts in the order of {@code insert}
 */
record SampleTable(TableName name, List<String> key, Sql insert, LongFunction<List<@Nullable String[]>> rowsOfUser) {
    /** In the order of their foreign keys. */
    static List<SampleTable> all() {
        return List.of(
                new SampleTable(of("users"), List.of("id"), Sql.of(SampleSql.USERS), SampleUsers::users),
                new SampleTable(
                        of("trading_accounts"),
                        List.of("user_id", "account_no"),
                        Sql.of(SampleSql.TRADING_ACCOUNTS),
                        SampleAccounts::accounts),
                new SampleTable(
                        of("addresses"),
                        List.of("user_id", "seq"),
                        Sql.of(SampleSql.ADDRESSES),
                        SampleUsers::addresses),
                new SampleTable(
                        of("kyc_documents"), List.of("id"), Sql.of(SampleSql.KYC_DOCUMENTS), SampleUsers::documents),
                new SampleTable(
                        of("api_credentials"),
                        List.of("id"),
                        Sql.of(SampleSql.API_CREDENTIALS),
                        SampleAccounts::credentials));
    }

    private static TableName of(String table) {
        return new TableName("public", table);
    }
}
