CREATE TABLE public.patients (id bigint PRIMARY KEY, name text NOT NULL, email text);
INSERT INTO public.patients
SELECT n, format('CANARY %s', n), format('canary%s@example.org', n) FROM generate_series(1, 40) n;
