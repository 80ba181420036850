"""The documents of the demonstration: real PDF, JPEG, TIFF and text files, and the FHIR resources that carry them."""
