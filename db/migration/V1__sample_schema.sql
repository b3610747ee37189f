-- The sample: a trading platform's customers and what belongs beside them.
-- 5 tables; the 23 columns that ../sealway.yaml names hold personal data, all others do not.

-- A database that already has such tables is left alone: they may be somebody's real ones.
DO $sample$
DECLARE
    present text;
BEGIN
    SELECT string_agg(format('%I.%I', n.nspname, c.relname), ', ' ORDER BY c.relname)
      INTO present
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public'
       AND c.relname IN ('users', 'trading_accounts', 'addresses', 'kyc_documents', 'api_credentials');
    IF present IS NOT NULL THEN
        RAISE EXCEPTION 'the sample schema is not created, because this database already has %', present
            USING ERRCODE = 'duplicate_table',
                  HINT = 'Nothing was changed. Use an empty database for the sample. For tables of your own, '
                         'write a plan and migrations of your own and leave V1__sample_schema.sql out.';
    END IF;
END
$sample$;

CREATE TABLE public.users (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email         text NOT NULL CONSTRAINT users_email_key UNIQUE,
    phone         varchar(32),
    first_name    text NOT NULL,
    last_name     text NOT NULL,
    date_of_birth date,
    gender        text,
    tax_id        varchar(20),
    status        text NOT NULL DEFAULT 'active',
    locale        text NOT NULL DEFAULT 'en',
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX users_status_created_at_idx ON public.users (status, created_at);
CREATE INDEX users_last_name_idx ON public.users (last_name, first_name);

CREATE TABLE public.trading_accounts (
    user_id        bigint NOT NULL REFERENCES public.users (id),
    account_no     smallint NOT NULL,
    account_number varchar(20) NOT NULL CONSTRAINT trading_accounts_account_number_key UNIQUE,
    iban           text,
    balance        numeric(24, 8) NOT NULL DEFAULT 0,
    advisor_notes  text,
    currency       char(3) NOT NULL,
    state          text NOT NULL DEFAULT 'open',
    opened_on      date NOT NULL DEFAULT current_date,
    updated_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, account_no),
    CONSTRAINT trading_accounts_balance_check CHECK (balance > -1000000)
);
CREATE INDEX trading_accounts_currency_idx ON public.trading_accounts (currency, state);

CREATE TABLE public.addresses (
    user_id      bigint NOT NULL REFERENCES public.users (id),
    seq          integer NOT NULL,
    kind         text NOT NULL DEFAULT 'home',
    street       text NOT NULL,
    house_number text,
    postal_code  varchar(12),
    city         text NOT NULL,
    country      char(2) NOT NULL,
    updated_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, seq)
);
CREATE INDEX addresses_country_idx ON public.addresses (country);

CREATE TABLE public.kyc_documents (
    id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id         bigint NOT NULL REFERENCES public.users (id),
    kind            text NOT NULL,
    document_number text NOT NULL,
    document        jsonb NOT NULL,
    expires_on      date,
    reviewer_notes  text,
    state           text NOT NULL DEFAULT 'pending',
    created_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX kyc_documents_user_id_idx ON public.kyc_documents (user_id, kind);

CREATE TABLE public.api_credentials (
    id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id     bigint NOT NULL,
    account_no  smallint NOT NULL,
    key_id      text NOT NULL CONSTRAINT api_credentials_key_id_key UNIQUE,
    api_secret  bytea NOT NULL,
    passphrase  text,
    webhook_url text,
    allowed_ips inet[],
    created_at  timestamptz NOT NULL DEFAULT now(),
    revoked_at  timestamptz,
    FOREIGN KEY (user_id, account_no) REFERENCES public.trading_accounts (user_id, account_no)
);
CREATE INDEX api_credentials_account_idx ON public.api_credentials (user_id, account_no) WHERE revoked_at IS NULL;
