INSERT INTO identity (only, role, hub, hub_name, plan, office, own_keys, hub_keys, restored_at)
VALUES (1, :role, :hub, :hub_name, :plan, :office, :own_keys, :hub_keys, :restored_at)
ON CONFLICT (only) DO UPDATE SET
  role = excluded.role, hub = excluded.hub, hub_name = excluded.hub_name, plan = excluded.plan,
  office = excluded.office, own_keys = excluded.own_keys, hub_keys = excluded.hub_keys,
  restored_at = excluded.restored_at
