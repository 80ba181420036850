"""What the device offers behind ports: key store, PDF reader, hardening. The only home of these libraries."""
