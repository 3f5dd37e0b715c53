SELECT role, hub, hub_name, plan, office, own_keys, hub_keys, restored_at
FROM identity
