"""The entry file that Flet's build needs beside assets/."""

from mes_app.main import run

if __name__ == "__main__":
    run()
