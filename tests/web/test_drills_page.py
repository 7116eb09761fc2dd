"""The drills and their pages: what is looked for is found, said plainly, and kept from who is blocked."""

import re
from typing import Any

import pytest

from triplane import coach
from triplane.catalogue import load
from triplane.history import Context, DrillChosen, Equipment, EquipmentListed
from triplane.planning import contexts_of


def found(answer: Any) -> list[str]:
    return re.findall(r'<a href="/drills/([a-z0-9_]+)/"><span class="thumb', answer.content.decode())


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ("plane=frontal", lambda drill: any(e.direction.plane == "frontal" for e in drill.exposure)),
        ("direction=extension", lambda drill: any(e.direction == "extension" for e in drill.exposure)),
        ("stage=3", lambda drill: drill.stage == 3),
        ("context=desk_break", lambda drill: Context.DESK_BREAK in drill.contexts),
        ("uses=wall", lambda drill: Equipment.WALL in (*drill.needs, *drill.needs_one_of, *drill.helps)),
        ("words=lunge", lambda drill: "lunge" in " ".join((drill.id, drill.name, *drill.aliases)).lower()),
    ],
)
def test_a_filter_finds_what_it_names_and_nothing_else(
    marathoner: Any, browser: Any, asked: str, holds: Any
) -> None:
    shown = found(browser.get(f"/drills/?{asked}"))

    assert set(shown) == {drill.id for drill in load().values() if holds(drill)}
    assert 0 < len(shown) < len(load())


def test_the_drills_of_every_ground_are_all_drills_once(marathoner: Any, browser: Any) -> None:
    lists = [found(browser.get(f"/drills/?grounds={ground}")) for ground in coach.Grounds]

    assert all(lists)
    assert sorted(name for names in lists for name in names) == sorted(load())


def test_only_what_can_be_done_with_what_is_at_home(marathoner: Any, browser: Any) -> None:
    marathoner.practice.record(EquipmentListed(equipment=frozenset({Equipment.WALL})))

    shown = found(browser.get("/drills/?at_home=on"))

    assert shown
    for name in shown:
        assert set(load()[name].needs) <= {Equipment.WALL}


def test_a_filter_stays_in_the_address_and_in_the_form(marathoner: Any, browser: Any) -> None:
    page = browser.get("/drills/?direction=abduction&stage=3&plane=frontal").content.decode()

    assert '<option value="abduction" selected>' in page
    assert '<option value="3" selected>' in page
    assert '<option value="frontal" selected>' in page


def test_nothing_found_says_so_and_leads_back(marathoner: Any, browser: Any) -> None:
    answer = browser.get("/drills/?words=zebra")

    assert "Nothing matches all of that" in text(answer)
    assert 'href="/drills/">Show all drills' in answer.content.decode()


@pytest.mark.parametrize("odd", ["stage=99", "direction=%3Cscript%3E", "plane=", "uses=car", "grounds=x"])
def test_a_word_that_is_on_no_list_asks_for_nothing(marathoner: Any, browser: Any, odd: str) -> None:
    answer = browser.get(f"/drills/?{odd}")

    assert len(found(answer)) == len(load())
    assert "<script>" not in answer.content.decode().split("<main", 1)[1]


def test_a_drill_says_how_sure_we_are_and_what_it_is_never_claimed_to_do(
    marathoner: Any, browser: Any
) -> None:
    drill = next(one for one in load().values() if one.never_claimed)
    shown = text(browser.get(f"/drills/{drill.id}/")).replace("&#x27;", "'")

    assert "How sure we are" in shown
    assert drill.never_claimed in shown
    for line in (*drill.stop, *(claim.claim for claim in drill.source)):
        assert line[:1].upper() + line[1:] in shown


def test_every_source_of_a_drill_leads_to_what_is_known_of_it(marathoner: Any, browser: Any) -> None:
    page = browser.get("/drills/own_abd_sidelying_hold/").content.decode()

    for address in re.findall(r'href="(/why/[a-z0-9_]+/)"', page):
        assert browser.get(address).status_code == 200
    assert "/why/distefano_2009/" in page


@pytest.mark.parametrize("drill", list(load().values()), ids=lambda drill: str(drill.id))
def test_a_drill_says_its_dose_without_the_id_of_a_source(drill: Any) -> None:
    said = coach.dose_range_in_words(drill)

    assert "_" not in said and not said.startswith("1 sets")
    assert all(source not in said for source in (claim.key for claim in drill.source))


def test_a_drills_head_says_which_way_it_moves(marathoner: Any, browser: Any) -> None:
    assert "forward and back (sagittal)" in text(browser.get("/drills/mob_quad_band/"))


def test_a_small_figure_is_kept_no_longer_than_what_is_taken_along(marathoner: Any, browser: Any) -> None:
    [address, *_] = re.findall(r'src="([^"]+thumb.svg)"', browser.get("/drills/").content.decode())

    answer = browser.get(address)

    assert answer.headers["Cache-Control"] == f"private, max-age={coach.BUNDLE_H * 3600}, immutable"
    assert answer.content.decode().startswith("<svg")
    assert browser.get(address.replace(address.split("/")[-1], "old.thumb.svg")).status_code == 302


@pytest.mark.parametrize("address", ["/drills/", "/drills/lm_anterior/", "/figures/lm_anterior/x.thumb.svg"])
def test_a_blocked_runner_sees_no_drill(marathoner: Any, browser: Any, address: str) -> None:
    marathoner.practice.record(coach.screening_answers({"H07": True}))

    assert browser.get(address, follow=True).redirect_chain[-1][0] == "/stop/"


def wish(browser: Any, drill: str, said: str) -> Any:
    return browser.post(f"/drills/{drill}/choose/", {"wish": said}, follow=True)


def test_the_runner_leaves_a_drill_out_wants_it_and_takes_both_back(marathoner: Any, browser: Any) -> None:
    page = text(wish(browser, "own_hip_cars", "left_out"))
    assert "You leave this one out, until" in page
    assert "Leave this one out" not in page
    page = text(wish(browser, "own_hip_cars", "wanted"))
    assert "You would like this one, until" in page
    page = text(wish(browser, "own_hip_cars", "neither"))
    assert "until" not in page.partition("In your weeks")[2].partition("Cues")[0]
    told = [(body.drill, body.wanted) for _, body in marathoner.practice.history().all(DrillChosen)]
    assert told == [("own_hip_cars", wanted) for wanted in (False, True, None)]


def test_what_is_wanted_and_not_at_hand_says_so_on_its_page(marathoner: Any, browser: Any) -> None:
    marathoner.practice.record(EquipmentListed(equipment=frozenset()))
    name = next(drill.id for drill in load().values() if not contexts_of(drill, frozenset()))
    assert "It needs what is not on your list of equipment." in text(wish(browser, name, "wanted"))


@pytest.mark.parametrize("said", ["", "more", "WANTED"])
def test_what_is_no_wish_is_recorded_nowhere(marathoner: Any, browser: Any, said: str) -> None:
    assert wish(browser, "own_hip_cars", said).status_code == 400
    assert wish(browser, "no_such_drill", "wanted").status_code == 404
    assert marathoner.practice.history().facts_of(DrillChosen) == ()


def test_a_blocked_runner_chooses_no_drill(marathoner: Any, browser: Any) -> None:
    marathoner.practice.record(coach.screening_answers({"Q07": True}))
    assert browser.post("/drills/own_hip_cars/choose/", {"wish": "wanted"}).headers["Location"] == "/stop/"
    assert marathoner.practice.history().facts_of(DrillChosen) == ()
