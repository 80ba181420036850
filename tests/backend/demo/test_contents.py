from mes_backend.demo.contents import read_content


def test_a_content_is_read_once() -> None:
    assert read_content("types") is read_content("types")
    assert read_content("profiles/camille")["allergy"][0]["criticality"] == "high"
