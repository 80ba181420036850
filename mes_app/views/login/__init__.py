"""From the welcome to the first sync: which server, who, the code, the secret of this device."""
