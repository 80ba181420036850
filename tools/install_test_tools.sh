#!/bin/sh
# Find or install what the tests drive: Chromium and a Secret Service (gnome-keyring in a private D-Bus session).
set -eu
missing=""
has() { command -v "$1" >/dev/null 2>&1; }
has chromium || has chromium-browser || has google-chrome || [ -d .venv/browsers ] || missing="$missing chromium"
has gnome-keyring-daemon || missing="$missing gnome-keyring"
has dbus-daemon && has dbus-send || missing="$missing dbus-daemon dbus-bin"
[ -z "$missing" ] && exit 0

if has apt-get && [ "$(id -u)" = 0 ]; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
    exit 0
fi
if [ "$missing" = " chromium" ] && .venv/bin/playwright install chromium; then
    exit 0
fi
echo "Il manque de quoi lancer les tests. Installez-le, puis recommencez : sudo apt-get install -y$missing" >&2
exit 1
