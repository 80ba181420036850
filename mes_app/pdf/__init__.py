"""What is read outside the app: domain values in, bytes of a PDF or a page out. The only home of reportlab."""
