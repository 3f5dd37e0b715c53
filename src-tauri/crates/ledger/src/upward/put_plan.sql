INSERT INTO upper_plan (only, hub, plan, version, document, office, taken_on)
VALUES (1, :hub, :plan, :version, :document, :office, :taken_on)
ON CONFLICT (only) DO UPDATE SET
  hub = excluded.hub, plan = excluded.plan, version = excluded.version, document = excluded.document,
  office = excluded.office, taken_on = excluded.taken_on
