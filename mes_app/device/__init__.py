"""What the device offers behind ports: key store, file locks, PDF reader. The only home of these libraries."""
