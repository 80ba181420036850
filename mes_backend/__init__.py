"""The reference backend: login and FHIR over HTTP. It shares only the wire with mes_app, and never imports it."""
