"""What the health record is made of: frozen values and pure rules. No I/O, no clock, no words, no FHIR."""
