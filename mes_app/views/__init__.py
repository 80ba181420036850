"""The screens. The only Flet code of the app: a screen is a function of state, and speaks to services alone."""
