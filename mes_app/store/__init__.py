"""The encrypted store: one SQLCipher file and sealed document files. Screens read only what is here.

Queries and changes are plain functions whose first argument is a Connection, run by Database on its one thread.
Nothing here knows the network, and nothing above here knows SQL.
"""
