-- Years of declarations, for `make bench`: `n` holds the numbers from 1 to what stands above each statement.
-- 70
INSERT INTO service_centre (id, name)
SELECT i, 'Centre ' || i FROM n;
-- 2700
INSERT INTO school (id, name, sector, centre_id)
SELECT i, 'École ' || i, 'public', 1 + i % 70 FROM n;
-- 120000
INSERT INTO person (id, name, created_at)
SELECT i, 'Personne ' || i, '2024-08-20 12:00:00' FROM n;
-- 120000
INSERT INTO role (person_id, role, school_id)
SELECT i,
  CASE WHEN i % 10 = 0 THEN 'specialist' WHEN i % 25 = 1 THEN 'professional' ELSE 'teacher' END,
  1 + i % 2700
FROM n;
-- 120000
INSERT INTO address (channel, value, person_id, linked_at)
SELECT 'mail', 'p' || i || '@ecole.invalid', i, '2024-08-20 12:00:00' FROM n WHERE i % 4 > 0;
-- 3000000
INSERT INTO declaration (person_id, school_id, period, kind, title, copied, pages, medium, pupils, used_on,
  work_key, late, destination, sent_at, state)
SELECT 1 + i % 120000,
  1 + (1 + i % 120000) % 2700,
  CASE (i / 120000) % 7 WHEN 0 THEN '2024-1' WHEN 1 THEN '2024-2' WHEN 2 THEN '2024-3' WHEN 3 THEN '2025-1'
    WHEN 4 THEN '2025-2' WHEN 5 THEN '2025-3' ELSE CASE WHEN i % 3 = 0 THEN '2025-1' ELSE '2026-1' END END,
  'book', 'Livre ' || i % 999, '1-9', 9, 'paper', 25, '2026-11-02', 'k' || i % 999, false, 'collector',
  '2026-11-16 15:00:00',
  CASE WHEN i % 50 = 0 THEN 'withdrawn' ELSE 'sent' END
FROM n WHERE i % 5 = 0;
-- 3000000
INSERT INTO declaration (person_id, school_id, period, kind, title, copied, pages, medium, pupils, used_on,
  work_key, late, destination, sent_at, state)
SELECT 1 + i % 120000,
  1 + (1 + i % 120000) % 2700,
  CASE (i / 120000) % 7 WHEN 0 THEN '2024-1' WHEN 1 THEN '2024-2' WHEN 2 THEN '2024-3' WHEN 3 THEN '2025-1'
    WHEN 4 THEN '2025-2' WHEN 5 THEN '2025-3' ELSE CASE WHEN i % 3 = 0 THEN '2025-1' ELSE '2026-1' END END,
  'book', 'Livre ' || i % 999, '1-9', 9, 'paper', 25, '2026-11-02', 'k' || i % 999, false, 'collector',
  '2026-10-02 15:00:00',
  CASE WHEN i % 50 = 0 THEN 'withdrawn' ELSE 'sent' END
FROM n WHERE i % 5 > 0;
-- 120000
INSERT INTO no_use (person_id, period, said_at)
SELECT i, '2026-1', '2026-10-05 12:00:00' FROM n WHERE i % 9 = 0;
-- 120000
INSERT INTO talk (id, person_id, conversation, seed, answers, state, started_at, updated_at)
SELECT 't' || i, i, 'declare', '{}', '{}', CASE WHEN i % 20 = 0 THEN 'aside' ELSE 'finished' END,
  '2026-11-01 12:00:00', '2026-11-01 12:00:00'
FROM n;
