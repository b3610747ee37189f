-- Rows for schema.sql, the same ones each time: 1,234 users, 800 guest orders of which 200 are anonymised, 150 tenants.
-- Nobody in here exists. NULLs, empty texts and texts beyond ASCII are where real tables have them, too.

INSERT INTO public.users (id, email, first_name, last_name, role)
SELECT md5('user ' || i)::uuid,
       format('user%s@shop.example', i),
       (ARRAY['Ayu', 'Siti', 'José', 'Łukasz', '美咲', 'Zoë', 'Даша', 'Nguyễn', 'O''Neil', '🦊'])[1 + i % 10],
       CASE WHEN i % 7 = 0 THEN NULL
            WHEN i % 31 = 0 THEN ''
            ELSE format('%s %s', (ARRAY['Wijaya', 'Müller', 'Ibn Sīnā', '佐藤', 'D''Angelo'])[1 + i % 5], i)
       END,
       CASE WHEN i % 50 = 0 THEN 'owner' ELSE 'cashier' END
  FROM generate_series(1, 1234) AS i;

INSERT INTO public.guest_orders
       (order_number, customer_name, customer_phone, customer_email, ip_address, is_anonymized, total, ordered_at)
SELECT format('GO-%s', 100000 + i),
       CASE WHEN i % 4 = 0 THEN 'ANONYMIZED' ELSE format('Tamu №%s', i) END,
       CASE WHEN i % 4 = 0 OR i % 9 = 0 THEN NULL ELSE format('+62 812 %s', 1000000 + i) END,
       CASE WHEN i % 4 = 0 OR i % 5 = 0 THEN NULL ELSE format('guest%s@mail.example', i) END,
       CASE WHEN i % 4 = 0 THEN NULL
            WHEN i % 3 = 0 THEN format('2001:db8::%s', to_hex(i))
            ELSE format('198.51.100.%s', i % 256)
       END,
       i % 4 = 0,
       (i * 1500 % 900000)::numeric / 100,
       timestamptz '2026-01-01 00:00:00+00' + i * interval '17 minutes'
  FROM generate_series(1, 800) AS i;

INSERT INTO public.tenant_configs (tenant_id, shop_name, midtrans_server_key, midtrans_client_key, is_production)
SELECT format('tenant-%s', lpad(i::text, 3, '0')),
       format('Warung %s', i),
       CASE WHEN i % 6 = 0 THEN NULL ELSE format('sample-server-key-%s', md5('server ' || i)) END,
       CASE WHEN i % 4 = 0 THEN NULL ELSE format('sample-client-key-%s', md5('client ' || i)) END,
       i % 10 = 0
  FROM generate_series(1, 150) AS i;
