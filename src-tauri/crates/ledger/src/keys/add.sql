INSERT INTO keys (office, public_keys, enrolment, stream, contact, telephone, state, registered_on, activated_on)
VALUES (:office, :public_keys, :enrolment, :stream, :contact, :telephone, :state, :registered_on, :activated_on)
