"""The reference backend: login and FHIR over HTTP. It shares nothing with mes_app but the wire, and never imports it."""
