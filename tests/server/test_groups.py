"""A coach's groups: who stands in one, what its file holds, and what nobody else's numbers open."""

import csv
import io
import re
from collections.abc import Iterator
from urllib.parse import urlencode
from zipfile import ZipFile

import pytest

from letting_in import NewRunner, Pair, facts_of, invited, let_in, runner_of
from visiting import Page, Running, Visitor, signed_up

DATES = {"before": "2026-09-01", "after": "2026-11-20"}
GROUP = "Club & Söhne <b>"


@pytest.fixture(scope="module")
def pair(server: Running) -> Iterator[Pair]:
    """A coach with a runner in a group of that name."""
    names = iter(("groups-coach@example.org", "groups-anna@example.org"))

    def make() -> tuple[Visitor, str]:
        email = next(names)
        return signed_up(server, email), email

    yield let_in(server, make)


def line_of(server: Running, email: str) -> str:
    [(number,)] = server.ask(
        "SELECT s.id FROM server_sharing s JOIN server_account a ON a.id = s.runner_id WHERE a.email = %s",
        email,
    )
    return str(number)


def group_of(server: Running, email: str) -> str:
    query = 'SELECT s."group" FROM server_sharing s JOIN server_account a ON a.id = s.runner_id'
    return str(server.ask(f"{query} WHERE a.email = %s", email)[0][0])


def saved(trainer: Visitor, was: str, name: str, *members: str) -> Page:
    address = f"/coach/group/?{urlencode({'name': was})}" if was else "/coach/group/"
    trainer.get(address)
    return trainer.post(address, {"name": name, "members": list(members)})


def exported(trainer: Visitor, group: str, **dates: str) -> Page:
    token = trainer.get("/coach/group/").token
    told = {"csrfmiddlewaretoken": token, "group": group, **DATES, **dates}
    return trainer.once("POST", "/coach/group/export/", told)


def table_in(page: Page) -> list[dict[str, str]]:
    told = ZipFile(io.BytesIO(page.body)).read("table.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(told, newline="")))


def test_a_group_is_named_renamed_and_left(server: Running, new_runner: NewRunner) -> None:
    pair = let_in(server, new_runner)
    line = line_of(server, pair.runner_email)
    invited(pair.coach)
    saved(pair.coach, "Club", GROUP, line)
    assert group_of(server, pair.runner_email) == GROUP
    assert "Club &amp; Söhne &lt;b&gt;" in pair.coach.get("/coach/").html
    shown = pair.coach.get(f"/coach/group/?{urlencode({'name': GROUP})}").html
    assert f'name="members" value="{line}" checked' in shown
    assert " checked" not in pair.coach.get("/coach/group/").html
    open_for = 'SELECT i."group" FROM server_invitation i JOIN server_account a ON a.id = i.coach_id'
    still_open = server.ask(f"{open_for} WHERE a.email = %s AND NOT i.used", pair.coach_email)
    assert still_open == [(GROUP,)], (
        "whoever takes an open invitation up comes into the group as it is called"
    )
    saved(pair.coach, GROUP, "Club")
    assert saved(pair.coach, "", "Relay").status == 400, "nobody stands in it"
    saved(pair.coach, "", "Relay", line)
    assert group_of(server, pair.runner_email) == "Relay"
    saved(pair.coach, "Relay", "Relay")
    assert group_of(server, pair.runner_email) == ""
    assert pair.coach.once("GET", "/coach/group/?name=Relay").status == 404


def test_a_name_that_is_taken_is_not_taken_twice(server: Running, new_runner: NewRunner) -> None:
    pair = let_in(server, new_runner)
    other, email = new_runner()
    other.get(address := invited(pair.coach))
    other.post(address, {})
    saved(pair.coach, "", "Relay", line_of(server, email))
    refused = saved(pair.coach, "Relay", "Club", line_of(server, email))
    assert refused.status == 400
    assert "There is a group of that name already." in refused.text
    assert (group_of(server, email), group_of(server, pair.runner_email)) == ("Relay", "Club")


def test_the_file_holds_who_shares_and_each_of_them_sees_that_it_was_taken(
    server: Running, pair: Pair
) -> None:
    before = facts_of(server, pair.runner_email)
    page = exported(pair.coach, "Club")
    assert (page.status, page.headers["Content-Type"]) == (200, "application/zip")
    [row] = table_in(page)
    assert (row["runner"], row["group"]) == ("Anna of the club", "Club")
    packed = ZipFile(io.BytesIO(page.body))
    sheet = packed.read(f"{row['file']}.html").decode()
    assert "1 September 2026 and 20 November 2026" in sheet
    assert "<script" not in sheet
    assert "http" not in re.sub(r'"http-equiv"|http-equiv=|http://www\.w3\.org/\S+', "", sheet)
    everything = b"".join(packed.read(name) for name in packed.namelist())
    for kept_back in (pair.runner_email, runner_of(server, pair.runner_email), pair.coach_email):
        assert kept_back.encode() not in everything
    who = f"coach:{runner_of(server, pair.coach_email)}"
    assert [fact[:2] for fact in facts_of(server, pair.runner_email)[len(before) :]] == [
        ("comparison_taken", who)
    ]
    seen = pair.runner.get("/sharing/").text
    assert "the comparison of 1 September 2026 with 20 November 2026" in seen
    assert "Comparison taken along" in seen


def test_each_file_is_a_fact_of_its_own(server: Running, pair: Pair) -> None:
    before = len(facts_of(server, pair.runner_email))
    for _ in range(2):
        assert exported(pair.coach, "Club").status == 200
    assert len(facts_of(server, pair.runner_email)) == before + 2


@pytest.mark.parametrize(
    ("dates", "says"),
    [
        ({"before": "2026-11-20", "after": "2026-09-01"}, "The first date lies before the second."),
        ({"after": "2126-11-20"}, "still to come"),
        ({"before": ""}, "Give a date"),
    ],
)
def test_dates_that_cannot_be_compared_record_nothing(
    server: Running, pair: Pair, dates: dict[str, str], says: str
) -> None:
    before = facts_of(server, pair.runner_email)
    page = exported(pair.coach, "Club", **dates)
    assert page.status == 400
    assert says in page.text
    assert facts_of(server, pair.runner_email) == before


def test_whoever_ended_it_is_in_no_file_from_then_on(server: Running, new_runner: NewRunner) -> None:
    pair = let_in(server, new_runner)
    other, email = new_runner()
    other.get(address := invited(pair.coach))
    other.post(address, {})
    assert len(table_in(exported(pair.coach, "Club"))) == 2
    runner, coach_ = runner_of(server, email), runner_of(server, pair.coach_email)
    other.get("/sharing/")
    other.post(f"/sharing/{coach_}/end/", {})
    server.tell(
        'INSERT INTO server_sharing (coach_id, runner_id, label, "group") '
        "SELECT c.id, r.id, 'Back', 'Club' FROM server_account c, server_account r "
        "WHERE c.runner = %s AND r.runner = %s",
        *(coach_, runner),
    )
    before = facts_of(server, email)
    assert [row["runner"] for row in table_in(exported(pair.coach, "Club"))] == ["Anna of the club"]
    assert facts_of(server, email) == before


def test_numbers_and_names_of_others_open_nothing(server: Running, pair: Pair, new_runner: NewRunner) -> None:
    other, _ = new_runner()
    before = facts_of(server, pair.runner_email)
    line = line_of(server, pair.runner_email)
    refused = saved(other, "", "Mine", line)
    assert refused.status == 400
    assert "Choose from your own runners." in refused.text
    assert other.once("GET", "/coach/group/?name=Club").status == 404
    token = other.get("/coach/group/").token
    told = {"csrfmiddlewaretoken": token, "name": "Mine", "members": line}
    assert other.once("POST", "/coach/group/?name=Club", told).status == 404
    assert exported(other, "Club").status == 404
    assert exported(other, "").status == 404
    assert (group_of(server, pair.runner_email), facts_of(server, pair.runner_email)) == ("Club", before)
