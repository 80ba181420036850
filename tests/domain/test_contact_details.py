from mes_app.domain.contact_details import ContactDetails


def test_an_address_without_a_country_is_in_france() -> None:
    assert ContactDetails().in_france
    assert ContactDetails(country="FRANCE").in_france
    assert not ContactDetails(country="Belgique").in_france
