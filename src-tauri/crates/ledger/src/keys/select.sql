SELECT id, office, public_keys, enrolment, stream, contact, telephone, state, revoked_after,
       ended_at, registered_on, activated_on, closed_on
FROM keys
