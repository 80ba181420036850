"""The last question of the sign-in: what will open the vault on this device. Then the vault is made."""

import flet as ft

from mes_app.views.login.state import SignIn, Step
from mes_app.views.state import use_carnets, use_store
from mes_app.views.widgets.boundaries import screen
from mes_app.views.widgets.new_secret import new_secret_view


@screen
def secret_screen(sign_in: SignIn) -> ft.View:
    """A PIN where the device has a key store, else a passphrase. A vault begun anew takes the place of the former.

    Without an account the vault belongs to no service.
    """
    vault, store = use_carnets().vault, use_store()

    async def create(secret: str) -> None:
        session = await vault.create(secret, replace=store.starting_over)
        if sign_in.account:
            await session.syncing.connect(sign_in.account)
        store.open(session, welcoming=sign_in.account is not None)

    return new_secret_view(Step.SECRET, vault.new_kind(), create, sign_in.go_back)
