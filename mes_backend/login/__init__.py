"""Sign-in without a browser: password, one-time code, then DPoP-bound tokens (draft-ietf-oauth-first-party-apps).

This package decides who someone is. What a person may read is decided in ``fhir``; nothing here opens a resource.
"""
