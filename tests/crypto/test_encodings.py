from mes_app.crypto.encodings import encode_base64url


def test_the_text_holds_neither_padding_nor_characters_that_urls_reserve() -> None:
    assert encode_base64url(bytes([0xFB, 0xFF, 0xFE, 0x01])) == "-__-AQ"
