SELECT id, office, public_keys, enrolment, stream, contact, telephone, state, revoked_after,
       registered_on, activated_on, closed_on
FROM keys
