CREATE TABLE public.customer (id bigint PRIMARY KEY, email text NOT NULL, phone text);
INSERT INTO public.customer
SELECT n, format('c%s@example.org', n), format('+49 30 %s', 100000 + n) FROM generate_series(1, 100) n;
