"""What a device takes along for a day: sessions with figures, questions and the coach's table."""

import base64
import json
from datetime import timedelta
from typing import Any

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from triplane import coach
from triplane.bootstrap import Practice
from triplane.history import History
from triplane.web.feelings import NEEDED
from triplane.web.play.documents import score_of
from triplane.web.said import drawn, said
from triplane.web.words import clock, day, occasion


def version_of(history: History, *more: object) -> str:
    """Name what is taken along of one history, as it is now: another runner's has another name."""
    newest = history.facts[-1].id if history.facts else ""
    return "-".join(map(str, (history.mark, newest, *more)))


def bundle_of(practice: Practice, along: "tuple[coach.AlongSession, ...]", version: str) -> dict[str, Any]:
    """Return sessions as a device keeps them; the coach gave them to the caller, or refused."""
    history, now = practice.history(), practice.now
    table = coach.judgement()
    asked = coach.readiness_asked()
    return {
        "version": version,
        "mark": history.mark,
        "made": now.isoformat(timespec="minutes"),
        "made_says": _("Made on %(day)s at %(time)s.") % {"day": day(now, "j F Y"), "time": clock(now)},
        "lasts_s": timedelta(hours=coach.BUNDLE_H).total_seconds(),
        "sessions": [_session(practice, one) for one in along],
        "questions": [{"id": question.id, "ask": said(question.ask)} for question in asked],
        "not_now": {
            key: {"says": [said(one) for one in found.says], "do": [said(one) for one in found.do]}
            for key, found in coach.not_now(history, now).items()
        },
        "stop_words": [said(one) for one in coach.stop_words()],
        "judgement": _judged(table.model_dump(mode="json")),
        "needs_score": str(NEEDED),
    }


def _session(practice: Practice, along: "coach.AlongSession") -> dict[str, Any]:
    session = along.bundle.session
    score = score_of(practice, session)
    cards = coach.drill_cards(practice.history(), (item.drill for item in session.items), practice.now)
    for name, card in cards.items():
        score["drills"][name]["film"] = json.loads(coach.drill_film(card).model_dump_json())
        score["drills"][name]["posters"] = {
            str(side): _picture(drawn(coach.drill_figure(card, side, said))) for side in coach.Side
        }
    drills = ngettext("%(count)s drill", "%(count)s drills", len(cards)) % {"count": len(cards)}
    about = _("%(minutes)s minutes, %(drills)s") % {"minutes": f"{session.minutes:.0f}", "drills": drills}
    starts, opens = along.slot.starts_at, along.opens_at
    on, opens_on = dateformat.format(starts, "l"), dateformat.format(opens, "l")
    if opens > practice.now:
        hours = round((starts - opens).total_seconds() / 3600)
        early = _("%(about)s. A session can be begun from %(hours)s hours before its time.")
        about = early % {"about": about, "hours": hours}
    return {
        "score": score,
        "title": ", ".join(said(card.drill.name) for card in cards.values()),
        "about": about,
        "when": _("%(day)s %(time)s, %(occasion)s")
        % {
            "day": on,
            "time": clock(starts),
            "occasion": occasion(along.slot.context),
        },
        "opens": _("From %(day)s %(time)s on") % {"day": opens_on, "time": clock(opens)},
        "opens_in_s": max(0.0, (opens - practice.now).total_seconds()),
    }


def _judged(table: dict[str, Any]) -> dict[str, Any]:
    """Say what follows on pain and on signs in the language of the page."""
    pain = {
        region: {kind: (score, [said(one) for one in follows]) for kind, (score, follows) in kinds.items()}
        for region, kinds in table["pain"].items()
    }
    return {
        "pain": pain,
        "signs": {sign: [said(one) for one in told] for sign, told in table["signs"].items()},
        "taken_for": table["taken_for"],
    }


def _picture(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
