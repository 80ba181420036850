from mes_app.i18n.origins import word_origin


def test_who_measured_is_told_as_the_file_says_it() -> None:
    assert word_origin("Dr Roux") == "D’après le fichier\xa0: Dr Roux"


def test_our_own_words_for_the_person_say_nothing_new() -> None:
    assert [word_origin(told) for told in ("Déclaré par le patient", "Origine non précisée")] == ["", ""]
    assert word_origin("Mesuré par un appareil")
