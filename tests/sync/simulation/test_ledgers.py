from tests.sync.simulation.histories import read_json, write_json
from tests.sync.simulation.ledgers import ELEMENTS, Ledger, find_birth, find_numbers


def test_what_is_said_is_found_again_in_every_type_even_as_a_shortened_number() -> None:
    ledger = Ledger()
    for resource_type in ELEMENTS:
        body = ledger.make_body(resource_type, "p1")
        found = find_numbers(read_json(write_json(body).replace(b".50", b".5")))
        assert {number for number, birth in ledger.births.items() if birth == find_birth(body)} <= found


def test_only_what_somebody_saw_and_replaced_or_deleted_is_accounted_for() -> None:
    ledger = Ledger()
    first = ledger.make_body("Observation", "p1")
    seen = ledger.edit(first, "note")
    unseen = ledger.edit(first, "note")
    last = ledger.edit(seen, "note")
    there = ledger.account_for(find_numbers(last))
    assert find_numbers(first) | find_numbers(seen) <= there
    lost = find_numbers(unseen) - there
    assert len(lost) == 1
    ledger.choose(last, unseen)
    assert lost <= ledger.account_for(find_numbers(last))


def test_what_a_deletion_saw_may_be_gone() -> None:
    ledger = Ledger()
    first = ledger.make_body("AllergyIntolerance", "p1")
    unseen = ledger.edit(first, "code")
    ledger.delete(first)
    assert find_numbers(unseen) - ledger.account_for([]) == find_numbers(unseen) - find_numbers(first)
