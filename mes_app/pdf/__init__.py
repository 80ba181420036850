"""The only home of reportlab: domain values in, bytes of a PDF out, nothing on disk."""
