-- Values that are to be encrypted and do not look it. Each number is 0 when `sealway pii --type all` is through.
-- What only looks like a ciphertext is for `sealway verify` to find: it decrypts every value.

SELECT count(*) AS users_in_plaintext
  FROM public.users
 WHERE email !~ '^vault:v[1-9][0-9]*:[A-Za-z0-9+/]{36,}={0,2}$'
    OR first_name !~ '^vault:v[1-9][0-9]*:[A-Za-z0-9+/]{36,}={0,2}$'
    OR last_name !~ '^vault:v[1-9][0-9]*:[A-Za-z0-9+/]{36,}={0,2}$';

SELECT count(*) AS guest_orders_in_plaintext
  FROM public.guest_orders
 WHERE is_anonymized = false
   AND (customer_name !~ '^vault:v[1-9][0-9]*:[A-Za-z0-9+/]{36,}={0,2}$'
        OR customer_phone !~ '^vault:v[1-9][0-9]*:[A-Za-z0-9+/]{36,}={0,2}$'
        OR customer_email !~ '^vault:v[1-9][0-9]*:[A-Za-z0-9+/]{36,}={0,2}$'
        OR ip_address !~ '^vault:v[1-9][0-9]*:[A-Za-z0-9+/]{36,}={0,2}$');

SELECT count(*) AS tenant_configs_in_plaintext
  FROM public.tenant_configs
 WHERE midtrans_server_key !~ '^vault:v[1-9][0-9]*:[A-Za-z0-9+/]{36,}={0,2}$'
    OR midtrans_client_key !~ '^vault:v[1-9][0-9]*:[A-Za-z0-9+/]{36,}={0,2}$';
