-- The shop whose personal data and payment keys are encrypted in place: 3 tables, 9 columns, named in sealway.yaml.
--
-- A ciphertext takes the place of its value, so each of these columns is a text that is long enough for it, and nothing
-- hangs on its content: no UNIQUE, no foreign key, no CHECK, no index. A table that needs such a thing is for
-- `mode: expand`, where look-ups and uniqueness move to a search token.

CREATE TABLE public.users (
    id         uuid PRIMARY KEY,
    email      text NOT NULL,
    first_name varchar(255) NOT NULL,
    last_name  varchar(255),
    role       text NOT NULL DEFAULT 'cashier',
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX users_role_idx ON public.users (role);

CREATE TABLE public.guest_orders (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_number   text NOT NULL UNIQUE,
    customer_name  text,
    customer_phone text,
    customer_email text,
    ip_address     text,
    is_anonymized  boolean NOT NULL DEFAULT false,
    total          numeric(12, 2) NOT NULL,
    ordered_at     timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX guest_orders_ordered_at_idx ON public.guest_orders (ordered_at);

CREATE TABLE public.tenant_configs (
    tenant_id           text PRIMARY KEY,
    shop_name           text NOT NULL,
    midtrans_server_key text,
    midtrans_client_key text,
    is_production       boolean NOT NULL DEFAULT false,
    updated_at          timestamptz NOT NULL DEFAULT now()
);
