from mes_app.domain.narratives import Run, join_runs


def test_the_text_of_runs_is_theirs_one_after_the_other() -> None:
    assert join_runs([Run("Prélèvement "), Run("à jeun", strong=True)]) == "Prélèvement à jeun"
