SELECT version, issued_on, document, bundle
FROM plans
