"""What every screen is built from. Widgets know no feature: they take values and give controls."""
