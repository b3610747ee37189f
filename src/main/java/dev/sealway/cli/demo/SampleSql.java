package dev.sealway.cli.demo;

/** How rows of the sample get into its tables, many at a time: every parameter is an array of texts. */
final class SampleSql {
    static final String USERS = """
            INSERT INTO public.users (id, email, phone, first_name, last_name, date_of_birth, gender, tax_id)
            OVERRIDING SYSTEM VALUE
            SELECT id::bigint, email, phone, first_name, last_name, date_of_birth::date, gender, tax_id
              FROM unnest(?, ?, ?, ?, ?, ?, ?, ?)
                AS r (id, email, phone, first_name, last_name, date_of_birth, gender, tax_id)""";

    static final String TRADING_ACCOUNTS = """
            INSERT INTO public.trading_accounts
                   (user_id, account_no, account_number, iban, balance, advisor_notes, currency)
            SELECT user_id::bigint, account_no::smallint, account_number, iban, balance::numeric, notes, currency
              FROM unnest(?, ?, ?, ?, ?, ?, ?)
                AS r (user_id, account_no, account_number, iban, balance, notes, currency)""";

    static final String ADDRESSES = """
            INSERT INTO public.addresses (user_id, seq, street, house_number, postal_code, city, country)
            SELECT user_id::bigint, seq::integer, street, house_number, postal_code, city, country
              FROM unnest(?, ?, ?, ?, ?, ?, ?)
                AS r (user_id, seq, street, house_number, postal_code, city, country)""";

    static final String KYC_DOCUMENTS = """
            INSERT INTO public.kyc_documents
                   (id, user_id, kind, document_number, document, expires_on, reviewer_notes)
            SELECT id::uuid, user_id::bigint, kind, document_number, document::jsonb, expires_on::date, notes
              FROM unnest(?, ?, ?, ?, ?, ?, ?)
                AS r (id, user_id, kind, document_number, document, expires_on, notes)""";

    static final String API_CREDENTIALS = """
            INSERT INTO public.api_credentials
                   (id, user_id, account_no, key_id, api_secret, passphrase, webhook_url, allowed_ips)
            SELECT id::uuid, user_id::bigint, account_no::smallint, key_id, api_secret::bytea, passphrase, webhook_url,
                   allowed_ips::inet[]
              FROM unnest(?, ?, ?, ?, ?, ?, ?, ?)
                AS r (id, user_id, account_no, key_id, api_secret, passphrase, webhook_url, allowed_ips)""";

    private SampleSql() {}
}
