"""The wire: everything that talks to a server, and the only home of httpx. Nobody else sees an HTTP answer."""
