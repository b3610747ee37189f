CREATE TABLE public.people (id bigint PRIMARY KEY, email text NOT NULL, balance numeric(12,2));
INSERT INTO public.people
SELECT n, format('first%s@example.org', n), n / 4.0 FROM generate_series(1, 200) n;
