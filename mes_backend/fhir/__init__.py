"""The FHIR R4 store behind the login: kept texts, search, history, transactions, and their one HTTP door (``routes``).

Rights are decided in ``mes_backend.rights`` and told in ``mes_backend.audit``; nothing here grants any.
"""
